"""One browser's way out: whole frames in their order, and no more unsent than fits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from kompetanseforum.core.wire import MOST_UNREAD, MOST_UNSENT_BYTES, WiredProtocol, frame


@dataclass
class Line:
    """A connection, as asyncio has it; nothing leaves it before `drain`."""

    unsent: bytes = b""
    sent: list[bytes] = field(default_factory=list)
    is_cut: bool = False
    is_read: bool = True
    # How often the kernel was asked to stop, or to go on.
    turned: int = 0

    def pause_reading(self) -> None:
        self.is_read, self.turned = False, self.turned + 1

    def resume_reading(self) -> None:
        self.is_read, self.turned = True, self.turned + 1

    def is_closing(self) -> bool:
        return self.is_cut

    def get_write_buffer_size(self) -> int:
        return len(self.unsent)

    def write(self, data: bytes) -> None:
        self.unsent += data

    def drain(self) -> None:
        self.sent.append(self.unsent)
        self.unsent = b""

    def abort(self) -> None:
        self.is_cut, self.unsent = True, b""


def wire_to(line: Line) -> WiredProtocol:
    """What uvicorn makes when a browser has come in."""
    wire = WiredProtocol.__new__(WiredProtocol)
    wire.transport, wire.close_sent = line, False  # type: ignore[assignment]
    return wire


def test_frames_leave_whole_and_in_their_order():
    line = Line()
    wire = wire_to(line)
    wire.write(frame("en"))
    wire.write(frame("to"))
    line.drain()
    assert line.sent == [b"\x81\x02en\x81\x02to"]


def test_one_frame_may_be_larger_than_what_may_lie_unsent():
    line = Line()
    wire_to(line).write(frame("x" * (2 * MOST_UNSENT_BYTES)))
    assert (line.is_cut, len(line.unsent) > MOST_UNSENT_BYTES) == (False, True)


def test_a_browser_that_does_not_take_its_frames_is_cut_off_and_holds_no_memory():
    line = Line()
    wire = wire_to(line)
    for _ in range(5):
        wire.write(frame("x" * (MOST_UNSENT_BYTES // 2)))
    assert (line.is_cut, line.unsent) == (True, b"")


def test_nothing_follows_a_farewell():
    line = Line()
    wire = wire_to(line)
    wire.close_sent = True
    wire.write(frame("for sent"))
    assert line.unsent == b""


def said(wire: WiredProtocol, text: str) -> None:
    wire.curr_msg_data_type, wire.frames = "text", [text.encode()]
    wire.send_receive_event_to_app()


async def heard(wire: WiredProtocol) -> object:
    return (await wire.receive())["text"]  # type: ignore[typeddict-item]  # of a message that was said


def listening_to(line: Line) -> WiredProtocol:
    wire = wire_to(line)
    wire.queue, wire.read_paused = asyncio.Queue(), False
    return wire


def test_one_that_says_a_little_is_read_without_a_stop():
    line = Line()
    wire = listening_to(line)

    async def talk() -> list[object]:
        words = []
        for number in range(3):
            said(wire, f"{number}")
            words.append(await heard(wire))
        return words

    assert asyncio.run(talk()) == ["0", "1", "2"]
    assert line.turned == 0


def test_one_that_says_more_than_is_heard_must_wait_and_loses_nothing():
    line = Line()
    wire = listening_to(line)
    for number in range(MOST_UNREAD + 1):
        said(wire, f"{number}")
    assert not line.is_read

    async def listen() -> list[object]:
        return [await heard(wire) for _ in range(MOST_UNREAD + 1)]

    assert asyncio.run(listen()) == [f"{number}" for number in range(MOST_UNREAD + 1)]
    assert line.is_read
