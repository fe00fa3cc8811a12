"""Files read: notes that somebody brings along, and the demo forum's boards."""

from kompetanseforum.boards.imports.demo import DemoBoard, demo_boards
from kompetanseforum.boards.imports.notes import MOST_NOTES, BroughtNote, BroughtNotes, read_notes

__all__ = ["MOST_NOTES", "BroughtNote", "BroughtNotes", "DemoBoard", "demo_boards", "read_notes"]
