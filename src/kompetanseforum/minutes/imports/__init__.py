"""A file to its text, whatever made it: Word, PDF, e-mail, plain text; hostile and broken ones refused in plain words."""

from kompetanseforum.minutes.imports.demo import DemoMinutes, demo_minutes
from kompetanseforum.minutes.imports.files import (
    MOST_CHARACTERS,
    MOST_MEGABYTES,
    Given,
    bounded,
    read_file,
    read_path,
    tidied,
)
from kompetanseforum.minutes.imports.here import standing_at
from kompetanseforum.minutes.imports.problems import UnreadableFile

__all__ = [
    "MOST_CHARACTERS",
    "MOST_MEGABYTES",
    "DemoMinutes",
    "Given",
    "UnreadableFile",
    "bounded",
    "demo_minutes",
    "read_file",
    "read_path",
    "standing_at",
    "tidied",
]
