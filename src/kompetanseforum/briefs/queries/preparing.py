"""Reads: what a brief starts from, so that nobody types again what the needs have said already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from kompetanseforum.briefs.models import Delivery, Language, Level, Time
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.text import capital, listing
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.needs.models import CLOSED_STATES, Form, Horizon, Need, Voice
from kompetanseforum.needs.models import Level as NeedLevel
from kompetanseforum.needs.queries.shown import ShownNeed, need_by_id, needs_with_voices, shown_needs, similar_needs
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries import offers_teaching
from kompetanseforum.organisations.models import Organisation, Sector
from kompetanseforum.skills.queries import LinkedSkill, named_concepts, wholes_asking

Kind = TypeVar("Kind")

MOST_NEEDS = 40
MOST_SKILLS = 8
_LEVELS = {
    NeedLevel.INTRO: Level.INTRO,
    NeedLevel.TRADE: Level.TRADE,
    NeedLevel.COLLEGE: Level.COLLEGE,
    NeedLevel.MASTER: Level.MASTER,
}
# How soon those who ask want to begin, in days: earliest and latest.
_STARTS = {Horizon.NOW: (42, 182), Horizon.SOON: (365, 3 * 365), Horizon.LATER: (3 * 365, 5 * 365)}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the chosen needs say together."""

    title: str = ""
    people: int | None = None
    level: int | None = None
    starts_from: date | None = None
    starts_by: date | None = None
    delivery: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    languages: tuple[str, ...] = (Language.NORWEGIAN,)
    place: str = ""
    answer_by: date | None = None
    skills: tuple[LinkedSkill, ...] = ()


def chosen_needs(ids: Sequence[str]) -> list[Need]:
    """Those that education can still be asked about, in the order they were chosen; merged ones once."""
    found = [need_by_id(public_id) for public_id in dict.fromkeys(ids[:MOST_NEEDS])]
    still = {need.pk: need for need in found if need and not need.held_reason and need.state not in CLOSED_STATES}
    return list(still.values())


def needs_asking(slug: str, *, most: int = MOST_NEEDS) -> list[Need]:
    """The open needs that ask for a skill, the longest waiting first."""
    concepts = named_concepts([slug], language="nb")
    ids = wholes_asking("need", [concept.uri for concept in concepts])
    still = Need.objects.filter(public_id__in=ids, held_reason="").exclude(state__in=CLOSED_STATES)
    return needs_with_voices(list(still.order_by("waiting_since", "pk").values_list("pk", flat=True)[:most]))


def more_like(shown: Sequence[ShownNeed], *, viewer: Viewer, most: int = 6) -> list[ShownNeed]:
    """Open needs that ask for the same, to take along."""
    uris = [skill.uri for one in shown for skill in one.skills]
    known = {one.need.pk for one in shown}
    alike = similar_needs(uris, viewer=viewer, most=most + len(known)) if uris else []
    return shown_needs([need for need in alike if need.pk not in known][:most], viewer=viewer)


def need_with_words(words: str) -> Need | None:
    """The one that somebody voiced with these words first; for the demo forum, where each is known by them."""
    voice = Voice.objects.filter(words__startswith=words, withdrawn_at=None).select_related("need").first()
    return need_by_id(voice.need.public_id) if voice else None


def prepared(needs: Sequence[Need]) -> Prepared:
    """People are summed, places and levels weighed by how many ask; a start comes from how soon they need it."""
    shown = shown_needs(needs, viewer=NOBODY)
    skills = skills_of(shown)
    starts = [_STARTS[Horizon(one.need.horizon)] for one in shown]
    today = clock.today()
    forms = {form for one in shown for voice in one.voices for form in voice.voice.forms}
    return Prepared(
        title=capital(listing([skill.label for skill in surest(skills)[:2]])),
        people=sum(one.people for one in shown) or None,
        level=_most((_LEVELS[NeedLevel(one.need.level)].value, one.people) for one in shown if one.need.level),
        starts_from=today + timedelta(days=min(start for start, _end in starts)) if starts else None,
        starts_by=today + timedelta(days=min(end for _start, end in starts)) if starts else None,
        delivery=_delivery(forms),
        times=tuple(time.value for time in Time if time.value in forms),
        place=_most(_places(shown)) or "",
        answer_by=today + timedelta(days=this_forum().answer_days),
        skills=tuple(skills),
    )


def skills_of(shown: Sequence[ShownNeed]) -> list[LinkedSkill]:
    """What they ask for, that most ask for first."""
    counted: Counter[str] = Counter(skill.uri for one in shown for skill in one.skills if skill.kind == "skill")
    by_uri = {skill.uri: skill for one in shown for skill in one.skills}
    return [by_uri[uri] for uri, _count in counted.most_common(MOST_SKILLS)]


def surest(skills: Sequence[LinkedSkill]) -> list[LinkedSkill]:
    """Those that somebody has said yes to; where nobody has said anything, all."""
    return [skill for skill in skills if skill.is_confirmed] or list(skills)


def _delivery(forms: set[str]) -> tuple[str, ...]:
    """Who wants evenings or days wants to meet somewhere."""
    ways = [Delivery.PLACE] if forms & {Form.EVENING, Form.DAY, Form.GATHERINGS} else []
    ways += [Delivery.ONLINE] if Form.ONLINE in forms else []
    ways += [Delivery.AT_WORK] if Form.AT_WORK in forms else []
    return tuple(way.value for way in ways)


def _places(shown: Sequence[ShownNeed]) -> Iterable[tuple[str, int]]:
    for one in shown:
        for voice in one.voices:
            organisation = voice.voice.organisation
            if organisation and organisation.municipality:
                yield organisation.municipality.code, voice.voice.people


def _most(weighed: Iterable[tuple[Kind, int]]) -> Kind | None:
    """The one with the most weight; the first of those that have the same."""
    sums: Counter[Kind] = Counter()
    for kind, weight in weighed:
        sums[kind] += weight
    return sums.most_common(1)[0][0] if sums else None


@dataclass(frozen=True, slots=True)
class Educator:
    """Somebody who may be asked, and how many of the skills they teach today."""

    organisation: Organisation
    teaches: int


def educators(concept_ids: Sequence[int]) -> list[Educator]:
    """Every educator, those who teach most of the skills first."""
    taught: dict[str, set[int]] = {}
    teaching = offers_teaching(concept_ids) if concept_ids else []
    providers = _providers([one.offer_id for one in teaching])
    for one in teaching:
        if provider := providers.get(one.offer_id):
            taught.setdefault(provider, set()).update(one.concept_ids)
    rows = (
        Organisation.objects.filter(sector=Sector.EDUCATION).exclude(name="").exclude(_not_looked_at()).order_by("name")
    )
    found = [Educator(organisation=row, teaches=len(taught.get(row.public_id, ()))) for row in rows]
    return sorted(found, key=lambda one: (-one.teaches, one.organisation.name))


def _not_looked_at() -> Q:
    """Anybody may write the name of a school in an offer; it is nobody to ask before somebody has looked at that."""
    offers = Offer.objects.filter(provider=OuterRef("pk"))
    voices = Voice.objects.filter(organisation=OuterRef("pk"))
    return Q(Exists(offers)) & ~Q(Exists(offers.filter(held_reason=""))) & ~Q(Exists(voices))


def _providers(offer_ids: Sequence[str]) -> dict[str, str]:
    """Offer → its provider."""
    rows = Organisation.objects.filter(offers__public_id__in=offer_ids)
    return dict(rows.values_list("offers__public_id", "public_id"))
