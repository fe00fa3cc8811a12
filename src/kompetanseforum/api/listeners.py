"""What the API does when something has happened below: it notes who is to be told."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.api.actions import owe_tellings
from kompetanseforum.api.queries.webhooks import is_shown
from kompetanseforum.core.facts import Fact, fact_name, listen
from kompetanseforum.needs.facts import (
    NeedAnswered,
    NeedReleased,
    NeedVoiced,
    VoiceAdded,
    VoiceChanged,
    VoiceWithdrawn,
)
from kompetanseforum.offers.facts import OfferChanged, OfferEnded, OfferRegistered

NeedFact = NeedVoiced | VoiceAdded | VoiceChanged | VoiceWithdrawn | NeedAnswered | NeedReleased
OfferFact = OfferRegistered | OfferChanged | OfferEnded


def tell_of_need(fact_id: int, fact: NeedFact) -> None:
    _tell(fact_id, fact, about=fact.need)


def tell_of_offer(fact_id: int, fact: OfferFact) -> None:
    _tell(fact_id, fact, about=fact.offer)


def _tell(fact_id: int, fact: Fact, *, about: Ref) -> None:
    """Nobody is told of what is held: its being shown is told of in its time."""
    if is_shown(about):
        owe_tellings(fact_id=fact_id, kind=fact_name(type(fact)))


def connect() -> None:
    for kind in (NeedVoiced, VoiceAdded, VoiceChanged, VoiceWithdrawn, NeedAnswered, NeedReleased):
        listen(kind, tell_of_need)
    for other in (OfferRegistered, OfferChanged, OfferEnded):
        listen(other, tell_of_offer)
