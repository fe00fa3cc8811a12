"""Reads: a brief with what it is made of. Only what is public of the needs: it reads the same to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from kompetanse.trace import Relation
from kompetanseforum.briefs.models import Brief, BriefAnswer, Kind, Pledge, Recipient, State
from kompetanseforum.briefs.queries.missing import missing_in
from kompetanseforum.briefs.queries.words import answer_words, facts_of, reason_words, summary_of
from kompetanseforum.briefs.rules import is_coordinator, may_answer_brief, may_withdraw_pledge
from kompetanseforum.core import clock
from kompetanseforum.core.beside import put_beside
from kompetanseforum.core.counted import read_once
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.secret_links import secret_of
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.shown import ShownNeed, needs_found, shown_needs
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import describe, name_of, organisations_of
from kompetanseforum.skills.queries import NamedConcept, named
from kompetanseforum.threads.queries import in_thread, straight_down

_LINK = b"brief answer"


def answer_secret(recipient: Recipient) -> str:
    """The secret of an educator's personal link."""
    return secret_of(recipient.public_id, purpose=_LINK)


def _asked() -> QuerySet[Recipient]:
    return Recipient.objects.select_related("organisation__municipality", "last_answer__offer")


def briefs_with_parts() -> QuerySet[Brief]:
    """With who was asked and what they answered last."""
    return Brief.objects.select_related("owner", "place").prefetch_related(Prefetch("recipients", _asked()))


def _drafts() -> QuerySet[Brief]:
    """As `briefs_with_parts`: nobody was asked."""
    return Brief.objects.select_related("owner", "place").prefetch_related(
        Prefetch("recipients", Recipient.objects.none())
    )


def brief_by_id(public_id: str) -> Brief | None:
    return _read_once([public_id]).get(public_id)


def _read_once(public_ids: Sequence[str]) -> dict[str, Brief]:
    return read_once("brief", public_ids, _read)


def _read(public_ids: Sequence[str]) -> dict[str, Brief]:
    """One question for those that were sent, one for drafts."""
    found: dict[str, Brief] = {}
    recipients: dict[str, list[Recipient]] = {}
    for one in _asked().filter(brief__public_id__in=public_ids).select_related("brief__owner", "brief__place"):
        one.brief = found.setdefault(one.brief.public_id, one.brief)
        recipients.setdefault(one.brief.public_id, []).append(one)
    for public_id, brief in found.items():
        put_beside(brief, "recipients", recipients[public_id])
    if unsent := [one for one in public_ids if one not in found]:
        found |= {brief.public_id: brief for brief in _drafts().filter(public_id__in=unsent)}
    return found


def briefs_seen(public_ids: Sequence[str], *, viewer: Viewer) -> list[Brief]:
    """Those of these that this viewer finds in the list."""
    found = _read_once(public_ids).values()
    return [brief for brief in found if brief.state != State.DRAFT or is_coordinator(viewer)]


def brief_by_sending_key(key: str) -> Brief | None:
    return Brief.objects.filter(sending_key=key).first() if key else None


def recipient_by_id(public_id: str) -> Recipient | None:
    return Recipient.objects.select_related("brief__owner", "organisation").filter(public_id=public_id).first()


def recipient_by_link(link_hash: str) -> Recipient | None:
    return Recipient.objects.select_related("brief", "organisation").filter(link_hash=link_hash).first()


def pledge_by_id(public_id: str) -> Pledge | None:
    return Pledge.objects.select_related("brief", "organisation").filter(public_id=public_id).first()


