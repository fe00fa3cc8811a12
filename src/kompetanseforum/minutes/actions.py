"""Writes: minutes come in, their sentences become needs, join some or are dropped, and minutes are deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import blake2b

from django.db import IntegrityError, transaction

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import without_paragraphs
from kompetanseforum.minutes.facts import MinutesBroughtIn, MinutesDeleted
from kompetanseforum.minutes.models import Minutes, Proposal, ProposalState, Source
from kompetanseforum.minutes.queries import decided_at, minutes_by_sending_key, minutes_from, proposals_in, where_said
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.queries import organisations_with_ids
from kompetanseforum.threads.actions import WouldLoop, tie
from kompetanseforum.threads.queries import standing_edge


def bring_in(
    *,
    title: str,
    text: str,
    source: str = Source.PASTED,
    file_name: str = "",
    held_on: date | None = None,
    said_at: Ref | None = None,
    by: Ref | None,
    sending_key: str | None = None,
) -> Minutes:
    """Keep the text with the sentences in it that propose a need. The same `sending_key` again gives what is there.

    Of a text that was `said_at` a meeting and has changed since it was read, what was decided is not asked again.
    """
    if sending_key and (known := minutes_by_sending_key(sending_key)):
        return known
    # Before the transaction opens: reading takes a second, and locks nothing.
    reading = proposals_in(text)
    known_ones = organisations_with_ids({one.organisation.key for one in reading.proposals if one.organisation})
    try:
        with transaction.atomic():
            minutes = Minutes.objects.create(
                title=title[:160],
                source=source,
                file_name=file_name[:200],
                text=text,
                held_on=held_on,
                said_at=str(said_at or ""),
                by=str(by or ""),
                sending_key=sending_key,
                added_at=clock.now(),
            )
            decided = _read_anew(minutes) if said_at else set()
            fresh = [
                Proposal(
                    minutes=minutes,
                    start=one.span.start,
                    end=one.span.end,
                    language=one.language if one.language in ("nb", "nn", "en") else "nb",
                    causes=[[cause.start - one.span.start, cause.end - one.span.start] for cause in one.causes],
                    organisation=known_ones.get(one.organisation.key) if one.organisation else None,
                    is_carried=one.is_carried,
                )
                for one in reading.proposals
            ]
            Proposal.objects.bulk_create(one for one in fresh if one.words not in decided)
            publish(MinutesBroughtIn(minutes=ref(minutes)), by=by, about=ref(minutes))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := minutes_by_sending_key(sending_key)):
            return known
        raise
    return minutes


def bring_in_from(meeting: Ref, *, title: str, text: str, held_on: date | None, by: Ref | None) -> Minutes:
    """The minutes that stand on a meeting's page. Read again as they stand, they are the same."""
    newest = minutes_from(meeting)
    if newest is not None and newest.text == text:
        return newest
    # What came before is in the key: a text that is changed back is read anew, since its sentences have moved on.
    digest = blake2b(f"{meeting} {newest} {text}".encode(), digest_size=16).hexdigest()
    return bring_in(
        title=title,
        text=text,
        source=Source.HERE,
        held_on=held_on,
        said_at=meeting,
        by=by,
        sending_key=f"here-{digest}",
    )


