"""Reads: who takes part in the forum's periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import members
from kompetanseforum.organisations.models import CycleMember, Organisation
from kompetanseforum.organisations.queries.people import organisations_of
from kompetanseforum.organisations.queries.shown import name_of, the_one
from kompetanseforum.organisations.rules import is_of_the_house


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Who takes part, as this viewer may see it: `url` is empty where there is no page for them to open."""

    public_id: str
    name: str
    url: str = ""


def member_by_id(public_id: str) -> CycleMember | None:
    return CycleMember.objects.select_related("cycle").filter(public_id=public_id).first()


def members_of(cycle: Cycle, *, viewer: Viewer) -> list[ShownMember]:
    return members_of_each([cycle], viewer=viewer).get(cycle.pk, [])


def members_of_each(cycles: Iterable[Cycle], *, viewer: Viewer) -> dict[int, list[ShownMember]]:
    """The key of each period → those who take part, in the order they were named. One query, one more for who is signed in."""
    rows = CycleMember.objects.filter(cycle__in=cycles).select_related(
        "person", "organisation__municipality", "organisation__joined_into__municipality"
    )
    is_house = is_of_the_house(viewer)
    own = set() if is_house else {one.pk for one in organisations_of(viewer.person)}
    found: dict[int, dict[object, ShownMember]] = {}
    for row in rows:
        one = the_one(row.organisation) if row.organisation else None
        who = one or row.person or row.name
        # Two that were found to be one take part once.
        found.setdefault(row.cycle_id, {}).setdefault(who, _shown(row, one, viewer, opens_all=is_house, own=own))
    return {cycle: list(shown.values()) for cycle, shown in found.items()}


def _shown(
    row: CycleMember, one: Organisation | None, viewer: Viewer, *, opens_all: bool, own: set[int]
) -> ShownMember:
    if one is not None:
        may_open = opens_all or one.found_since is not None or one.pk in own
        address = reverse("organisations:organisation", kwargs={"public_id": one.public_id}) if may_open else ""
        return ShownMember(row.public_id, name_of(one), address)
    if row.person is not None:
        is_coordinator = viewer.is_a("coordinator")
        address = reverse("forum:member", kwargs={"public_id": row.person.public_id}) if is_coordinator else ""
        return ShownMember(row.public_id, row.person.name, address)
    return ShownMember(row.public_id, row.name)


def person_called(name: str) -> Person | None:
    """The one who is in the forum by that name; nobody where two are."""
    found = [one for one in members(named=name.strip())[:20] if one.name.casefold() == name.strip().casefold()]
    return found[0] if len(found) == 1 else None
