"""Reads: minutes, what their sentences propose, and where a need was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.linking import Link, Polarity
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.core.capability import Step
from kompetanseforum.core.memory import late
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import Segment, segments
from kompetanseforum.minutes.models import Minutes, Proposal, ProposalState
from kompetanseforum.minutes.rules import may_read_minutes
from kompetanseforum.needs.queries.alike import Alike, alike_to_words
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.queries import Heard, hear_each, lexicon
from kompetanseforum.threads.queries import ties_up

if TYPE_CHECKING:
    from kompetanse.minutes import Entry, Reading, Register

# What reads minutes is loaded by the process that reads some.
_read_minutes: Callable[..., Reading] = late("kompetanse.minutes", "read_minutes")
_register: Callable[..., Register] = late("kompetanse.minutes", "Register")
_entry: Callable[..., Entry] = late("kompetanse.minutes", "Entry")

_WAITING = Count("proposals", filter=Q(proposals__state=ProposalState.WAITING))


def all_minutes() -> QuerySet[Minutes]:
    """Newest first, each with how many of its sentences wait (`waiting`) and became needs (`taken`)."""
    taken = Count("proposals", filter=Q(proposals__state__in=(ProposalState.TAKEN, ProposalState.JOINED)))
    return Minutes.objects.defer("text").annotate(waiting=_WAITING, taken=taken)


def minutes_by_id(public_id: str) -> Minutes | None:
    return Minutes.objects.filter(public_id=public_id).first()


def minutes_by_sending_key(key: str) -> Minutes | None:
    return Minutes.objects.filter(sending_key=key).first() if key else None


def minutes_from(meeting: Ref) -> Minutes | None:
    """The newest reading of what stands on a meeting's page."""
    return Minutes.objects.filter(said_at=str(meeting)).first()


def decided_at(meeting: str) -> list[Proposal]:
    rows = Proposal.objects.filter(minutes__said_at=meeting).exclude(state=ProposalState.WAITING)
    return list(rows.select_related("minutes"))


def where_said(minutes: Minutes) -> Ref:
    """What a need that was said there is tied to: the meeting, when it is in the forum, else the text."""
    return Ref.parse(minutes.said_at) if minutes.said_at else ref(minutes)


def waiting_sentences() -> int:
    """How many wait for somebody to look, in all minutes."""
    return Proposal.objects.filter(state=ProposalState.WAITING).count()


class _Hears:
    """The forum's own lexicon, as `kompetanse.minutes` asks it."""

    def __init__(self) -> None:
        self._lexicon = lexicon()

    def link(self, text: str, *, language: str | None = None, limit: int = 10) -> list[Link]:
        return self._lexicon.link(text, language=language or "nb", limit=limit, assume=Polarity.NEED)


def proposals_in(text: str) -> Reading:
    """What the text proposes, its organisations matched against all that the forum knows (their keys are public ids)."""
    named = Organisation.objects.exclude(name="").values_list("public_id", "name")
    return _read_minutes(text, linker=_Hears(), register=_register(_entry(key, name) for key, name in named.iterator()))


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A sentence that waits, with all that helps to decide: why it is there, who, which skills, and what it may be one with."""

    proposal: Proposal
    segments: list[Segment]
    organisation: str
    heard: list[Heard]
    alike: list[Alike]

    @property
    def public_id(self) -> str:
        return self.proposal.public_id


def proposal_by_id(public_id: str) -> Proposal | None:
    return Proposal.objects.select_related("minutes").filter(public_id=public_id).first()


def waiting_count(minutes: Minutes) -> int:
    return minutes.proposals.filter(state=ProposalState.WAITING).count()


def waiting_in(minutes: Minutes, *, most: int | None = None) -> list[Proposal]:
    rows = minutes.proposals.filter(state=ProposalState.WAITING).select_related("organisation", "minutes")
    return list(rows[:most] if most else rows)


def decided_in(minutes: Minutes) -> list[Proposal]:
    rows = minutes.proposals.exclude(state=ProposalState.WAITING).select_related("organisation", "minutes")
    return list(rows)


def shown_proposals(proposals: Sequence[Proposal], *, viewer: Viewer) -> list[ShownProposal]:
    """The same number of queries for one as for twenty."""
    words = [one.words for one in proposals]
    heard = hear_each([(said, one.language) for said, one in zip(words, proposals, strict=True)])
    near = alike_to_words(
        [
            (_without_name(said, one), one.language, {skill.uri: skill.score for skill in skills})
            for said, one, skills in zip(words, proposals, heard, strict=True)
        ],
        viewer=viewer,
    )
    return [
        ShownProposal(
            proposal=one,
            segments=segments(said, [(start, end) for start, end in one.causes]),
            organisation=one.organisation.name if one.organisation else "",
            heard=skills,
            alike=alike,
        )
        for one, said, skills, alike in zip(proposals, words, heard, near, strict=True)
    ]


def _without_name(words: str, proposal: Proposal) -> str:
    """Who needs it says nothing of what is needed."""
    if proposal.organisation is None:
        return words
    name = {part.casefold() for part in proposal.organisation.name.split()}
    return " ".join(word for word in words.split() if word.casefold().strip(".,:;") not in name)


def marked_text(minutes: Minutes) -> list[Segment]:
    """The whole text, with the sentences that were proposed marked."""
    spans = minutes.proposals.values_list("start", "end")
    return segments(minutes.text, [(start, end) for start, end in spans])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a need was said: the sentence in its minutes, with a little of what stands round it."""

    minutes: Minutes
    segments: list[Segment]


_AROUND = 240


def evidence_of(need: Ref) -> list[Evidence]:
    """Oldest first; for those who may read minutes. What was said in some has a tie that tells the sentence."""
    if not any(tie.why for tie in ties_up(need, relation=Relation.RAISED_IN)):
        return []
    rows = Proposal.objects.filter(need_id=need.id).select_related("minutes").order_by("minutes__added_at", "start")
    return [Evidence(one.minutes, _around(one)) for one in rows]


def _around(proposal: Proposal) -> list[Segment]:
    text = proposal.minutes.text
    start, end = max(0, proposal.start - _AROUND), min(len(text), proposal.end + _AROUND)
    before = text[start : proposal.start]
    after = text[proposal.end : end]
    # Whole words, and a mark where something is left out.
    before = f"… {before.partition(' ')[2]}" if start else before
    after = f"{after.rpartition(' ')[0]} …" if end < len(text) else after
    return [(before, False), (text[proposal.start : proposal.end], True), (after, False)]


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> dict[Ref, Step]:
    """That it was said in a meeting, for all; which one, for those who may read minutes."""
    rows = Minutes.objects.defer("text").filter(public_id__in=[one.id for one in refs])
    return {ref(row): _step(row, may_read=may_read_minutes(viewer, row)) for row in rows}


def _step(row: Minutes, *, may_read: bool) -> Step:
    return Step(
        ref=ref(row),
        on=row.added_at,
        kind=_("Minutes"),
        title=row.title if may_read else _("Said in a meeting"),
        url=reverse("minutes:minutes", kwargs={"public_id": row.public_id}) if may_read else "",
        side="asked",
    )


def brought_in_by(person: Ref) -> list[Minutes]:
    return list(Minutes.objects.defer("text").filter(by=str(person)).order_by("added_at"))
