"""Reads: many needs at once as a thread tells of them: whose words, and who stands behind. No rows, for speed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import IntegerField
from django.db.models.functions import Cast

from kompetanseforum.core.counted import read_once
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import Need, State, Voice
from kompetanseforum.needs.queries.shown import title_of, who_teller
from kompetanseforum.needs.rules import may_read, may_see
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import describe
from kompetanseforum.skills.queries import links_of_many


@dataclass(frozen=True, slots=True)
class ToldNeed:
    """A need that was withdrawn has neither title nor who."""

    public_id: str
    voiced_at: datetime
    is_withdrawn: bool
    title: str = ""
    who: str = ""


class _Row(NamedTuple):
    pk: int
    public_id: str
    state: str
    held_reason: str
    voiced_at: datetime
    merged_into_id: int | None


class Said(NamedTuple):
    """A voice, without its row."""

    need_id: int
    public_id: str
    words: str
    words_are_public: bool
    repeats_id: int | None
    organisation_id: int | None
    people: int
    place: str | None


def told_needs(public_ids: Sequence[str], *, viewer: Viewer) -> dict[str, ToldNeed]:
    """Each id → the need, or the one its voices stand behind now; what the viewer may not see is left out.

    Two questions, one more for words that are not public, one for those who stand alone, and one for each merge after
    a merge.
    """
    return _told_by_id(public_ids, viewer=viewer, tells_withdrawn=False)


def told_whole(public_ids: Sequence[str], *, viewer: Viewer) -> dict[str, ToldNeed]:
    """As `told_needs`, where one that was withdrawn is like any other for those who may see it, and left out for others."""
    return _told_by_id(public_ids, viewer=viewer, tells_withdrawn=True)


def _told_by_id(public_ids: Sequence[str], *, viewer: Viewer, tells_withdrawn: bool) -> dict[str, ToldNeed]:
    # A page has often read some of them, with their voices.
    read = {need.pk: need for need in read_once("need", public_ids, _nothing).values()}
    unread = set(public_ids) - {need.public_id for need in read.values()}
    asked = [_row(need) for need in read.values()] + (
        _rows(Need.objects.filter(public_id__in=unread)) if unread else []
    )
    kept = {row.pk: row for row in asked}
    while missing := {row.merged_into_id for row in kept.values() if row.merged_into_id} - set(kept):
        kept |= {row.pk: row for row in _rows(Need.objects.filter(pk__in=missing))}
    stands = {row.public_id: _kept(row, kept) for row in asked}
    told = _told({row.pk: row for row in stands.values()}, viewer, read, tells_withdrawn=tells_withdrawn)
    return {public_id: told[row.pk] for public_id, row in stands.items() if row.pk in told}


def _rows(needs: Iterable[Need]) -> list[_Row]:
    fields = ("pk", "public_id", "state", "held_reason", "voiced_at", "merged_into_id")
    return [_Row(*row) for row in needs.values_list(*fields)]  # type: ignore[attr-defined]  # it is a QuerySet


def _nothing(public_ids: Sequence[str]) -> dict[str, Need]:
    return {}


def _row(need: Need) -> _Row:
    return _Row(need.pk, need.public_id, need.state, need.held_reason, need.voiced_at, need.merged_into_id)


def _kept(row: _Row, known: dict[int, _Row]) -> _Row:
    while row.merged_into_id is not None:
        row = known[row.merged_into_id]
    return row


def _told(
    rows: dict[int, _Row], viewer: Viewer, read: Mapping[int, Need], *, tells_withdrawn: bool
) -> dict[int, ToldNeed]:
    voices = voices_of([pk for pk in rows if pk not in read])
    voices |= {pk: [_said(voice) for voice in read[pk].voices.all()] for pk in rows if pk in read}
    seen = {
        pk: row
        for pk, row in rows.items()
        if (tells_withdrawn or row.state != State.WITHDRAWN)
        and may_see(
            viewer,
            is_open=not row.held_reason and row.state != State.WITHDRAWN,
            voices=(voice.public_id for voice in voices[pk]),
        )
    }
    words = {pk: first_words(voices[pk], viewer) for pk in seen}
    links = links_of_many("need", [row.public_id for pk, row in seen.items() if not words[pk]])
    counted = {pk: [voice for voice in voices[pk] if voice.repeats_id is None] for pk in seen}
    alone = {pk: one[0].organisation_id for pk, one in counted.items() if len(one) == 1}
    who_alone = described(alone.values())
    told = {
        pk: ToldNeed(row.public_id, row.voiced_at, True)
        for pk, row in rows.items()
        if row.state == State.WITHDRAWN and not tells_withdrawn
    }
    who_of = who_teller()
    for pk, row in seen.items():
        places = {voice.place for voice in counted[pk] if voice.place}
        who = who_alone[alone[pk]] if pk in alone else who_of(len(counted[pk]), sorted(places))
        title = f"«{words[pk]}»" if words[pk] else title_of(links.get(row.public_id, []))
        told[pk] = ToldNeed(row.public_id, row.voiced_at, False, title=title, who=who)
    return told


def voices_of(rows: Iterable[int]) -> dict[int, list[Said]]:
    """Of each need, the first to speak first."""
    found: dict[int, list[Said]] = {pk: [] for pk in rows}
    fields = (
        "need_id",
        "public_id",
        "words",
        # As a number: of thousands, to make each a boolean takes as long as to read them.
        Cast("words_are_public", IntegerField()),
        "repeats_id",
        "organisation_id",
        "people",
        "organisation__municipality__name",
    )
    if not found:
        return found
    spoken = Voice.objects.filter(need_id__in=found, withdrawn_at=None).order_by("voiced_at", "pk")
    for row in spoken.values_list(*fields):
        found[row[0]].append(Said._make(row))
    return found


def _said(voice: Voice) -> Said:
    place = voice.organisation.municipality if voice.organisation else None
    return Said(
        need_id=voice.need_id,
        public_id=voice.public_id,
        words=voice.words,
        words_are_public=voice.words_are_public,
        repeats_id=voice.repeats_id,
        organisation_id=voice.organisation_id,
        people=voice.people,
        place=place.name if place else None,
    )


def first_words(voices: Iterable[Said], viewer: Viewer) -> str:
    readable = (
        voice.words for voice in voices if voice.words and may_read(viewer, voice.public_id, voice.words_are_public)
    )
    return next(readable, "")


def described(ids: Iterable[int | None]) -> dict[int | None, str]:
    """`En båtbygger på Hvaler, 5–19 ansatte`, for those who stand behind a need alone."""
    known = Organisation.objects.select_related("municipality").in_bulk({pk for pk in ids if pk is not None})
    return {None: describe(None)} | {pk: describe(organisation) for pk, organisation in known.items()}
