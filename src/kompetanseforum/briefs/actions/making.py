"""Writes: a brief is made from needs, changed until it is sent, sent to educators, and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.actions.telling import tell_asked
from kompetanseforum.briefs.facts import BriefClosed, BriefMade, BriefSent
from kompetanseforum.briefs.models import Brief, BriefNeed, Language, Recipient, State
from kompetanseforum.briefs.queries.missing import missing_in
from kompetanseforum.briefs.queries.shown import answer_secret, brief_by_sending_key, needs_in
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.actions import tie


@dataclass(frozen=True, slots=True)
class BriefSaid:
    """What a brief says. Delivery, times and languages hold values of their choices; skills are keys of concepts."""

    title: str
    about: str = ""
    people: int | None = None
    level: int | None = None
    starts_from: date | None = None
    starts_by: date | None = None
    hours_per_week: int | None = None
    delivery: Sequence[str] = ()
    times: Sequence[str] = ()
    languages: Sequence[str] = (Language.NORWEGIAN,)
    place: Municipality | None = None
    payer: str = ""
    answer_by: date | None = None
    skills: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """An educator to send it to. With an address, a letter with the personal link goes there."""

    organisation: Organisation
    email: str = ""
    language: str = "nb"


class BriefNotComplete(ValueError):
    """Education cannot answer it yet; `missing` has the fields and why."""

    def __init__(self, missing: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(field for field, _reason in missing))
        self.missing = missing


def make_brief(*, said: BriefSaid, needs: Sequence[Need], by: Person, sending_key: str | None = None) -> Brief:
    """A draft. The same `sending_key` again gives the brief that is there."""
    if sending_key and (known := brief_by_sending_key(sending_key)):
        return known
    now = clock.now()
    try:
        with transaction.atomic():
            brief = Brief(owner=by, sending_key=sending_key, made_at=now, changed_at=now)
            _put(brief, said, needs)
            publish(BriefMade(brief=ref(brief)), by=ref(by), about=ref(brief))
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := brief_by_sending_key(sending_key)):
            return known
        raise
    return brief


def change_brief(*, brief: Brief, said: BriefSaid, needs: Sequence[Need]) -> None:
    """A draft says something else now. One that was sent meanwhile is left as it is."""
    with transaction.atomic():
        stored = Brief.objects.select_for_update().get(pk=brief.pk)
        if stored.state == State.DRAFT:
            _put(stored, said, needs)


def _put(brief: Brief, said: BriefSaid, needs: Sequence[Need]) -> None:
    same = (
        "title", "about", "people", "level", "starts_from", "starts_by", "hours_per_week", "place", "payer", "answer_by",
    )  # fmt: skip
    for name in same:
        setattr(brief, name, getattr(said, name))
    brief.delivery, brief.times, brief.languages = list(said.delivery), list(said.times), list(said.languages)
    brief.changed_at = clock.now()
    brief.save()
    brief.skills.set(said.skills)
    BriefNeed.objects.filter(brief=brief).exclude(need__in=needs).delete()
    for position, need in enumerate(needs):
        BriefNeed.objects.update_or_create(brief=brief, need=need, defaults={"position": position})


def send_brief(*, brief: Brief, to: Sequence[Asked], by: Person) -> list[Recipient]:
    """To those who have not had it already; returns them. Those who voiced the needs are told the first time.

    Raises BriefNotComplete.
    """
    with transaction.atomic():
        stored = Brief.objects.select_for_update().get(pk=brief.pk)
        if missing := missing_in(stored):
            raise BriefNotComplete(missing)
        new = [made for asked in to if (made := _ask(stored, asked)) is not None]
        if stored.state == State.DRAFT and new:
            stored.state, stored.sent_at = State.SENT, clock.now()
            stored.changed_at = stored.sent_at
            stored.save(update_fields=["state", "sent_at", "changed_at"])
            _tie(stored, by=by)
            tell_asked(stored, [recipient.organisation for recipient in new], by=by)
        for recipient in new:
            publish(BriefSent(brief=ref(stored), recipient=ref(recipient)), by=ref(by), about=ref(stored))
    return new


def _tie(brief: Brief, *, by: Person) -> None:
    """In the threads of the needs stands from now on that they were ordered."""
    for need in needs_in(brief):
        tie(upstream=ref(need), downstream=ref(brief), relation=Relation.ORDERED_BY, by=Viewer(person=ref(by)))


def _ask(brief: Brief, asked: Asked) -> Recipient | None:
    """The row, or None when they have it already."""
    recipient = Recipient(
        public_id=new_public_id(), organisation=asked.organisation, email=asked.email, language=asked.language
    )
    values = {
        "public_id": recipient.public_id,
        "email": asked.email,
        "language": asked.language,
        "link_hash": hash_of(answer_secret(recipient)),
        "asked_at": clock.now(),
    }
    row, is_new = Recipient.objects.get_or_create(brief=brief, organisation=asked.organisation, defaults=values)
    return row if is_new else None


def close_brief(*, brief: Brief, by: Person) -> None:
    """No more answers are asked for; what was answered stands. Closed again, nothing happens."""
    with transaction.atomic():
        if Brief.objects.filter(pk=brief.pk, state=State.SENT).update(state=State.CLOSED, closed_at=clock.now()):
            publish(BriefClosed(brief=ref(brief)), by=ref(by), about=ref(brief))