def _read_anew(minutes: Minutes) -> set[str]:
    """The sentences of the same meeting that are decided; those that still waited are asked in the new reading."""
    earlier = Proposal.objects.filter(minutes__said_at=minutes.said_at).exclude(minutes=minutes)
    earlier.filter(state=ProposalState.WAITING).delete()
    return {one.words for one in decided_at(minutes.said_at)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decides of one sentence. `need` is the one it joins; without it, it becomes a need of its own.

    `skills_shown` are the chips that stood there, `skills_kept` those left ticked (URIs).
    """

    proposal: Proposal
    is_dropped: bool = False
    words: str = ""
    organisation: str = ""
    need: Need | None = None
    skills_shown: Sequence[str] = ()
    skills_kept: Sequence[str] = ()


@transaction.atomic
def decide(choices: Sequence[Choice], *, by: Viewer) -> list[Proposal]:
    """All of them or none. What was decided before stays as it is. Returns those that were decided now."""
    ids = [choice.proposal.pk for choice in choices]
    rows = Proposal.objects.select_for_update().select_related("minutes").filter(pk__in=ids)
    still = {row.pk: row for row in rows if row.state == ProposalState.WAITING}
    return [_decide(still[choice.proposal.pk], choice, by=by) for choice in choices if choice.proposal.pk in still]


def _decide(proposal: Proposal, choice: Choice, *, by: Viewer) -> Proposal:
    proposal.decided_by, proposal.decided_at = str(by.actor or ""), clock.now()
    if choice.is_dropped:
        proposal.state = ProposalState.DROPPED
    else:
        voice = _voice(proposal, choice, by=by)
        proposal.state = ProposalState.JOINED if choice.need else ProposalState.TAKEN
        proposal.need_id, proposal.voice_id = voice.need.public_id, voice.public_id
        _tie_to_where_it_was_said(proposal, voice.need, by=by)
    proposal.save()
    return proposal


def _tie_to_where_it_was_said(proposal: Proposal, need: Need, *, by: Viewer) -> None:
    """To the meeting; to the text when the meeting came of the need, or is tied to it by hand, which tells no sentence."""
    said = partial(tie, downstream=ref(need), relation=Relation.RAISED_IN, by=by, why=proposal.words)
    where = where_said(proposal.minutes)
    known = standing_edge(upstream=where, downstream=ref(need), relation=Relation.RAISED_IN)
    try:
        said(upstream=where if known is None or known.why else ref(proposal.minutes))
    except WouldLoop:
        said(upstream=ref(proposal.minutes))


def _voice(proposal: Proposal, choice: Choice, *, by: Viewer) -> Voice:
    """Nobody has confirmed it: it is what the minutes say that they said."""
    organisation = find_or_add_organisation(name=choice.organisation) if choice.organisation else None
    said = Said(
        words=choice.words,
        language=proposal.language,
        place=organisation.municipality if organisation else None,
        skills_shown=choice.skills_shown,
        skills_kept=choice.skills_kept,
    )
    key = f"minutes-{proposal.public_id}"
    if choice.need is None:
        return voice_need(said=said, by=by.person, sending_key=key, organisation=organisation)
    assert organisation is not None  # the form asks for it: behind a need that is there stands somebody
    return join_need(need=choice.need, said=said, by=by.person, organisation=organisation, sending_key=key)[0]


def take_back(proposal: Proposal) -> None:
    """What was dropped waits again. A need is withdrawn on its own page."""
    dropped = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DROPPED)
    dropped.update(state=ProposalState.WAITING, decided_by="", decided_at=None)


def delete_minutes(minutes: Minutes, *, by: Ref | None) -> None:
    """The text is gone. The needs it led to stay; their threads tell that something was taken away."""
    with transaction.atomic():
        gone = ref(minutes)
        minutes.delete()
        publish(MinutesDeleted(minutes=gone), by=by, about=gone)


def strike_out(meeting: Ref, paragraphs: Collection[str]) -> None:
    """Of what was read from a meeting's page, what was erased there. A sentence that waited in it is not asked about."""
    for minutes in Minutes.objects.filter(said_at=str(meeting)):
        left = without_paragraphs(minutes.text, paragraphs, keeps_places=True)
        if left != minutes.text:
            minutes.text = left
            minutes.save(update_fields=["text"])
            waiting = minutes.proposals.filter(state=ProposalState.WAITING).select_related("minutes")
            minutes.proposals.filter(pk__in=[one.pk for one in waiting if not one.words.strip("… ")]).delete()


def forget_person(erasure: Erasure) -> None:
    """Who brought in what is not told any more; the name and the address are struck out of the texts."""
    person = the_person(erasure.person)
    Minutes.objects.filter(by=str(erasure.person)).update(by="")
    Proposal.objects.filter(decided_by=str(erasure.person)).update(decided_by="")
    for told in filter(None, (person.name.strip(), erasure.email)):
        for minutes in Minutes.objects.filter(text__contains=told):
            # As long as what stood there, so that the sentences keep their places.
            minutes.text = minutes.text.replace(told, "…" * len(told))
            minutes.save(update_fields=["text"])
