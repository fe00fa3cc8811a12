"""A need in threads: what other pages tell of it, and what its own page tells beside the edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import capital
from kompetanseforum.needs.models import Answer, Merge, Need, State
from kompetanseforum.needs.queries.shown import ShownNeed, needs_by_id, shown_needs
from kompetanseforum.needs.rules import may_see_need

_DOT_OF_STATE = {State.MET: "filled", State.NOT_MET: "square"}


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """What each is for this viewer; one that was merged is told as the one its voices stand behind."""
    needs = needs_by_id([one.id for one in refs])
    kept = {need.pk: need for need in needs.values()}
    shown = {one.need.pk: one for one in shown_needs(list(kept.values()), viewer=viewer)}
    return {
        one: step
        for one in refs
        if one.id in needs and (step := _step(shown[needs[one.id].pk], viewer=viewer)) is not None
    }


def _step(shown: ShownNeed, *, viewer: Viewer) -> Step | None:
    need = shown.need
    if need.state == State.WITHDRAWN:
        return Step(
            ref=ref(need), on=need.voiced_at, kind=_("Need"), title=_("A need that was withdrawn"), url="", side="asked"
        )
    if not may_see_need(viewer, need):
        return None
    return Step(
        ref=ref(need),
        on=need.voiced_at,
        kind=_("Need"),
        title=shown.title,
        url=reverse("needs:need", kwargs={"public_id": need.public_id}),
        text=shown.who,
        side="asked",
        dot="filled",
        here=shown.who,
    )


def steps_of_its_own(shown: ShownNeed, *, answers: Sequence[Answer], merges: Sequence[Merge] = ()) -> list[Step]:
    """Merges, answers and what is promised: what happened is solid, what is promised stands open."""
    return [
        *(_merged(merge, shown.need) for merge in merges),
        *(_answered(answer, shown.need) for answer in answers),
        *_promised(shown),
    ]


def _merged(merge: Merge, need: Need) -> Step:
    title = _("Merged with another need that was the same")
    return Step(ref=ref(need), on=merge.at, kind="", title=title, url="", side="asked")


def _answered(answer: Answer, need: Need) -> Step:
    return Step(
        ref=ref(need),
        on=answer.at,
        kind=answer.by.name,
        title=capital(str(State(answer.state).label)),
        url="",
        text=answer.words,
        dot=_DOT_OF_STATE.get(State(answer.state), "ring"),
    )


def _promised(shown: ShownNeed) -> Iterator[Step]:
    if shown.is_open:
        due = timezone.make_aware(datetime.combine(shown.need.next_answer_on, time.max))
        title = _("Answer from %(name)s") % {"name": shown.need.owner.first_name}
        yield Step(ref=ref(shown.need), on=due, kind="", title=title, url="", dot="open")
