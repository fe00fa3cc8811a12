"""A hall on one board: how many edits reach how many, how fast, and what each delivery costs the server.

Beside it the Node y-websocket server (1.5.4, which keeps nothing on disk) when KF_BENCH_PEERS names a folder where
`npm install y-websocket@1.5.4 yjs` was run: the same clients, rates and measure.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import statistics
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from kompetanse.refs import ALPHABET
from tests.bench.faults import _prepare
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server

SECONDS = float(os.environ.get("KF_BENCH_SECONDS", "8"))
# (boards, clients on each, edits a second in all)
SCENES = ((1, 100, 20), (1, 300, 20), (1, 400, 20), (150, 10, 350))
_TICKS = os.sysconf("SC_CLK_TCK")
_MAKE_UPDATES = """
const Y = require("yjs"); const rows = [];
for (let n = 0; n < Number(process.argv[2]); n++) {
  const doc = new Y.Doc(); const key = "k" + String(n).padStart(7, "0");
  doc.getMap("notes").set(key, "Ti kvelder i stedet for ett aar " + key);
  rows.push(Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64"));
}
process.stdout.write(JSON.stringify(rows));
"""


@dataclass(slots=True)
class Measured:
    sent_at: dict[str, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def heard(self, data: bytes) -> None:
        now, at = time.perf_counter(), data.find(b"k0")
        while at >= 0:
            key = data[at : at + 8].decode("latin-1")
            if key in self.sent_at and data[at + 8 : at + 9] in (b'"', b"w", b""):
                self.seconds.append(now - self.sent_at[key])
            at = data.find(b"k0", at + 8)


def run() -> dict[str, float]:
    figures: dict[str, float] = {}
    for boards, clients, rate in SCENES:
        name = f"{boards * clients}_clients_on_{boards}"
        figures |= {f"{name}.{key}": value for key, value in _ours(boards, clients, rate).items()}
        peers = os.environ.get("KF_BENCH_PEERS")
        if peers and boards == 1:
            figures |= {
                f"{name}.y_websocket.{key}": value for key, value in _theirs(Path(peers), clients, rate).items()
            }
    return figures


def _ours(boards: int, clients: int, rate: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepare(data)
        made = make_boards(data, boards=boards, guests=clients)
        with Server(data, arguments=("--no-worker",)) as server:
            return asyncio.run(_measure(_our_doors(made, server.port), pid=server.pid, rate=rate, heard_by=clients))


Door = tuple[str, dict[str, str], Callable[[str], str | bytes]]


def _our_doors(made: list[MadeBoard], port: int) -> list[Door]:
    def sender(board: MadeBoard) -> Callable[[str], str]:
        def message(key: str) -> str:
            item = "".join(secrets.choice(ALPHABET) for _ in range(10))
            text = f"Ti kvelder i stedet for ett år {key}"
            op = {"id": secrets.token_hex(10), "kind": "add", "item": item, "text": text, "inside": board.column}
            return json.dumps({"ops": [op]})

        return message

    return [
        (board.address(port, since=10**6), {"Cookie": cookie}, sender(board))
        for board in made
        for cookie in board.cookies
    ]


def _theirs(folder: Path, clients: int, rate: int) -> dict[str, float]:
    import base64

    count = int(rate * (SECONDS + 2))
    made = subprocess.run(["node", "-e", _MAKE_UPDATES, "x", str(count)], cwd=folder, capture_output=True, check=True)
    updates = [base64.b64decode(row) for row in json.loads(made.stdout)]
    environment = os.environ | {"PORT": "18104", "HOST": "127.0.0.1"}
    with subprocess.Popen(
        ["node", "node_modules/y-websocket/bin/server.js"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            time.sleep(2)

            def message(key: str) -> bytes:
                update = updates[int(key[1:]) % count]
                return bytes([0, 2]) + _varint(len(update)) + update

            doors: list[Door] = [("ws://127.0.0.1:18104/room", {}, message) for _ in range(clients)]
            return asyncio.run(_measure(doors, pid=server.pid, rate=rate, heard_by=clients))
        finally:
            server.terminate()


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


async def _measure(doors: list[Door], *, pid: int, rate: int, heard_by: int) -> dict[str, float]:
    measured = Measured()
    open_now: list[ClientConnection] = []
    for at in range(0, len(doors), 20):
        some = [
            connect(url, additional_headers=head, compression=None, open_timeout=60)
            for url, head, _say in doors[at : at + 20]
        ]
        open_now += await asyncio.gather(*(_opened(one) for one in some))
    listening = [asyncio.create_task(_listen(each, measured)) for each in open_now]
    await asyncio.sleep(2)
    before, began, number = _cpu_seconds(pid), time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < SECONDS:
        while number < passed * rate:
            key = f"k{number:07}"
            which = (number * 7919) % len(doors)
            measured.sent_at[key] = time.perf_counter()
            await open_now[which].send(doors[which][2](key))
            number += 1
        await asyncio.sleep(0.002)
    await asyncio.sleep(3)
    spent = _cpu_seconds(pid) - before
    for task in listening:
        task.cancel()
    await asyncio.gather(*(each.close() for each in open_now), return_exceptions=True)
    return _figures(measured, expected=number * heard_by, cpu_seconds=spent)


async def _opened(opening: Awaitable[ClientConnection]) -> ClientConnection:
    return await opening


async def _listen(socket: ClientConnection, measured: Measured) -> None:
    async for message in socket:
        measured.heard(message.encode() if isinstance(message, str) else message)


def _cpu_seconds(pid: int) -> float:
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / _TICKS


def _figures(measured: Measured, *, expected: int, cpu_seconds: float) -> dict[str, float]:
    times = sorted(measured.seconds) or [0.0]
    at = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return {
        "delivered_percent": 100 * len(measured.seconds) / expected,
        "p50_ms": 1000 * at[49],
        "p95_ms": 1000 * at[94],
        "p99_ms": 1000 * at[98],
        "cpu_per_delivery_us": 1e6 * cpu_seconds / max(1, len(measured.seconds)),
    }
