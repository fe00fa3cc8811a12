"""A real forum in a process of its own, on a free port, with a data folder of its own."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from tests import warm
from tests.warm import Started

# A machine that builds something else at the same time is slow.
PATIENCE_SECONDS = 60.0
_ADDRESS = re.compile(r"http://localhost:(\d+)")
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

Fields = Mapping[str, str] | list[tuple[str, str]]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """This process's environment without its own forum, with the settings given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KF_")}
    ours = {"KF_DATA_DIR": str(data), "PYTHONPATH": "src", "KF_LOG_LEVEL": "WARNING"}
    # An index takes the worker a minute; what is tested here does not ask for it.
    return inherited | ours | {"KF_INDEX": "0"} | settings


def command(*arguments: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """`kompetanseforum …` to its end."""
    return _run(arguments, env=environment(data, **settings))


def in_the_forum(code: str, *, data: Path, **settings: str) -> str:
    """What `code` prints in a process with the forum's tables."""
    env = environment(data, DJANGO_SETTINGS_MODULE="kompetanseforum.config.settings", **settings)
    done = _run(["-c", f"import django; django.setup()\n{code}"], env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(words: Sequence[str], *, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    if warm.IS_WANTED:
        return warm.run(words, env=env)
    return subprocess.run(_from_nothing(words), env=env, capture_output=True, text=True, check=False)


def begin(
    *words: str, env: Mapping[str, str], prints: IO[bytes] | None = None, of_its_own: bool = False
) -> subprocess.Popen[bytes] | Started:
    """`kompetanseforum …`, or `-c` and a text of code, to be killed. `of_its_own`: with all that it has begun."""
    with Path(os.devnull).open("wb") if prints is None else nullcontext(prints) as out:
        if warm.IS_WANTED:
            return warm.start(words, env=env, stdout=out.fileno(), stderr=out.fileno(), of_its_own=of_its_own)
        return subprocess.Popen(
            _from_nothing(words), env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=of_its_own
        )


def _from_nothing(words: Sequence[str]) -> list[str]:
    return [sys.executable, *(words if words[0] == "-c" else ("-m", "kompetanseforum", *words))]


@dataclass(slots=True)
class Server:
    """Started by `start`; `kill` is the sudden end of it and its worker."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    patience_seconds: float = PATIENCE_SECONDS
    port: int = 0
    _process: subprocess.Popen[bytes] | Started | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> float:
        """Returns the seconds until the first page came."""
        self.data.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        with self.log.open("wb") as log:
            self._process = begin(
                *("serve", "--port", "0", *self.arguments),
                env=environment(self.data, **{"KF_LIMITS": "0", "PYTHONUNBUFFERED": "1"} | self.settings),
                prints=log,
                # A group of its own, so that the worker falls with it.
                of_its_own=True,
            )
        while time.perf_counter() - began < self.patience_seconds:
            if self._process.poll() is not None:
                raise RuntimeError(self.log.read_text())
            if found := _ADDRESS.search(self.log.read_text()):
                self.port = int(found[1])
                if self._answers():
                    return time.perf_counter() - began
            time.sleep(0.02)
        raise TimeoutError(self.log.read_text())

    def _answers(self) -> bool:
        device = Device(self.port)
        try:
            return device.get("/").status == 200
        except OSError:
            return False
        finally:
            device.close()

    def kill(self) -> None:
        """kill -9, server and worker in the same moment."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    def stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str
    headers: Mapping[str, str]
    seconds: float


class Device:
    """A browser without a window: one connection, and the cookies it was given."""

    def __init__(self, port: int, **headers: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Device:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Fields, *, token: str | None = None) -> Answer:
        """A form sent with the token of the page before."""
        rows = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        body = urlencode([*rows, ("csrfmiddlewaretoken", token if token is not None else self.token())])
        return self._ask("POST", path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def token(self) -> str:
        """A form's token, from the page where a need is voiced."""
        found = _FORM_TOKEN.search(self.get("/behov/meld").text)
        assert found, "the page has no form"
        return found[1]

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        began = time.perf_counter()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, self.headers | headers | {"Cookie": cookies})
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(
            status=response.status,
            text=content.decode("utf-8", "replace"),
            location=response.headers.get("Location", ""),
            headers=dict(response.headers.items()),
            seconds=time.perf_counter() - began,
        )


def new_key() -> str:
    return secrets.token_urlsafe(12)


def voice_fields(key: str, *, words: str, organisation: str) -> dict[str, str]:
    """The last button of "voice a need"."""
    return {"step": "send", "sending_key": key, "words": words, "organisation": organisation, "municipality": "3107"}
