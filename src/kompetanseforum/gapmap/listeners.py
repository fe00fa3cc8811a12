"""What the gap map does when something has happened below: that one's lines are brought up to date."""

from kompetanseforum.core.facts import listen
from kompetanseforum.gapmap.actions import rebuild, refresh_need, refresh_offer, refresh_whole
from kompetanseforum.needs.facts import (
    NeedAnswered,
    NeedHeld,
    NeedReleased,
    NeedsMerged,
    NeedsParted,
    NeedVoiced,
    VoiceAdded,
    VoiceChanged,
    VoiceMoved,
    VoiceWithdrawn,
)
from kompetanseforum.needs.queries.voicers import needs_with_a_voice_of
from kompetanseforum.offers.facts import OfferChanged, OfferEnded, OfferRegistered
from kompetanseforum.organisations.facts import OrganisationsJoined, OrganisationsParted
from kompetanseforum.skills.facts import EscoImported, LinkJudged, LinksRenewed

NeedFact = NeedVoiced | VoiceAdded | VoiceChanged | VoiceWithdrawn | NeedAnswered | NeedHeld | NeedReleased
OfferFact = OfferRegistered | OfferChanged | OfferEnded


def count_need(fact_id: int, fact: NeedFact) -> None:
    refresh_need(fact.need.id)


def count_both(fact_id: int, fact: NeedsMerged | NeedsParted) -> None:
    refresh_need(fact.merged.id)
    refresh_need(fact.kept.id)


def count_moved(fact_id: int, fact: VoiceMoved) -> None:
    refresh_need(fact.source.id)
    refresh_need(fact.need.id)


def count_offer(fact_id: int, fact: OfferFact) -> None:
    refresh_offer(fact.offer.id)


def count_judged(fact_id: int, fact: LinkJudged | LinksRenewed) -> None:
    refresh_whole(fact.whole)


def count_joined(fact_id: int, fact: OrganisationsJoined | OrganisationsParted) -> None:
    """Where and what they are is the kept one's now, or their own again."""
    for need_id in needs_with_a_voice_of((fact.kept.id, fact.joined.id)):
        refresh_need(need_id)


def count_all(fact_id: int, fact: EscoImported) -> None:
    """Occupations have their groups from ESCO's files."""
    rebuild()


def connect() -> None:
    for kind in (NeedVoiced, VoiceAdded, VoiceChanged, VoiceWithdrawn, NeedAnswered, NeedHeld, NeedReleased):
        listen(kind, count_need)
    listen(NeedsMerged, count_both)
    listen(NeedsParted, count_both)
    listen(VoiceMoved, count_moved)
    listen(OrganisationsJoined, count_joined)
    listen(OrganisationsParted, count_joined)
    for other in (OfferRegistered, OfferChanged, OfferEnded):
        listen(other, count_offer)
    listen(LinkJudged, count_judged)
    listen(LinksRenewed, count_judged)
    listen(EscoImported, count_all)
