"""A need in threads: what other pages tell of it, and what its own page tells beside the edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ANY_ID, ref, with_ids
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.needs.models import Answer, Merge, Need, State
from kompetanseforum.needs.queries.shown import ShownNeed
from kompetanseforum.needs.queries.thread import ToldNeed, told_needs

_DOT_OF_STATE = {State.MET: "filled", State.NOT_MET: "square"}


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """What each is for this viewer; one that was merged is told as the one its voices stand behind."""
    told = told_needs([one.id for one in refs], viewer=viewer)
    address, kind = _addresses(), _("Need")
    return {one: _step(told[one.id], url=address(told[one.id].public_id), kind=kind) for one in refs if one.id in told}


def _addresses() -> Callable[[str], str]:
    return with_ids(reverse("needs:need", kwargs={"public_id": ANY_ID}))


def _step(need: ToldNeed, *, url: str, kind: str) -> Step:
    stands = Ref("need", need.public_id)
    if need.is_withdrawn:
        withdrawn = _("A need that was withdrawn")
        return Step(ref=stands, on=need.voiced_at, kind=kind, title=withdrawn, url="", side="asked")
    return Step(
        ref=stands,
        on=need.voiced_at,
        kind=kind,
        title=need.title,
        url=url,
        text=need.who,
        side="asked",
        dot="filled",
        here=need.who,
    )


def step_here(shown: ShownNeed) -> Step:
    """The same of a need that its own page has read already."""
    need = shown.need
    is_withdrawn = need.state == State.WITHDRAWN
    told = ToldNeed(need.public_id, need.voiced_at, is_withdrawn, title=shown.title, who=shown.who)
    return _step(told, url=_addresses()(need.public_id), kind=_("Need"))


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
        yield Step(ref=ref(shown.need), on=due, kind="", title=_promise(shown), url="", dot="open")


def _promise(shown: ShownNeed) -> str:
    name, late = shown.need.owner.first_name, shown.days_late
    if not late:
        return _("Answer from %(name)s") % {"name": name}
    return ngettext(
        "Answer from %(name)s, one day past the date",
        "Answer from %(name)s, %(days)s days past the date",
        late,
    ) % {"name": name, "days": in_words(late)}
