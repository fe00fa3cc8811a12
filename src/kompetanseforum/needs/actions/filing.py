"""Writes: under which choices a need is found, what a search finds it by, and how many stand under each choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Max, Min

from kompetanse.refs import Ref
from kompetanseforum.core.text_index import note_texts, plain
from kompetanseforum.needs.models import Filed, Need, Tally
from kompetanseforum.needs.queries.filing import filed_now, places_of
from kompetanseforum.needs.queries.shown import searchable_text

_AT_ONCE = 500
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
    gone = {(pk, under) for pk in ids for under in before.get(pk, set()) - now.get(pk, set())}
    new = {(pk, under) for pk in ids for under in now.get(pk, set()) - before.get(pk, set())}
    for pk in {pk for pk, _ in gone}:
        Filed.objects.filter(need=pk, under__in=[under for one, under in gone if one == pk]).delete()
    Filed.objects.bulk_create([Filed(need_id=pk, under=under) for pk, under in sorted(new)], batch_size=_AT_ONCE)
    changes = Counter(under for _, under in new)
    changes.subtract(under for _, under in gone)
    note_changes(changes)


def file_whole(whole: Ref) -> None:
    """What was judged is a need's, or something else's that this does nothing about."""
    if whole.kind == "need":
        file_anew(list(Need.objects.filter(public_id=whole.id).values_list("pk", flat=True)))


def take_out(ids: Collection[int]) -> None:
    """Before the rows are deleted."""
    gone = Counter(under for places in filed_now(ids).values() for under in places)
    Filed.objects.filter(need__in=ids).delete()
    note_texts(Need, [(pk, "") for pk in ids])
    note_changes(Counter({under: -count for under, count in gone.items()}))


def note_changes(changes: Counter[str]) -> None:
    Tally.objects.bulk_create(
        [Tally(under=under, change=change) for under, change in sorted(changes.items()) if change],
        batch_size=_AT_ONCE,
    )


def add_up_if_many() -> bool:
    """The worker asks this again and again: what it takes to know is the first and the last row."""
    ends = Tally.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if not ends["last"] or ends["last"] - ends["first"] < _MANY_CHANGES:
        return False
    add_up()
    return True


@transaction.atomic
def add_up() -> None:
    """One row for each choice in place of many."""
    can_skip = connection.features.has_select_for_update_skip_locked
    rows = list(Tally.objects.select_for_update(skip_locked=can_skip).values_list("pk", "under", "change"))
    sums: Counter[str] = Counter()
    for _, under, change in rows:
        sums[under] += change
    for some in _portions([pk for pk, _, _ in rows]):
        Tally.objects.filter(pk__in=some).delete()
    note_changes(sums)


def file_all_anew() -> None:
    """All needs: which skills belong to what has changed."""
    for some in _portions(list(Need.objects.order_by("pk").values_list("pk", flat=True))):
        file_anew(some)
    add_up()


def file_if_never_filed() -> None:
    """The tables came from a version without the file, or from a backup of one."""
    if Filed.objects.exists():
        return
    for some in _portions(list(Need.objects.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic():
            for need in Need.objects.filter(pk__in=some):
                file_need(need)
    add_up()


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
