"""Writes: what a person wants to be found by, and what an organisation's words are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from kompetanse.linking import guess_language
from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.network.facts import CardChanged
from kompetanseforum.network.models import Card, CardLine, Side, Talk
from kompetanseforum.network.queries.spoken import MEANS
from kompetanseforum.organisations.queries import organisation_by_id
from kompetanseforum.skills.actions import link_words, unlink


@dataclass(frozen=True, slots=True)
class CardSaid:
    wants_to_be_found: bool = False
    may_be_asked: bool = False
    words: Mapping[Side, str] = field(default_factory=dict)


def keep_card(person: Person, *, said: CardSaid) -> Card:
    """The person's one card. A consent keeps the moment it was first given; one that is taken back is gone."""
    now = clock.now()
    with transaction.atomic():
        card, _is_new = Card.objects.get_or_create(person=person, defaults={"changed_at": now})
        card.found_since = (card.found_since or now) if said.wants_to_be_found else None
        card.askable_since = (card.askable_since or now) if said.wants_to_be_found and said.may_be_asked else None
        card.changed_at = now
        card.save()
        for side in Side:
            _keep_line(card, side, said.words.get(side, "").strip())
        publish(CardChanged(card=ref(card)), by=ref(person), about=ref(card))
    return card


def _keep_line(card: Card, side: Side, words: str) -> None:
    line = CardLine.objects.filter(card=card, side=side).first()
    if not words:
        if line is not None:
            unlink(ref(line))
            line.delete()
        return
    line = line or CardLine(card=card, side=side)
    line.words = words
    line.save()
    link_words(subject=ref(line), whole=ref(card), words=words, language=guess_language(words), assume=MEANS[side])


def forget_person(erasure: Erasure) -> None:
    """The card and what it was about, and every talk the person asked for or was asked for."""
    card = Card.objects.filter(person__public_id=erasure.person.id).first()
    if card is not None:
        for line in card.lines.all():
            unlink(ref(line))
        card.delete()
    Talk.objects.filter(Q(asker__public_id=erasure.person.id) | Q(asked__public_id=erasure.person.id)).delete()


def link_organisation(organisation: Ref) -> None:
    """Hear what an organisation says it knows; heard again, it is the same."""
    row = organisation_by_id(organisation.id)
    if row is None or not row.knows:
        unlink(organisation)
        return
    link_words(
        subject=organisation,
        whole=organisation,
        words=row.knows,
        language=guess_language(row.knows),
        assume=MEANS[Side.KNOWS],
    )
