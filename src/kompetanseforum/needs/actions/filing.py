"""Writes: under which choices a need is found, what a search finds it by, and how many stand under each choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Max, Min

from kompetanse.refs import Ref
from kompetanseforum.core.text_index import note_texts, plain
from kompetanseforum.needs.models import Filed, Heard, Need, Tally, TallyTogether, Together, Voice
from kompetanseforum.needs.queries.filing import filed_now, places_of, together
from kompetanseforum.needs.queries.shown import searchable_text

_AT_ONCE = 500
FiledT = TypeVar("FiledT", Filed, Together)
TallyT = TypeVar("TallyT", Tally, TallyTogether)
# More than there are choices, all of ESCO's skills and occupations among them.
_MANY_CHANGES = 40_000


def file_need(need: Need) -> None:
    """Found by what it says and is now. Inside the caller's transaction, after what it depends on is written."""
    text = plain(searchable_text(need))
    Need.objects.filter(pk=need.pk).update(searchable=text)
    note_texts(Need, [(need.pk, text)])
    file_anew([need.pk])


@transaction.atomic
def file_anew(ids: Collection[int]) -> None:
    """The choices alone: what was written lower down has changed which skills they ask for."""
    # Two who write about one need at once would each count what the other does.
    list(Need.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    before, now = filed_now(ids), places_of(ids)
    note_changes(_file(Filed, before, now), of=Tally)
    note_changes(_file(Together, _together(before), _together(now)), of=TallyTogether)
    note_heard(set(Voice.objects.filter(need__in=ids).order_by().values_list("organisation", flat=True)))


def _together(places: Mapping[int, Collection[str]]) -> dict[int, set[str]]:
    return {pk: together(some) for pk, some in places.items()}


def _file(rows: type[FiledT], before: Mapping[int, set[str]], now: Mapping[int, set[str]]) -> Counter[str]:
    """Rows that are to go and to come. Returns how the counts change."""
    ids = {*before, *now}
    gone = {pk: left for pk in ids if (left := before.get(pk, set()) - now.get(pk, set()))}
    new = [(pk, under) for pk in sorted(ids) for under in sorted(now.get(pk, set()) - before.get(pk, set()))]
    for pk, unders in gone.items():
        rows._default_manager.filter(need=pk, under__in=unders).delete()
    rows._default_manager.bulk_create([rows(need_id=pk, under=under) for pk, under in new], batch_size=_AT_ONCE)
    changes = Counter(under for _, under in new)
    changes.subtract(under for unders in gone.values() for under in unders)
    return changes


def note_heard(organisations: Iterable[int | None]) -> None:
    """Who of these stands behind a need that others find, and the day it last spoke. Inside the caller's transaction."""
    asked = {pk for pk in organisations if pk is not None}
    speak = Voice.objects.filter(organisation__in=asked, withdrawn_at=None, need__held_reason="").order_by()
    last = dict(speak.values_list("organisation").annotate(last=Max("voiced_at")))
    known = dict(Heard.objects.filter(organisation__in=asked).values_list("organisation", "last_at"))
    Heard.objects.filter(organisation__in=known.keys() - last.keys()).delete()
    # The same day again changes nothing, and two who write for one organisation need not wait for each other.
    moved = {pk: at for pk, at in last.items() if pk not in known or known[pk].date() != at.date()}
    Heard.objects.bulk_create(
        [Heard(organisation_id=pk, last_at=at) for pk, at in sorted(moved.items())],
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=["last_at"],
        batch_size=_AT_ONCE,
    )


def file_whole(whole: Ref) -> None:
    """What was judged is a need's, or something else's that this does nothing about."""
    if whole.kind == "need":
        file_anew(list(Need.objects.filter(public_id=whole.id).values_list("pk", flat=True)))


def take_out(ids: Collection[int]) -> None:
    """Before the rows are deleted."""
    before = filed_now(ids)
    note_changes(_file(Filed, before, {}), of=Tally)
    note_changes(_file(Together, _together(before), {}), of=TallyTogether)
    note_texts(Need, [(pk, "") for pk in ids])


def note_changes(changes: Counter[str], *, of: type[TallyT]) -> None:
    of._default_manager.bulk_create(
        [of(under=under, change=change) for under, change in sorted(changes.items()) if change], batch_size=_AT_ONCE
    )


def add_up_if_many() -> bool:
    """The worker asks this again and again: what it takes to know is the first and the last row."""
    is_many = _has_many(Tally), _has_many(TallyTogether)
    if is_many[0]:
        _add_up(Tally)
    if is_many[1]:
        _add_up(TallyTogether)
    return any(is_many)


def _has_many(tally: type[Tally] | type[TallyTogether]) -> bool:
    ends = tally._default_manager.aggregate(first=Min("pk"), last=Max("pk"))
    return bool(ends["last"]) and ends["last"] - ends["first"] >= _MANY_CHANGES


def add_up() -> None:
    """One row for each choice in place of many."""
    _add_up(Tally)
    _add_up(TallyTogether)


@transaction.atomic
def _add_up(tally: type[TallyT]) -> None:
    can_skip = connection.features.has_select_for_update_skip_locked
    rows = list(tally._default_manager.select_for_update(skip_locked=can_skip).values_list("pk", "under", "change"))
    sums: Counter[str] = Counter()
    for _, under, change in rows:
        sums[under] += change
    for some in _portions([pk for pk, _, _ in rows]):
        tally._default_manager.filter(pk__in=some).delete()
    note_changes(sums, of=tally)


def file_all_anew() -> None:
    """All needs: which skills belong to what has changed."""
    for some in _portions(list(Need.objects.order_by("pk").values_list("pk", flat=True))):
        file_anew(some)
    add_up()


@transaction.atomic
def file_if_never_filed() -> None:
    """The tables came from a version without the file, or with less of it, or from a backup of one."""
    if Together.objects.exists() or not Need.objects.exists():
        return
    for rows in (Filed, Tally, TallyTogether):
        rows._default_manager.all().delete()
    for some in _portions(list(Need.objects.order_by("pk").values_list("pk", flat=True))):
        for need in Need.objects.filter(pk__in=some):
            file_need(need)
    add_up()


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
