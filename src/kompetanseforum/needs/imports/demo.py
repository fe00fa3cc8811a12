"""The demo forum's needs, in the words of invented firms, and what was answered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from kompetanseforum.needs.models import Need, Voice


def _demo_table(name: str, table: str) -> list[dict[str, Any]]:  # Any: as TOML gives it
    with resources.files("kompetanseforum.needs").joinpath(name).open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[table]
    return rows


@dataclass(frozen=True, slots=True)
class DemoVoice:
    organisation: str
    words: str
    language: str
    people: int
    level: str
    forms: tuple[str, ...]
    days_ago: int
    public_words: bool
    public_name: bool
    spokesperson: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    need: str
    by: str
    days_ago: int
    state: str
    words: str
    language: str = "nb"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoNeed:
    key: str
    state: str
    owner: str
    next_answer_in_days: int
    horizon: str
    reason: str
    held: str
    voices: tuple[DemoVoice, ...]
    answers: tuple[DemoAnswer, ...]


def demo_needs() -> Iterator[DemoNeed]:
    """The invented needs with their voices (oldest first) and answers."""
    answers = [DemoAnswer(**row) for row in _demo_table("demo_answers.toml", "answer")]
    for row in _demo_table("demo.toml", "need"):
        voices = [DemoVoice(**(voice | {"forms": tuple(voice["forms"])})) for voice in row.pop("voice")]
        yield DemoNeed(
            **row,
            voices=tuple(sorted(voices, key=lambda voice: -voice.days_ago)),
            answers=tuple(answer for answer in answers if answer.need == row["key"]),
        )


def needs_of_demo(keys: Sequence[str]) -> list[Need]:
    """Those rows as they stand in a demo forum, in that order; a merged one is the one its voices stand behind."""
    words = {row.key: row.voices[0].words for row in demo_needs() if row.key in keys}
    spoken = {
        voice.words: voice.need for voice in Voice.objects.filter(words__in=words.values()).select_related("need")
    }
    return [spoken[words[key]] for key in keys if words.get(key) in spoken]
