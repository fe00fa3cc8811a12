"""The vocabulary's TSV files to values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from kompetanse.vocabulary.entries import LANGUAGES, Entry, Kind, Pair, Vocabulary

_SKILL_COLUMNS: Final = ("uri", "nb", "nn", "en", "words_nb", "words_nn", "words_en")
_OCCUPATION_COLUMNS: Final = ("uri", "isco", "nb", "nn", "en", "words_nb", "words_nn", "words_en")
_PAIR_COLUMNS: Final = ("occupation", "skill", "relation")


def read_vocabulary(folder: Traversable | None = None) -> Vocabulary:
    """The vocabulary in `folder` (`skills/`, `occupations/`, `pairs/`), by default the one that ships here.

    Raises ValueError, naming file and line, where a row has not the columns of its header.
    """
    root = folder if folder is not None else files("kompetanse.vocabulary")
    return Vocabulary(
        skills=tuple(
            _entry(trade, uri, cells, kind="skill")
            for trade, (uri, *cells) in _rows(root / "skills", columns=_SKILL_COLUMNS)
        ),
        occupations=tuple(
            _entry(trade, uri, cells, kind="occupation", isco=isco)
            for trade, (uri, isco, *cells) in _rows(root / "occupations", columns=_OCCUPATION_COLUMNS)
        ),
        pairs=tuple(Pair(*row) for _, row in _rows(root / "pairs", columns=_PAIR_COLUMNS)),
    )


def _entry(trade: str, uri: str, cells: Sequence[str], *, kind: Kind, isco: str = "") -> Entry:
    """Cells: a label in each language, then the words in each."""
    labels, words = cells[: len(LANGUAGES)], cells[len(LANGUAGES) :]
    return Entry(
        uri=uri,
        kind=kind,
        trade=trade,
        isco=isco,
        labels={language: label for language, label in zip(LANGUAGES, labels, strict=True) if label},
        words={language: _listed(cell) for language, cell in zip(LANGUAGES, words, strict=True)},
    )


def _rows(folder: Traversable, *, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Trade and cells of each row of each file."""
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".tsv"):
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        if not lines or tuple(lines[0].split("\t")) != tuple(columns):
            raise ValueError(f"{file.name}: the header is not {' '.join(columns)}")
        for number, line in enumerate(lines[1:], start=2):
            if not line.strip():
                continue
            cells = [cell.strip() for cell in line.split("\t")]
            # Editors drop empty cells at the end of a line.
            cells += [""] * (len(columns) - len(cells))
            if len(cells) != len(columns):
                raise ValueError(f"{file.name}:{number}: {len(cells)} cells, not {len(columns)}")
            yield file.name.removesuffix(".tsv"), cells


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split("|") if word.strip())
