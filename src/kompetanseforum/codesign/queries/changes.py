"""Reads: the changes in a room, column by column, and one change with all that was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.codesign.models import Agreement, Change, Comment, Part, Participant, Room, State, Wording
from kompetanseforum.codesign.queries.rooms import told_sides, who_words
from kompetanseforum.core.beside import how_many
from kompetanseforum.core.text import capital, day, in_words

# In a column: what all agree on first, what is parked last.
_ORDER = [State.AGREED, State.PROPOSED, State.TRIED_FIRST, State.PARKED]


def changes() -> QuerySet[Change]:
    agreements = Agreement.objects.filter(participant__left_at=None).select_related("participant")
    return (
        Change.objects.filter(removed_at=None)
        .select_related("room__educator", "room__brief", "by")
        .prefetch_related(Prefetch("agreements", agreements))
        .annotate(said=how_many(Comment.objects.filter(removed_at=None), "change"))
    )


def change_by_id(public_id: str) -> Change | None:
    return changes().filter(public_id=public_id).first()


def comment_by_id(public_id: str) -> Comment | None:
    return Comment.objects.select_related("change__room", "participant").filter(public_id=public_id).first()


def change_by_sending_key(key: str) -> Change | None:
    return Change.objects.filter(sending_key=key).first() if key else None


@dataclass(frozen=True, slots=True)
class ShownChange:
    change: Change
    # `Alle tre sider. Fem kommentarer.`
    note: str
    agrees: bool
    # The viewer's side has not said yes yet, and may.
    is_asked: bool = False

    @property
    def public_id(self) -> str:
        return self.change.public_id

    @property
    def is_agreed(self) -> bool:
        """By all, and not in the offer yet."""
        return self.change.state == State.AGREED and self.change.taken_at is None


@dataclass(frozen=True, slots=True)
class Column:
    part: str
    label: str
    changes: list[ShownChange]


def columns_of(room: Room, *, own: Participant | None) -> list[Column]:
    """Three, always; the same number of queries for many changes as for one."""
    sides = {one.sector for one in room.participants.all()}
    shown = [show_change(change, sides=sides, own=own) for change in changes().filter(room=room)]
    shown.sort(key=lambda one: _ORDER.index(State(one.change.state)))
    return [
        Column(part=part.value, label=str(part.label), changes=[one for one in shown if one.change.part == part])
        for part in Part
    ]


def show_change(change: Change, *, sides: set[str], own: Participant | None) -> ShownChange:
    agreed = {agreement.participant.sector for agreement in change.agreements.all()}
    said: int = getattr(change, "said", 0)
    parts = [_about(change, agreed=agreed, sides=sides)]
    if said:
        told = ngettext("One comment.", "%(number)s comments.", said) % {"number": in_words(said)}
        parts.append(capital(told))
    is_open = change.taken_at is None and change.state in (State.PROPOSED, State.AGREED)
    return ShownChange(
        change=change,
        note=" ".join(part for part in parts if part),
        agrees=own is not None and any(one.participant_id == own.pk for one in change.agreements.all()),
        is_asked=own is not None and is_open and own.sector not in agreed,
    )


def _about(change: Change, *, agreed: set[str], sides: set[str]) -> str:
    if change.taken_at:
        return _("In the offer since %(date)s.") % {"date": day(change.taken_at)}
    if change.state in (State.PARKED, State.TRIED_FIRST):
        because = _("Because %(reason)s.") if change.state == State.PARKED else "%(reason)s."
        words = change.reason.rstrip(". ")
        return because % {"reason": words if change.state == State.PARKED else capital(words)} if words else ""
    if sides and sides <= agreed:
        return _all_sides(len(sides))
    if agreed:
        waits = sorted(sides - agreed)
        return _("%(sides)s agree. %(others)s have not said yes yet.") % {
            "sides": told_sides(sorted(agreed)),
            "others": told_sides(waits),
        }
    return _("Nobody has said yes yet.")


def _all_sides(number: int) -> str:
    return _("All %(number)s sides.") % {"number": in_words(number)} if number > 1 else _("One side.")


def agreed_changes(room: Room) -> list[Change]:
    """What all agree on and is not in the offer yet."""
    return list(changes().filter(room=room, state=State.AGREED, taken_at=None))


def taken_changes(room: Room) -> list[Change]:
    return list(changes().filter(room=room, taken_at__isnull=False))


def proposed_count(room: Room) -> int:
    """Ever, whatever became of them."""
    return Change.objects.filter(room=room).count()


def agreed_count(room: Room) -> int:
    return Change.objects.filter(room=room, state=State.AGREED, taken_at=None, removed_at=None).count()


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as this viewer may see it."""

    comment: Comment
    who: str
    is_own: bool


def comments_on(change: Change, *, knows_names: bool, own: Participant | None) -> list[Said]:
    rows = Comment.objects.filter(change=change, removed_at=None).select_related("participant")
    return [
        Said(
            comment=row,
            who=who_words(row.participant, knows_names=knows_names),
            is_own=own is not None and row.participant_id == own.pk,
        )
        for row in rows
    ]


def wordings_of(change: Change, *, knows_names: bool) -> list[tuple[Wording, str]]:
    """Newest first, with who wrote each."""
    rows = Wording.objects.filter(change=change).select_related("by")
    return [(row, who_words(row.by, knows_names=knows_names)) for row in rows]


def who_agrees(change: Change, *, knows_names: bool) -> Sequence[str]:
    return [who_words(one.participant, knows_names=knows_names) for one in change.agreements.all()]
