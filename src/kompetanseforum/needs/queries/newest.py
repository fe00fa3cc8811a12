"""The newest needs that fit: by an index, in the same time however many needs there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import Exists, OuterRef

from kompetanseforum.core.text_index import Condition, has_words, newest_with_words, with_words_in
from kompetanseforum.needs.models import Filed, Need, Together
from kompetanseforum.needs.queries.filing import ALL, SMALL, at_once, tallied, tallied_together

# Up to so many are all had, and counted.
MOST = 2000
# Of more than that the newest are, which is more than a person leafs through: what lies far apart takes long to read.
KEPT = 500
# Of a list that others narrow, or of what has a common word: so many of the newest are looked at.
MOST_LOOKED_AT = 2000
# Fewer than this among them is no answer: then all are looked at.
_ENOUGH = 20
# Several choices in each of several groups make many lists; beyond so many a group is asked of each need instead.
_MOST_LISTS = 16


@dataclass(frozen=True, slots=True)
class Newest:
    """Primary keys of those that fit, the highest first; `is_cut` when there may be more."""

    ids: list[int]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    """A need fits that stands in one of them."""

    keys: list[str]
    is_together: bool = False

    @property
    def model(self) -> type[Filed] | type[Together]:
        return Together if self.is_together else Filed

    def have(self, pk: str) -> Exists:
        """Whether the need of the row outside, by its column `pk`, stands in one."""
        return Exists(self.model._default_manager.filter(need=OuterRef(pk), under__in=self.keys))

    def condition(self) -> Condition:
        table, marks = self.model._meta.db_table, ", ".join(["%s"] * len(self.keys))
        return Condition(
            f"EXISTS (SELECT 1 FROM {table} WHERE need_id = {{row}} AND under IN ({marks}))",  # noqa: S608 our own names
            self.keys,
        )

    def size(self) -> int:
        return (tallied_together if self.is_together else tallied)(self.keys).total()


def newest(groups: Sequence[Sequence[str]], *, words: str = "") -> Newest:
    """Those that stand under one choice of each group, and have the words."""
    if not all(groups):
        return Newest([], is_cut=False)
    lists = _lists_of(groups) or [_Lists([ALL])]
    # The smallest leads: the others are only asked about what stands in it.
    lists = sorted(lists, key=_Lists.size) if len(lists) > 1 else lists
    look = _with_words if has_words(words) and lists[0].size() > MOST_LOOKED_AT else _in_lists
    found = look(words, lists=lists, looked_at=MOST_LOOKED_AT)
    return look(words, lists=lists, looked_at=0) if found.is_cut and len(found.ids) < _ENOUGH else found


def _lists_of(groups: Sequence[Sequence[str]]) -> list[_Lists]:
    """The small groups as one, as far as that goes; each of the others by itself."""
    small: list[Sequence[str]] = []
    rest: list[Sequence[str]] = []
    lists = 1
    for group in sorted(groups, key=len):
        is_small = group[0].partition(":")[0] in SMALL and lists * len(group) <= _MOST_LISTS
        (small if is_small else rest).append(group)
        lists *= len(group) if is_small else 1
    found = [_Lists(list(group)) for group in rest]
    if small:
        found.append(_Lists([at_once(some) for some in product(*small)], is_together=len(small) > 1))
    return found


def _in_lists(words: str, *, lists: Sequence[_Lists], looked_at: int) -> Newest:
    """Each list of the first by itself stands in the index in order; together they would have to be sorted."""
    first, *others = lists
    found: set[int] = set()
    is_cut = False
    for key in first.keys:
        rows = first.model._default_manager.filter(under=key).order_by("-need")
        if looked_at and (others or has_words(words)):
            after = rows.values_list("need", flat=True)[looked_at : looked_at + 1].first()
            rows = rows.filter(need__gt=after) if after is not None else rows
            is_cut = is_cut or after is not None
        for other in others:
            rows = rows.filter(other.have("need"))
        having = with_words_in(rows, "need__searchable", words)
        found.update(having.values_list("need", flat=True)[: MOST + 1])
    return _cut(sorted(found, reverse=True), is_cut=is_cut)


def _with_words(words: str, *, lists: Sequence[_Lists], looked_at: int) -> Newest:
    """What has the words leads: it stands in the index of words in order."""
    # Nearly all that has the words is found by others, but what does not fit a filter may be most of it.
    is_filtered = lists[0].keys != [ALL]
    ids, is_cut = newest_with_words(
        Need,
        words,
        most=MOST + 1,
        looked_at=looked_at if is_filtered else 0,
        conditions=[one.condition() for one in lists],
    )
    return _cut(ids, is_cut=is_cut)


def _cut(ids: Sequence[int], *, is_cut: bool) -> Newest:
    return Newest(list(ids[:KEPT]), is_cut=True) if len(ids) > MOST else Newest(list(ids), is_cut=is_cut)