def needs_in(brief: Brief) -> list[Need]:
    """With their voices; what was merged meanwhile is found where it stands now, what is gone is left out."""
    bundled = Need.objects.filter(bundled__brief=brief)
    merged = bundled.exclude(merged_into=None).values("merged_into")
    return needs_found(Q(pk__in=bundled.values("pk")) | Q(pk__in=merged))


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An educator that was asked, and its last answer."""

    recipient: Recipient
    who: str
    kind: str
    words: str
    reason: str
    answer: BriefAnswer | None
    is_late: bool
    may_answer: bool
    # For coordinators, to pass on.
    link: str

    @property
    def is_no(self) -> bool:
        return self.kind == Kind.NO


def show_answers(brief: Brief, *, viewer: Viewer) -> list[ShownAnswer]:
    """In the order they were asked; of a brief of `briefs_with_parts`."""
    # A coordinator answers for all of them anyway.
    own = set() if is_coordinator(viewer) else {one.pk for one in organisations_of(viewer.person)}
    return [_shown_answer(brief, recipient, viewer=viewer, own=own) for recipient in brief.recipients.all()]


def _shown_answer(brief: Brief, recipient: Recipient, *, viewer: Viewer, own: set[int]) -> ShownAnswer:
    answer = recipient.last_answer
    is_open = brief.state == State.SENT
    is_theirs = recipient.organisation_id in own or ref(recipient) in viewer.holds
    is_late = answer is None and brief.answer_by is not None and brief.answer_by < clock.today()
    return ShownAnswer(
        recipient=recipient,
        who=name_of(recipient.organisation),
        kind=answer.kind if answer else "",
        words=answer_words(answer) if answer else "",
        reason=reason_words(answer.reason) if answer else "",
        answer=answer,
        is_late=is_late and is_open,
        may_answer=is_open and (is_theirs or is_coordinator(viewer)),
        link=answer_secret(recipient) if is_coordinator(viewer) else "",
    )


@dataclass(frozen=True, slots=True)
class ShownPledge:
    pledge: Pledge
    who: str
    may_withdraw: bool


def pledges_of(brief: Brief, *, viewer: Viewer) -> list[ShownPledge]:
    """By name only where they have said so."""
    rows = Pledge.objects.filter(brief=brief, withdrawn_at=None).select_related("organisation__municipality", "brief")
    return [
        ShownPledge(
            pledge=row,
            who=name_of(row.organisation) if row.name_is_public else describe(row.organisation),
            may_withdraw=viewer.actor is not None and may_withdraw_pledge(viewer, row),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ShownBrief:
    """A brief as it is read. Who stands behind it is told by name only where they have said yes to that."""

    brief: Brief
    summary: str
    facts: list[tuple[str, str]]
    missing: list[str]
    needs: list[ShownNeed]
    skills: list[NamedConcept]
    # `Borgskilt Profil AS, Sarpsborg`, or `Et verksted i Moss, 5–19 ansatte`.
    firms: list[str]


def shown_brief(brief: Brief, *, language: str) -> ShownBrief:
    """The same to everybody, the coordinator too: what stands here is what educators get."""
    needs = shown_needs(needs_in(brief), viewer=NOBODY)
    voices = [
        voice for need in needs for voice in need.voices if voice.voice.organisation and not voice.voice.repeats_id
    ]
    # One that stands behind several of the needs is one; two that are described alike are two.
    firms = {voice.voice.organisation_id: voice.who for voice in voices}
    return ShownBrief(
        brief=brief,
        summary=summary_of(brief),
        facts=facts_of(brief),
        missing=[reason for _field, reason in missing_in(brief)],
        needs=needs,
        skills=named(brief.skills.all(), language=language),
        firms=list(firms.values()),
    )


def find_briefs(*, viewer: Viewer) -> QuerySet[Brief]:
    """What this viewer finds in the list, newest first: drafts only for those who make them."""
    rows = briefs_with_parts()
    if not is_coordinator(viewer):
        rows = rows.exclude(state=State.DRAFT)
    return rows.order_by("-made_at", "-pk")


def briefs_of_need(need: Need, *, viewer: Viewer) -> list[Brief]:
    """Those that were sent are read with the others of its thread; a draft is in none, and has been sent to nobody."""
    straight = set(straight_down(ref(need), relation=Relation.ORDERED_BY, kind="brief"))
    near = briefs_seen(in_thread(ref(need), kind="brief"), viewer=viewer) if straight else []
    found = [brief for brief in near if brief.public_id in straight]
    if is_coordinator(viewer):
        found += _drafts().filter(needs=need, state=State.DRAFT)
    return sorted(found, key=lambda brief: (brief.made_at, brief.pk), reverse=True)


def waiting_for(viewer: Viewer) -> list[Recipient]:
    """Briefs that wait for an answer from those the viewer speaks for, or whose link the device has."""
    held = [one.id for one in viewer.holds if one.kind == "recipient"]
    own = organisations_of(viewer.person)
    if not held and not own:
        return []
    rows = Recipient.objects.filter(brief__state=State.SENT, last_answer=None).select_related("brief", "organisation")
    mine = rows.filter(organisation__in=own) | rows.filter(public_id__in=held)
    return [row for row in mine.distinct() if may_answer_brief(viewer, row)]


def own_offers(organisation: Organisation, *, most: int = 60) -> list[Offer]:
    """What an educator gives now, to answer with."""
    rows = Offer.objects.filter(provider=organisation, held_reason="", ended_at=None)
    return list(rows.order_by("title", "pk")[:most])


def recipients_of(brief: Brief) -> Sequence[Recipient]:
    return list(Recipient.objects.filter(brief=brief).select_related("organisation", "last_answer"))
