"""One browser's way out: whole frames in their order, and no more unsent than fits."""

from __future__ import annotations

from dataclasses import dataclass, field

from kompetanseforum.core.wire import MOST_UNSENT_BYTES, WiredProtocol, frame


@dataclass
class Line:
    """A connection, as asyncio has it; nothing leaves it before `drain`."""

    unsent: bytes = b""
    sent: list[bytes] = field(default_factory=list)
    is_cut: bool = False

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
