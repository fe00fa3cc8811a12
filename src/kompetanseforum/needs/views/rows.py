"""What a list row, a page head and a thread say of a need, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import day, grouped
from kompetanseforum.needs.models import Form, Level, Need, State
from kompetanseforum.needs.queries.listed import ListedNeed
from kompetanseforum.needs.queries.shown import ShownNeed
from kompetanseforum.needs.rules import may_answer_need, may_join_need


@dataclass(frozen=True, slots=True)
class RowView:
    public_id: str
    words: str
    is_plain: bool
    url: str
    who: str
    state: str
    state_label: str
    next: str
    is_late: bool
    action_label: str
    action_url: str
    is_post: bool


class _Waiting(Protocol):
    """How long somebody waits: of a need that is shown whole, or in a list."""

    @property
    def days_late(self) -> int: ...
    @property
    def days_waited(self) -> int: ...


def row_view(shown: ListedNeed, *, viewer: Viewer, is_known: bool) -> RowView:
    need = shown.need
    label, url, is_post = _action(shown, viewer=viewer, is_known=is_known)
    return RowView(
        public_id=need.public_id,
        words=shown.own_words or shown.title,
        is_plain=not shown.own_words,
        url=reverse("needs:need", kwargs={"public_id": need.public_id}),
        who=f"{people(shown.people)} · {shown.who}",
        state=need.state,
        state_label=need.get_state_display(),
        next=next_step(shown),
        is_late=shown.days_late > 0,
        action_label=label,
        action_url=url,
        is_post=is_post,
    )


@dataclass(frozen=True, slots=True)
class OtherNeed:
    """A need that something may be merged with or moved to, as `ui/row.html` draws it."""

    words: str
    is_plain: bool
    url: str
    who: str
    state: str
    state_label: str
    action_url: str


def other_need(shown: ShownNeed, *, url_name: str, public_id: str) -> OtherNeed:
    """`url_name` takes what is merged or moved, and where to."""
    need = shown.need
    return OtherNeed(
        words=_words(shown),
        is_plain=not shown.own_words,
        url=reverse("needs:need", kwargs={"public_id": need.public_id}),
        who=f"{people(shown.people)} · {shown.who}",
        state=need.state,
        state_label=need.get_state_display(),
        action_url=reverse(url_name, kwargs={"public_id": public_id, "into": need.public_id}),
    )


def _words(shown: ShownNeed) -> str:
    return "".join(text for text, _is_marked in shown.own_words) or shown.title


def people(number: int) -> str:
    """`Minst 12 personer`: of a range that somebody chose, the lower end is counted."""
    said = ngettext("%(count)s person", "%(count)s people", number) % {"count": grouped(number)}
    return _("At least %(people)s") % {"people": said} if number > 1 else said


def waited(shown: _Waiting) -> str:
    """`19 dager, 5 over`."""
    days = ngettext("%(count)s day", "%(count)s days", shown.days_waited) % {"count": shown.days_waited}
    return _("%(days)s, %(late)s over") % {"days": days, "late": shown.days_late} if shown.days_late else days


def next_step(shown: ListedNeed | ShownNeed) -> str:
    need = shown.need
    if need.state == State.NOT_MET and need.reason:
        return need.reason
    if not shown.is_open:
        return ""
    if shown.days_late:
        return _("Waits for an answer. %(waited)s the date") % {"waited": waited(shown)}
    return _("%(name)s answers by %(date)s") % {"name": need.owner.name, "date": day(need.next_answer_on)}


def _action(shown: ListedNeed, *, viewer: Viewer, is_known: bool) -> tuple[str, str, bool]:
    need = shown.need
    held = {held.id for held in viewer.holds if held.kind == "voice"}
    if mine := next((voice for voice in shown.voices if voice in held), ""):
        return _("Go to my voice"), reverse("needs:mine", kwargs={"public_id": mine}), False
    if may_answer_need(viewer, need) and shown.is_open:
        return _("Answer"), reverse("needs:answer", kwargs={"public_id": need.public_id}), False
    if not shown.is_told and shown.is_open:  # nobody knows what they would join
        return _("See the need"), reverse("needs:need", kwargs={"public_id": need.public_id}), False
    if may_join_need(viewer, need):
        return _("We need this too"), reverse("needs:join", kwargs={"public_id": need.public_id}), is_known
    return _("See what became of it"), reverse("needs:need", kwargs={"public_id": need.public_id}), False


def facts_line(shown: ShownNeed) -> str:
    """`11 personer · Nå · Fagbrevnivå · Kveld`."""
    forms = [form for voice in shown.voices for form in voice.voice.forms]
    wanted = [str(Form(form).label) for form in dict.fromkeys(forms) if form in Form.values]
    parts = [people(shown.people), shown.need.get_horizon_display()]
    parts += [str(Level(shown.need.level).label)] if shown.need.level else []
    return " · ".join([*parts, *wanted[:3]])


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of a thread, as `ui/thread.html` draws it."""

    title: str
    when: str = ""
    text: str = ""
    url: str = ""
    side: str = "answered"
    dot: str = "ring"
    line: str = "solid"
    is_here: bool = False


def thread_of_new(need: Need) -> list[Step]:
    """What happens now, on the page of thanks."""
    return [
        Step(when=_("Today"), title=_("You are heard"), side="asked", dot="filled"),
        Step(
            when=_("By %(date)s") % {"date": day(need.next_answer_on)},
            title=_("Answer from %(name)s") % {"name": need.owner.first_name},
            line="dashed",
        ),
        Step(
            when=_("Each time something happens"),
            title=_("It stands on your page"),
            dot="open",
        ),
    ]
