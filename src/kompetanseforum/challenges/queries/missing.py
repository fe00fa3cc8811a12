"""Reads: who stands behind what a challenge gathers, and is not in its team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.challenges.queries.shown import gathered
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.models import Need, State
from kompetanseforum.needs.queries.shown import needs_by_id
from kompetanseforum.needs.rules import may_see_need
from kompetanseforum.organisations.models import Organisation, Sector

SECTOR, PLACE = "sektor", "kommune"


@dataclass(frozen=True, slots=True)
class Side:
    """A sector or a municipality that stands behind the needs and not in the team."""

    kind: str
    key: str
    label: str
    # So many organisations from there stand behind.
    behind: int
    # Somebody from there has been invited and has not answered.
    is_invited: bool


def needs_gathered(challenge: Challenge, *, viewer: Viewer, refs: Sequence[Ref] | None = None) -> list[Need]:
    """Those this viewer may see, as their voices stand now; what is withdrawn is left out."""
    refs = gathered(challenge) if refs is None else refs
    found = needs_by_id([one.id for one in refs if one.kind == "need"])
    needs = {need.pk: need for need in found.values() if need.state != State.WITHDRAWN and may_see_need(viewer, need)}
    return list(needs.values())


def organisations_behind(needs: Iterable[Need]) -> list[Organisation]:
    """Each once; of needs with their voices, it asks the database nothing."""
    voices = (voice for need in needs for voice in need.voices.all())
    return list({voice.organisation.pk: voice.organisation for voice in voices if voice.organisation}.values())


def missing(behind: Sequence[Organisation], team: Sequence[TeamMember]) -> list[Side]:
    """Sectors first, then municipalities; those with most behind them first."""
    return [*_missing_sectors(behind, team), *_missing_places(behind, team)]


def _missing_sectors(behind: Sequence[Organisation], team: Sequence[TeamMember]) -> list[Side]:
    labels = dict(Sector.choices)
    counted = Counter(one.sector for one in behind if one.sector)
    return _sides(
        SECTOR,
        counted,
        {sector: str(labels[sector]) for sector in counted},
        [(one.sector, one) for one in team if one.sector],
    )


def _missing_places(behind: Sequence[Organisation], team: Sequence[TeamMember]) -> list[Side]:
    places = [one.municipality for one in behind if one.municipality]
    in_team = [(_place(one), one) for one in team if _place(one)]
    names = {place.code: place.name for place in places}
    return _sides(PLACE, Counter(place.code for place in places), names, in_team)


def _place(member: TeamMember) -> str:
    place = member.organisation.municipality if member.organisation else None
    return place.code if place else ""


def _sides(
    kind: str, counted: Counter[str], labels: dict[str, str], team: Sequence[tuple[str, TeamMember]]
) -> list[Side]:
    present = {key for key, member in team if member.joined_at is not None}
    invited = {key for key, member in team if member.joined_at is None}
    return [
        Side(kind, key, labels[key], behind=number, is_invited=key in invited)
        for key, number in sorted(counted.items(), key=lambda item: (-item[1], labels[item[0]]))
        if key not in present
    ]


def to_invite(
    behind: Sequence[Organisation], team: Sequence[TeamMember], *, sector: str = "", place: str = ""
) -> list[Organisation]:
    """Those behind the needs, from that side, who are neither in the team nor invited; by name."""
    known = {one.organisation_id for one in team}
    asked = (
        one
        for one in behind
        if one.pk not in known
        and (not sector or one.sector == sector)
        and (not place or (one.municipality is not None and one.municipality.code == place))
    )
    return sorted(asked, key=lambda one: one.name)
