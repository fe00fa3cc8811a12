"""A process that has read all of the forum's code, and copies itself for each that a test wants to start.

A start from nothing takes two seconds of a processor, nearly all of them imports, and a whole run starts hundreds: servers
that are killed and started again, and a few lines each that look at what stands. A copy is there at once. Whatever it is
told (settings, folder, words on the command line) it reads after it was made, as one that starts from nothing does; a test
holds the two beside each other (tests/faults/test_warm.py). A start from nothing itself is shown by tests/core/test_serve.py
and measured by the bench, which never come here.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO, Any

from tests.ready import READY, ROOT

# What is sent for one copy: its words or code, and its environment.
_MOST_BYTES = 1 << 20
# What a server or a worker would import on its way, beside what all of the forum's apps do.
_ALSO = (
    "csp.middleware",
    "django.contrib.auth.middleware",
    "django.contrib.auth.views",
    "django.contrib.messages.middleware",
    "django.contrib.sessions.backends.db",
    "django.contrib.sessions.middleware",
    "django.db.backends.postgresql.base",
    "django.db.models.sql.compiler",
    "django.middleware.clickjacking",
    "django.middleware.common",
    "django.middleware.security",
    "django.test",
    "django_htmx.middleware",
    "kompetanseforum.config.urls",
    "kompetanseforum.core.handler",
    "kompetanseforum.core.middleware",
    "kompetanseforum.core.management.commands.backup",
    "kompetanseforum.core.management.commands.restore",
    "kompetanseforum.forum.management.commands.prepare",
    "kompetanseforum.forum.management.commands.serve",
    "kompetanseforum.forum.management.commands.work",
    "kompetanseforum.skills.management.commands.import_esco",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "whitenoise.middleware",
)


# Only what pytest starts: the bench measures starts from nothing. Elsewhere than on Linux a copy cannot be watched like this.
IS_WANTED = "PYTEST_VERSION" in os.environ and sys.platform == "linux"


# The side of the tests


@dataclass(slots=True)
class Started:
    """A copy at work. Has of `subprocess.Popen` what the tests use."""

    pid: int
    # Written to by the one who watches over the copy, when it ends.
    _told: IO[bytes]
    returncode: int | None = None
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        with self._reading:
            if self.returncode is None and select.select([self._told], [], [], 0)[0]:
                self.returncode = int(self._told.readline())
                self._told.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.poll() is None:
            select.select([self._told], [], [], timeout)
        ended = self.poll()
        if ended is None:
            raise subprocess.TimeoutExpired("a copy", timeout or 0)
        return ended

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class _Warm:
    """The process itself, begun when it is first asked for a copy, and gone with this one."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._control: socket.socket | None = None

    def ask(self, job: Mapping[str, object], files: Sequence[int]) -> None:
        with self._asking:
            if self._control is None:
                self._control = _begin()
            socket.send_fds(self._control, [json.dumps(job).encode()], files)


def _begin() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KF_", "DJANGO_"))}
    own = {"KF_DATA_DIR": str(READY / "warm"), "PYTHONPATH": "src", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(theirs.fileno())],
        env=kept | own, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True,
    )  # fmt: skip
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


_warm = _Warm()


def start(
    words: Sequence[str], *, env: Mapping[str, str], stdout: int, stderr: int, of_its_own: bool = False
) -> Started:
    """`kompetanseforum …`, or `-c` and a text of code. `of_its_own`: the first of a group that can be killed with it."""
    read, write = os.pipe()
    job = {"words": words, "env": dict(env), "of_its_own": of_its_own}
    try:
        _warm.ask(job, [stdout, stderr, write])
    finally:
        os.close(write)
    told = os.fdopen(read, "rb", buffering=0)
    return Started(int(told.readline()), told)


def run(words: Sequence[str], *, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The same, to its end."""
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        code = start(words, env=env, stdout=out.fileno(), stderr=err.fileno()).wait()
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, code, out.read(), err.read())


# The side of the process that is copied


def _read_all() -> None:
    import django
    from django.urls import reverse
    from django.utils import translation

    os.environ["DJANGO_SETTINGS_MODULE"] = "kompetanseforum.config.settings"
    django.setup()
    for name in _ALSO:
        import_module(name)
    # Every page needs them: what is said in bokmål, and where each address leads.
    translation.activate("nb")
    reverse("needs:needs")
    translation.deactivate()
    # What is here stays: neither this process nor a copy walks through it again.
    gc.collect()
    gc.freeze()


def _copies(control: socket.socket) -> dict[str, Any]:
    """Returns in each copy, with what it shall do. The process itself stays here until nobody holds the other end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, files, _flags, _address = socket.recv_fds(control, _MOST_BYTES, 3)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _watched(json.loads(message), *files)
        for file in files:
            os.close(file)


def _watched(job: dict[str, Any], stdout: int, stderr: int, told: int) -> dict[str, Any]:
    """One more copy does it; this one tells how that ended."""
    if pid := os.fork():
        how = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(told, b"%d\n" % how)
        os._exit(0)
    if job["of_its_own"]:
        os.setsid()
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.write(told, b"%d\n" % os.getpid())
    for file in (stdout, stderr, told):
        os.close(file)
    return job


def _read_settings_anew() -> None:
    """What was read before was the settings of nobody. No database and no cache has been asked yet, but one folder is named."""
    from django.apps import apps
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connections
    from django.utils.functional import empty

    sys.modules.pop(os.environ["DJANGO_SETTINGS_MODULE"])
    settings._wrapped = empty
    for handler in (connections, caches):
        vars(handler).pop("settings", None)
        type(handler).__init__(handler)
    apps.get_app_config("skills").ready()


def _do(job: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update({"DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings"} | job["env"])
    if os.environ.get("PYTHONUNBUFFERED"):
        sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]
    _read_settings_anew()
    first, *rest = job["words"]
    if first == "-c":
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
        return
    from kompetanseforum.config.command import main

    if first == "serve":
        _copy_the_worker_too()
    sys.argv = ["kompetanseforum", first, *rest]
    main()


class _Copied:
    """The worker beside a server, in place of `subprocess.Popen`: a copy, made while the server still has one thread."""

    def __init__(self, pid: int) -> None:
        self._pid, self._ends = pid, os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> None:
        if not select.select([self._ends], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("a worker", timeout or 0)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def terminate(self) -> None:
        os.kill(self._pid, signal.SIGTERM)

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)


def _copy_the_worker_too() -> None:
    from kompetanseforum.forum.management.commands import serve

    def begin(command: list[str]) -> _Copied | subprocess.Popen[bytes]:
        # One that fell is begun anew, by a thread: from nothing.
        if threading.current_thread() is not threading.main_thread():
            return subprocess.Popen(command)
        pid = os.fork()
        if pid == 0:
            # Not the server's port, which would answer nobody when the server is gone.
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _leave(_end_of({"words": command[3:], "env": os.environ.copy()}))
        return _Copied(pid)

    class Starts:
        Popen = staticmethod(begin)
        TimeoutExpired = subprocess.TimeoutExpired

    serve.subprocess = Starts  # type: ignore[assignment]


def _end_of(job: dict[str, Any]) -> int:
    """How it ended, told as Python tells it."""
    try:
        _do(job)
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _leave(code: int) -> None:
    """With what is done at the end of any process, but for taking everything apart: that takes longer than most of the work."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _control = socket.socket(fileno=int(sys.argv[1]))
    _read_all()
    _leave(_end_of(_copies(_control)))
