"""A hall of browsers in a process of its own: raw frames and one epoll, so that it measures the server and not itself.

Reads a plan from standard input as JSON, writes the figures to standard output.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import select
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# What is measured stands in each message as `k0000042`.
KEY_LENGTH = 8
# So many doors are knocked on before the first has answered.
_AT_ONCE = 25
# Seconds of processor in a second, of a server that does nothing yet.
_CALM = 0.05
_LONGEST_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """Who comes, what each says (door and frame, one after the other), how often, and for how long."""

    port: int
    # A path, and a Cookie header or nothing.
    doors: Sequence[tuple[str, str]]
    # (door, frame in base64), in the order they are sent.
    messages: Sequence[tuple[int, str]]
    rate: float
    # How many hear each message.
    heard_by: int
    # Whose time is counted.
    pids: Sequence[int] = ()


def measure(plan: Plan) -> dict[str, float]:
    """The hall comes, speaks and goes, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench._hall"],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def frame(content: bytes, *, is_text: bool) -> str:
    """As a browser sends it. The mask is there and is nought, which costs the sender nothing."""
    head = bytes([0x81 if is_text else 0x82])
    length = bytes([0x80 | len(content)]) if len(content) < 126 else b"\xfe" + len(content).to_bytes(2, "big")
    return base64.b64encode(head + length + bytes(4) + content).decode()


def cpu_seconds(pids: Sequence[int]) -> float:
    spent = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(row[11]) + int(row[12]) for row in spent) / _TICKS


@dataclass(slots=True)
class _Hall:
    plan: Plan
    sockets: list[socket.socket] = field(default_factory=list)
    left: dict[int, bytes] = field(default_factory=dict)
    sent_at: dict[bytes, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    frames: int = 0
    lost: int = 0

    def run(self) -> dict[str, float]:
        for at in range(0, len(self.plan.doors), _AT_ONCE):
            self._come_in(self.plan.doors[at : at + _AT_ONCE])
        poll = select.epoll()
        by_number = {each.fileno(): each for each in self.sockets}
        for number in by_number:
            poll.register(number, select.EPOLLIN)
        self._wait_until_warm(poll, by_number)
        before, own_before = cpu_seconds(self.plan.pids), time.process_time()
        began = time.perf_counter()
        self._listen(poll, by_number, until=began + len(self.plan.messages) / self.plan.rate, say=began)
        spent_in = time.perf_counter() - began
        self._listen(poll, by_number, until=time.perf_counter() + 2, say=None)
        spent = cpu_seconds(self.plan.pids) - before
        return self._figures(spent, own_seconds=time.process_time() - own_before, passed=spent_in)

    def _come_in(self, doors: Sequence[tuple[str, str]]) -> None:
        some = [socket.create_connection(("127.0.0.1", self.plan.port), timeout=60) for _door in doors]
        for each, (path, cookie) in zip(some, doors, strict=True):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            key = base64.b64encode(secrets.token_bytes(16)).decode()
            lines = [
                f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.plan.port}", "Upgrade: websocket",
                "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
            ]  # fmt: skip
            lines += [f"Cookie: {cookie}"] if cookie else []
            each.sendall("\r\n".join([*lines, "", ""]).encode())
        for each in some:
            answer = b""
            while b"\r\n\r\n" not in answer:
                got = each.recv(65536)
                if not got:
                    raise RuntimeError(f"not let in: {answer!r}")
                answer += got
            head, _, rest = answer.partition(b"\r\n\r\n")
            if b" 101 " not in head:
                raise RuntimeError(f"not let in: {head!r}")
            each.setblocking(False)
            self.sockets.append(each)
            self.left[each.fileno()] = rest

    def _wait_until_warm(self, poll: select.epoll, by_number: dict[int, socket.socket]) -> None:
        """Those who came are told of, and what a server reads when it starts is read."""
        calm, until = 0, time.perf_counter() + _LONGEST_START_SECONDS
        while calm < 2 and time.perf_counter() < until:
            before = cpu_seconds(self.plan.pids)
            self._listen(poll, by_number, until=time.perf_counter() + 1, say=None)
            calm = calm + 1 if cpu_seconds(self.plan.pids) - before < _CALM else 0

    def _listen(
        self, poll: select.epoll, by_number: dict[int, socket.socket], *, until: float, say: float | None
    ) -> None:
        """Hears what comes until then. With `say`, what is planned is said at its time."""
        messages = [(door, base64.b64decode(text)) for door, text in self.plan.messages] if say is not None else []
        number = 0
        while (now := time.perf_counter()) < until:
            while say is not None and number < len(messages) and number / self.plan.rate <= now - say:
                door, content = messages[number]
                key = f"k{number:07}".encode()
                self.late.append(now - say - number / self.plan.rate)
                self.sent_at[key] = time.perf_counter()
                self.sockets[door].send(content)
                number += 1
            for file, _event in poll.poll(0.002 if say is not None else 0.05):
                self._hear(by_number[file], poll)

    def _hear(self, each: socket.socket, poll: select.epoll) -> None:
        file = each.fileno()
        try:
            data = each.recv(262144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            poll.unregister(file)
            self.lost += 1
            return
        now = time.perf_counter()
        data = self.left[file] + data
        at, whole = 0, len(data)
        # One's own may come twice, to one alone and to all; it is heard once.
        heard = set()
        while whole - at >= 2:
            length, begins = data[at + 1], at + 2
            if length == 126:
                if whole < at + 4:
                    break
                length, begins = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                if whole < at + 10:
                    break
                length, begins = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if whole < begins + length:
                break
            if data[at] == 0x89:
                each.send(bytes([0x8A, 0x80 | length]) + bytes(4) + data[begins : begins + length])
            self.frames += 1
            found = data.find(b"k0", begins, begins + length)
            while found >= 0:
                key = data[found : found + KEY_LENGTH]
                if key in self.sent_at and key not in heard:
                    heard.add(key)
                    self.seconds.append(now - self.sent_at[key])
                found = data.find(b"k0", found + KEY_LENGTH, begins + length)
            at = begins + length
        self.left[file] = data[at:]

    def _figures(self, cpu: float, *, own_seconds: float, passed: float) -> dict[str, float]:
        times = self.seconds if len(self.seconds) > 1 else [0.0, 0.0]
        at = statistics.quantiles(times, n=100)
        return {
            "delivered_percent": 100 * len(self.seconds) / (len(self.plan.messages) * self.plan.heard_by),
            "p50_ms": 1000 * at[49],
            "p95_ms": 1000 * at[94],
            "p99_ms": 1000 * at[98],
            "cpu_per_delivery_us": 1e6 * cpu / max(1, len(self.seconds)),
            "frames_a_second": self.frames / passed,
            "dropped": self.lost,
            "hall_cpu_percent": 100 * own_seconds / passed,
            "hall_late_p95_ms": 1000 * statistics.quantiles(self.late, n=20)[18],
            "load": os.getloadavg()[0],
        }


def keys(count: int) -> list[str]:
    return [f"k{number:07}" for number in range(count)]


def messages_from(
    keys: Sequence[str], *, doors: int, say: Callable[[int, str], bytes], is_text: bool
) -> list[tuple[int, str]]:
    """Each from another door than the one before."""
    chosen = [(number * 7919) % doors for number in range(len(keys))]
    return [(door, frame(say(door, key), is_text=is_text)) for door, key in zip(chosen, keys, strict=True)]


if __name__ == "__main__":
    print(json.dumps(_Hall(Plan(**json.load(sys.stdin))).run()))
