"""What a list row says of a brief."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.briefs.models import Brief, Kind, State
from kompetanseforum.briefs.queries.shown import last_answer
from kompetanseforum.briefs.queries.words import summary_of
from kompetanseforum.core import clock
from kompetanseforum.core.text import capital, day, in_words


@dataclass(frozen=True, slots=True)
class RowView:
    words: str
    url: str
    who: str
    state: str
    state_label: str
    next: str
    is_late: bool
    action_label: str


def row_view(brief: Brief) -> RowView:
    """Of a brief of `briefs_with_parts`."""
    asked = list(brief.recipients.all())
    kinds = [answer.kind for one in asked if (answer := last_answer(one))]
    is_late = brief.state == State.SENT and not kinds and bool(brief.answer_by and brief.answer_by < clock.today())
    shape, label = _state(brief, kinds)
    return RowView(
        words=brief.title,
        url=reverse("briefs:brief", kwargs={"public_id": brief.public_id}),
        who=summary_of(brief),
        state=shape,
        state_label=label,
        next=_next(brief, asked=len(asked), kinds=kinds, is_late=is_late),
        is_late=is_late,
        action_label=_("Go on with it") if brief.state == State.DRAFT else _("See the answers"),
    )


def _state(brief: Brief, kinds: list[str]) -> tuple[str, str]:
    """A shape of `ui/state.html`, and the word beside it. What is only being decided is not answered."""
    if brief.state == State.SENT and any(kind != Kind.DECIDING for kind in kinds) and not _waits(kinds):
        return "answered", _("Answered")
    shapes = {State.DRAFT: "in_dialogue", State.SENT: "briefed", State.CLOSED: "withdrawn"}
    return shapes[State(brief.state)], str(State(brief.state).label)


def _waits(kinds: list[str]) -> bool:
    """Nobody says yes, and somebody still decides."""
    return Kind.DECIDING in kinds and not any(kind in (Kind.ACCEPT, Kind.ADAPT) for kind in kinds)


def _next(brief: Brief, *, asked: int, kinds: list[str], is_late: bool) -> str:
    if not asked:
        return ""
    if not kinds:
        if is_late and brief.answer_by:
            return _("Should have been answered by %(date)s") % {"date": day(brief.answer_by)}
        return _("Answer by %(date)s") % {"date": day(brief.answer_by)} if brief.answer_by else ""
    yes = sum(kind in (Kind.ACCEPT, Kind.ADAPT) for kind in kinds)
    told = ngettext("One of %(asked)s says yes", "%(yes)s of %(asked)s say yes", yes)
    return capital(told % {"yes": in_words(yes), "asked": in_words(asked)}) if yes else _no_yes(asked, kinds)


def _no_yes(asked: int, kinds: list[str]) -> str:
    if _waits(kinds):
        return _("Is being decided")
    return capital(
        ngettext("One has said no", "%(number)s have said no", len(kinds)) % {"number": in_words(len(kinds))}
    )
