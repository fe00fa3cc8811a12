"""Reads: rows of a survey beside the needs that are here: which are new, which join, which are here already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kompetanseforum.core.bringing import Outcome
from kompetanseforum.core.tables import plain_name
from kompetanseforum.needs.models import CLOSED_STATES, Voice


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row, read. Places are codes, organisations names: found or made when it is stored."""

    number: int
    # Tells the row from all others, whichever file it comes in.
    key: str
    words: str
    language: str
    organisation: str
    spokesperson: str
    sources: int = 1
    people: int = 1
    place: str = ""
    horizon: str = "now"
    level: str = ""
    forms: tuple[str, ...] = ()
    sector: str = ""
    size: str = ""
    words_are_public: bool = False
    name_is_public: bool = False
    # The public id of a need to join.
    need: str = ""

    @property
    def who(self) -> str:
        return self.organisation or self.spokesperson


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a row. It joins the need `need`, or the one that the row `first` of the same file begins."""

    row: SurveyRow
    outcome: Outcome
    need: str = ""
    first: SurveyRow | None = None


@dataclass(slots=True)
class _Standing:
    """Who stands behind a need, and by what words one knows it."""

    organisations: set[str] = field(default_factory=set)


def planned_rows(rows: Sequence[SurveyRow]) -> list[Planned]:
    """Rows join a need whose id they give, or of which somebody has said the very same words."""
    known_keys = set(
        Voice.objects.filter(sending_key__in=[row.key for row in rows]).values_list("sending_key", flat=True)
    )
    by_need, by_words = _joinable()
    begun: dict[str, tuple[SurveyRow, _Standing]] = {}
    planned = []
    for row in rows:
        if row.key in known_keys:
            planned.append(Planned(row, Outcome.UNCHANGED))
            continue
        words, who = same_words(row.words), row.organisation.casefold()
        need = row.need or by_words.get(words, "")
        first, standing = begun.get(words, (None, None)) if not need else (None, by_need.get(need))
        if standing is None:
            begun[words] = (row, _Standing({who} if who else set()))
            planned.append(Planned(row, Outcome.NEW))
        elif who and who in standing.organisations:
            # One voice per organisation and need.
            planned.append(Planned(row, Outcome.UNCHANGED))
        else:
            standing.organisations.add(who)
            planned.append(Planned(row, Outcome.JOINED, need=need, first=first))
    return planned


def _joinable() -> tuple[dict[str, _Standing], dict[str, str]]:
    """Open needs that everybody sees: who stands behind each, and which words name it."""
    voices = Voice.objects.filter(withdrawn_at=None, need__held_reason="").exclude(need__state__in=CLOSED_STATES)
    by_need: dict[str, _Standing] = {}
    by_words: dict[str, str] = {}
    rows = voices.order_by("voiced_at", "pk").values_list("need__public_id", "words", "organisation__name")
    for need, words, organisation in rows.iterator():
        by_need.setdefault(need, _Standing()).organisations.add((organisation or "").casefold())
        if said := same_words(words):
            by_words.setdefault(said, need)
    return by_need, by_words


def same_words(words: str) -> str:
    """Case, spaces and marks do not count."""
    return plain_name(words)


def joinable_ids(ids: Sequence[str]) -> set[str]:
    """Those of the needs that may be joined."""
    voices = Voice.objects.filter(need__public_id__in=ids, withdrawn_at=None, need__held_reason="")
    return set(voices.exclude(need__state__in=CLOSED_STATES).values_list("need__public_id", flat=True))
