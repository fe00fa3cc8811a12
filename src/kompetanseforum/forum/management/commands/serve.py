"""The whole forum with one command: prepared database, web server and a worker beside it."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.urls import reverse
from uvicorn.supervisors import Multiprocess

from kompetanseforum.core.assets import collect_assets
from kompetanseforum.core.texts import compile_texts
from kompetanseforum.core.wire import WiredProtocol
from kompetanseforum.forum.actions import make_start_secret

# Open pages get this long to end when the server is told to stop.
PATIENCE_SECONDS = 5
# One message through a socket.
MOST_SOCKET_BYTES = 256 * 1024
# A worker that falls is started again, but not so fast that it only falls.
PAUSE_SECONDS = 3.0


class Command(BaseCommand):
    help = "Run the forum: database brought up to date, web server, and a worker beside it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--host", default="127.0.0.1", help="0.0.0.0 answers on every network card (default: this machine only)"
        )
        parser.add_argument("--processes", type=int, default=1, help="web processes; more than one needs KF_REDIS_URL")
        parser.add_argument("--demo", action="store_true", help="fill an empty forum with an invented region")
        parser.add_argument(
            "--no-worker", action="store_true", help="the worker runs elsewhere (`kompetanseforum work`)"
        )

    def handle(
        self, *args: Any, port: int, host: str, processes: int, demo: bool, no_worker: bool, **options: Any
    ) -> None:
        if processes > 1 and not _has_shared_cache():
            raise CommandError(
                "More than one process needs Redis, so that they count and remember alike. Set KF_REDIS_URL."
            )
        signal.signal(signal.SIGTERM, _leave)
        listening = _listen(host, port)
        _in_a_copy(lambda: self._prepare(demo=demo))
        address = settings.ADDRESS or f"http://{_shown(host)}:{listening.getsockname()[1]}"
        self._greet(address)
        # Whatever comes next opens connections of its own; a forked or threaded one shares none of ours.
        connections.close_all()
        with _WorkerChild(is_wanted=not no_worker, address=address):
            _serve(listening, processes=processes)

    def _prepare(self, *, demo: bool) -> None:
        compile_texts()
        collect_assets()
        call_command("prepare")
        if demo:
            call_command("demo", stdout=io.StringIO())

    def _greet(self, address: str) -> None:
        self.stdout.write(f"\n  The forum is open at    {address}")
        if secret := make_start_secret():
            path = reverse("forum:start", kwargs={"secret": secret})
            self.stdout.write(f"  Coordinate it yourself  {address}{path}")
            self.stdout.write(
                "                          (opens the desk once; a new link comes with each start until it is used)"
            )
        self.stdout.write("  Stop with Ctrl-C.\n")
        self.stdout.flush()


def _in_a_copy(work: Callable[[], None]) -> None:
    """Let a copy of this process do it, which takes with it what memory it needed; here where there are no copies."""
    if "fork" not in multiprocessing.get_all_start_methods():
        work()
        return
    connections.close_all()  # a connection cannot be shared
    copy = multiprocessing.get_context("fork").Process(target=_told, args=(work,), daemon=True)
    copy.start()
    copy.join()
    if copy.exitcode:
        raise SystemExit(copy.exitcode)


def _told(work: Callable[[], None]) -> None:
    try:
        work()
    except CommandError as error:
        sys.stderr.write(f"CommandError: {error}\n")
        raise SystemExit(1) from None


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # An exception, not the sudden end that is the default, so that the worker is stopped too.
    raise SystemExit(0)


def _has_shared_cache() -> bool:
    return str(settings.CACHES["default"]["BACKEND"]).endswith("RedisCache")


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 compared, not bound


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a taken one is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's delay off; without, each kept connection waits 40 ms a page.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CommandError(
            f"Port {port} on {host} cannot be used: {error.strerror}. Try another: --port {port + 1}"
        ) from error
    listening.set_inheritable(True)
    return listening


def _serve(listening: socket.socket, *, processes: int) -> None:
    # Static files are read in pieces; Django warns of it once per process, and it is as it should be.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    config = uvicorn.Config(
        "kompetanseforum.config.asgi:application",
        lifespan="off",
        workers=processes,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        # Which proxies are believed is KF_PROXIES' to say (core/limits.py); uvicorn would believe any on this machine.
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        # Live pages send operations of a few hundred letters; compressing each costs more than it saves.
        ws=WiredProtocol,
        ws_max_size=MOST_SOCKET_BYTES,
        ws_per_message_deflate=False,
    )
    try:
        if processes > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass


class _WorkerChild:
    """The worker as a process of its own, started again if it falls, stopped with the server."""

    def __init__(self, *, is_wanted: bool, address: str) -> None:
        self._is_wanted, self._address = is_wanted, address
        self._is_stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> None:
        if self._is_wanted:
            self._start()
            threading.Thread(target=self._watch, daemon=True, name="worker watch").start()

    def __exit__(self, *_error: object) -> None:
        self._is_stopping.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            # The job at hand is put back by the next worker.
            self._process.kill()

    def _start(self) -> None:
        command = [sys.executable, "-m", "kompetanseforum", "work", "--with-parent", str(os.getpid())]
        command += ["--address", self._address]
        self._process = subprocess.Popen(command)  # noqa: S603 nothing in it comes from outside

    def _watch(self) -> None:
        while self._process is not None:
            self._process.wait()
            if self._is_stopping.wait(PAUSE_SECONDS):
                return
            self._start()
