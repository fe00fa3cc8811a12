"""Reads: rooms, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kompetanseforum.briefs.models import Brief
from kompetanseforum.briefs.queries.shown import needs_in
from kompetanseforum.codesign.models import Change, Participant, Room, Stage, State
from kompetanseforum.codesign.rules import SIDES, is_coordinator, participant_in
from kompetanseforum.core.beside import how_many
from kompetanseforum.core.counted import keep_read, read_once
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.secret_links import secret_of
from kompetanseforum.core.text import capital, in_words, listing, uncapital
from kompetanseforum.needs.queries.shown import ShownNeed, shown_needs
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.shown import with_parts
from kompetanseforum.organisations.models import Sector
from kompetanseforum.organisations.queries import describe, name_of, organisations_of

_LINK = b"codesign room"
MOST_WORDS = 8


def room_secret(room: Room) -> str:
    """Of the link that lets guests in."""
    return secret_of(room.public_id, purpose=_LINK)


def _rooms() -> QuerySet[Room]:
    return Room.objects.select_related("educator", "brief", "offer__provider", "became")


def rooms() -> QuerySet[Room]:
    """With who is there, and as `newest_rooms`."""
    people = Participant.objects.filter(left_at=None).select_related("organisation__municipality", "person")
    return newest_rooms().prefetch_related(Prefetch("participants", people))


def room_by_id(public_id: str) -> Room | None:
    room = rooms().filter(public_id=public_id).first()
    # It is a step of its own thread.
    keep_read("room, counted", {room.public_id: room} if room else {})
    return room


def room_by_link(link_hash: str) -> Room | None:
    return rooms().filter(link_hash=link_hash).first()


def room_by_sending_key(key: str) -> Room | None:
    return Room.objects.filter(sending_key=key).first() if key else None


def newest_rooms() -> QuerySet[Room]:
    """With how many changes are proposed and agreed."""
    return _built().all()


@cache
def _built() -> QuerySet[Room]:
    """Never asked itself: to put it together takes as long as to ask it."""
    there = Change.objects.filter(removed_at=None)
    counted = _rooms().annotate(
        proposed=how_many(there, "room"), agreed=how_many(there.filter(state=State.AGREED), "room")
    )
    return counted.order_by("-changed_at", "-pk")


def rooms_counted(public_ids: Sequence[str]) -> list[Room]:
    """As `newest_rooms`, those with these ids."""

    def read(ids: list[str]) -> dict[str, Room]:
        return {room.public_id: room for room in newest_rooms().filter(public_id__in=ids)}

    return list(read_once("room, counted", public_ids, read).values())


def rooms_of_brief(brief: Brief) -> list[Room]:
    found = list(newest_rooms().filter(brief=brief))
    keep_read("room, counted", {room.public_id: room for room in found})
    return found


def rooms_of_offer(offer: Offer) -> list[Room]:
    """Where it is rethought, and where it came from."""
    return list(newest_rooms().filter(Q(offer=offer) | Q(became=offer)).distinct())


def rooms_to_decide(viewer: Viewer) -> list[Room]:
    """Those that wait for an educator the viewer speaks for."""
    own = organisations_of(viewer.person)
    return list(newest_rooms().filter(stage=Stage.SENT, educator__in=own)) if own else []


def rooms_joined_by(viewer: Viewer) -> list[Room]:
    held = [one.id for one in viewer.holds if one.kind == "participant"]
    if not held and viewer.person is None:
        return []
    mine = Q(public_id__in=held)
    if viewer.person:
        mine |= Q(person__public_id=viewer.person.id)
    return list(newest_rooms().filter(pk__in=Participant.objects.filter(mine, left_at=None).values("room")))


def todays_offer(room: Room) -> Offer | None:
    """With all it says."""
    return with_parts().filter(pk=room.offer_id).first() if room.offer_id else None


@dataclass(frozen=True, slots=True)
class Side:
    """Everybody from one sector; nobody, where a side is missing."""

    sector: str
    label: str
    people: str
    # What to say where it is missing: `Ingen tillitsvalgt er med.`
    missing: str = ""


def is_inside(viewer: Viewer, room: Room) -> bool:
    return is_coordinator(viewer) or participant_in(viewer, room) is not None


def sides_of(room: Room, *, knows_names: bool) -> list[Side]:
    """The four that should be there first, those present before those missing; then others who are."""
    present: dict[str, list[Participant]] = {}
    for one in room.participants.all():
        present.setdefault(one.sector, []).append(one)
    order = [side for side in SIDES if side in present] + [one for one in Sector if one not in SIDES and one in present]
    found = [
        Side(sector=sector.value, label=side_words(sector), people=_people(present[sector], knows_names=knows_names))
        for sector in order
    ]
    gone = _nobody_words()
    return found + [
        Side(sector=side.value, label=side_words(side), people="", missing=gone[side])
        for side in SIDES
        if side not in present
    ]


def side_words(sector: str) -> str:
    words: Mapping[str, str] = {
        Sector.BUSINESS: _("Working life"),
        Sector.EDUCATION: _("Education"),
        Sector.STUDENT: _("Pupils and apprentices"),
        Sector.SOCIAL_PARTNER: _("The social partners"),
        Sector.PUBLIC: _("Public sector"),
        Sector.VOLUNTARY: _("Voluntary sector"),
        Sector.RESEARCH: _("Research"),
    }
    return words[sector]


def _nobody_words() -> Mapping[str, str]:
    return {
        Sector.BUSINESS: _("No firm is here."),
        Sector.EDUCATION: _("No teacher is here."),
        Sector.STUDENT: _("No pupil or apprentice is here."),
        Sector.SOCIAL_PARTNER: _("No union representative is here."),
    }


def _people(here: Sequence[Participant], *, knows_names: bool) -> str:
    """`Jonas og Tiril fra Skjærgårdsskrog, Goran`; to others than those inside, how many and what they are."""
    by_place: dict[str, list[str]] = {}
    for one in here:
        by_place.setdefault(_place(one, knows_names=knows_names), []).append(one.name or _("somebody"))
    if not knows_names:
        return capital(listing([_counted(uncapital(place), len(names)) for place, names in by_place.items()]))
    told = [
        _("%(names)s from %(place)s") % {"names": listing(names), "place": place} if place else listing(names)
        for place, names in by_place.items()
    ]
    return ", ".join(told)


def _place(one: Participant, *, knows_names: bool) -> str:
    if one.organisation is None:
        return ""
    return name_of(one.organisation) if knows_names else describe(one.organisation)


def _counted(place: str, number: int) -> str:
    if not place:
        return _("one") if number == 1 else in_words(number)
    return place if number == 1 else f"{place} ({in_words(number)})"


def who_words(one: Participant | None, *, knows_names: bool) -> str:
    """`Amina, Elever og lærlinger`; to others only the side."""
    if one is None:
        return _("The forum")
    side = side_words(one.sector)
    return f"{one.name}, {uncapital(side)}" if knows_names and one.name else side


def needs_behind(room: Room) -> list[ShownNeed]:
    """What is public of the needs in the brief."""
    return shown_needs(needs_in(room.brief), viewer=NOBODY) if room.brief else []


def words_from(needs: Sequence[ShownNeed]) -> list[tuple[str, str]]:
    """What the firms have said that all may read, and who they are."""
    voices = [voice for need in needs for voice in need.voices if voice.segments]
    return [("".join(text for text, _marked in voice.segments), voice.who) for voice in voices][:MOST_WORDS]


def firms_behind(needs: Sequence[ShownNeed]) -> int:
    """How many organisations stand behind them."""
    return len({voice.voice.organisation_id for need in needs for voice in need.voices if voice.voice.organisation_id})


def sides_present(room: Room) -> set[str]:
    return set(Participant.objects.filter(room=room, left_at=None).values_list("sector", flat=True))


def told_sides(sectors: Sequence[str]) -> str:
    return capital(listing([uncapital(side_words(sector)) for sector in sectors]))
