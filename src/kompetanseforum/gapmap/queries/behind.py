"""Reads: what a gap's figures are made of, as the one who asks may see it."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse.gap import Behind, CountedVoice, Gap
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.gapmap.queries.cut import Cut
from kompetanseforum.gapmap.queries.groups import groups_of_skills
from kompetanseforum.gapmap.queries.kept import kept_map
from kompetanseforum.needs.models import Voice
from kompetanseforum.needs.queries.shown import ShownVoice, show_voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.queries import links_of_many


@dataclass(frozen=True, slots=True)
class VoiceBehind:
    """A voice with the people it adds. Words and name stand there only where this viewer may read them."""

    shown: ShownVoice
    need_id: str
    people: int
    is_confirmed: bool
    is_link_confirmed: bool
    # Its own words speak of it; else it stands behind a need that does.
    names_it: bool


@dataclass(frozen=True, slots=True)
class OfferBehind:
    """An offer with the places it adds, and its outcomes that teach the skill."""

    offer: Offer
    places: int | None
    outcomes: list[str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A gap, opened: a page of its voices, most people first, and its offers, most places first."""

    gap: Gap
    voices: list[VoiceBehind]
    offers: list[OfferBehind]


def gap_of(key: str, cut: Cut) -> Gap | None:
    groups = groups_of_skills() if cut.by_group else None
    with kept_map() as kept:
        return kept.answer(
            ("gap", key, cut.selection, id(groups) if groups else 0),
            lambda b, at: b.gap(key, cut.selection, at=at, groups=groups),
        )


def opened(key: str, cut: Cut, *, viewer: Viewer, first: int = 0, most: int | None = None) -> Opened | None:
    """With `most` of the voices, from `first` on. None when nothing of it is asked for or taught in the cut."""
    groups = groups_of_skills() if cut.by_group else None
    with kept_map() as kept:
        gap = kept.balance.gap(key, cut.selection, at=kept.at, groups=groups)
        behind = kept.balance.behind(key, cut.selection, at=kept.at, groups=groups, first=first, most=most)
    if gap is None:
        return None
    inside = {key} if groups is None else {uri for uri, keys in groups.items() if key in keys}
    return Opened(gap=gap, voices=_voices(behind.voices, skills=inside, viewer=viewer), offers=_offers(behind))


def _voices(counted: tuple[CountedVoice, ...], *, skills: set[str], viewer: Viewer) -> list[VoiceBehind]:
    rows = Voice.objects.filter(public_id__in=[one.voice for one in counted])
    voices = {
        voice.public_id: voice
        for voice in rows.select_related("organisation__municipality", "spokesperson__municipality", "place", "need")
    }
    links = links_of_many("need", sorted({one.need for one in counted}))
    # However it was understood: words heard as an offer, or as what one has, speak of it all the same.
    naming = {link.subject_id for found in links.values() for link in found if link.uri in skills}
    return [
        VoiceBehind(
            shown=show_voice(voices[one.voice], viewer=viewer, links=links.get(one.need, [])),
            need_id=one.need,
            people=one.people,
            is_confirmed=one.is_confirmed,
            is_link_confirmed=one.is_link_confirmed,
            names_it=one.voice in naming,
        )
        for one in counted
        if one.voice in voices
    ]


def _offers(behind: Behind) -> list[OfferBehind]:
    places = {one.offer: one.places for one in behind.outcomes}
    rows = LearningOutcome.objects.filter(public_id__in=[one.outcome for one in behind.outcomes])
    found: dict[str, OfferBehind] = {}
    for outcome in rows.select_related("offer__provider", "offer__municipality").order_by("position", "pk"):
        offer = outcome.offer
        one = found.setdefault(offer.public_id, OfferBehind(offer=offer, places=places[offer.public_id], outcomes=[]))
        one.outcomes.append(outcome.text)
    return sorted(found.values(), key=lambda one: (-(one.places or 0), one.offer.title, one.offer.public_id))
