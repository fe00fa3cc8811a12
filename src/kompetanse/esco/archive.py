"""The CSV files inside whatever was given: a zip, a folder, one CSV, gzipped or not."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final, cast

from kompetanse.esco.errors import EscoFileError

# The whole of ESCO in one language is 60 MB; a zip that grows far beyond that is a bomb.
MOST_BYTES: Final = 600 * 1024 * 1024
_READ_AT_ONCE: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Member:
    """One CSV file: its name without folder, and how to read it from the start."""

    name: str
    open: Callable[[], IO[bytes]]


class Allowance:
    """How many bytes may still be unpacked, over all files together."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self, count: int, *, name: str) -> None:
        self.left -= count
        if self.left < 0:
            raise EscoFileError("too_large", name)


class Unpacked(io.RawIOBase):
    """A stream that keeps within an allowance and tells of damage in our words."""

    def __init__(self, stream: IO[bytes], *, name: str, allowance: Allowance) -> None:
        self._stream = stream
        self._name = name
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(min(len(buffer), _READ_AT_ONCE))
        except EOFError as error:
            raise EscoFileError("cut_off", self._name) from error
        except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, NotImplementedError, RuntimeError) as error:
            raise EscoFileError("damaged_zip", self._name) from error
        self._allowance.take(len(data), name=self._name)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def members(sources: Sequence[Path]) -> Iterator[Member]:
    """Every CSV in the sources, folder by folder, in the order of their names.

    Raises EscoFileError for a source that is none of what can be read.
    """
    for source in sources:
        if source.is_dir():
            files = sorted(file for file in source.iterdir() if _plain_name(file.name).endswith(".csv"))
            for file in files:
                yield _file_member(file)
        elif not source.is_file():
            raise EscoFileError("not_found", source.name)
        elif _plain_name(source.name).endswith(".csv"):
            yield _file_member(source)
        else:
            yield from _zip_members(source)


def check_zip(file: IO[bytes], *, name: str) -> list[str]:
    """The names of the CSV files in a zip, from its table of contents alone. Raises EscoFileError."""
    if file.read(2) != b"PK":
        raise EscoFileError("not_a_zip", name)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return [info.filename.rpartition("/")[2] for info in archive.infolist() if _is_table(info)]
    except zipfile.BadZipFile as error:
        raise EscoFileError("damaged_zip", name) from error


def _is_table(info: zipfile.ZipInfo) -> bool:
    folder, _, name = info.filename.rpartition("/")
    # A zip made on a Mac carries "__MACOSX/._skills_nb.csv" beside each file.
    return name.lower().endswith(".csv") and not name.startswith("._") and "__MACOSX" not in folder


def unpacked(member: Member, *, allowance: Allowance) -> IO[bytes]:
    """The member's bytes. Raises EscoFileError where the zip is damaged."""
    try:
        stream = member.open()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise EscoFileError("damaged_zip", member.name) from error
    return io.BufferedReader(Unpacked(stream, name=member.name, allowance=allowance), _READ_AT_ONCE)


def _plain_name(name: str) -> str:
    return name.lower().removesuffix(".gz")


def _file_member(file: Path) -> Member:
    if file.name.lower().endswith(".gz"):
        return Member(name=file.name, open=lambda: cast(IO[bytes], gzip.open(file, "rb")))
    return Member(name=file.name, open=lambda: file.open("rb"))


def _zip_members(source: Path) -> Iterator[Member]:
    with source.open("rb") as file:
        check_zip(file, name=source.name)
    with zipfile.ZipFile(source) as archive:
        for info in sorted(archive.infolist(), key=lambda one: one.filename):
            if _is_table(info):
                yield Member(name=info.filename.rpartition("/")[2], open=partial(archive.open, info))
