"""Writes: who takes part in the forum's periods; whoever did in the one before, does in the next until somebody says otherwise."""

from __future__ import annotations

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import cycle_before, cycle_by_id
from kompetanseforum.organisations.actions.known import find_or_add_organisation
from kompetanseforum.organisations.facts import CycleMemberTakenIn, CycleMemberTakenOut
from kompetanseforum.organisations.models import CycleMember, Organisation
from kompetanseforum.organisations.queries import organisation_named, unit_named
from kompetanseforum.organisations.queries.taking_part import person_called


def take_into_cycle(cycle: Cycle, *, name: str, by: Viewer) -> CycleMember:
    """The organisation or the person of that name or number; what is neither stands as it was written. Twice is once."""
    with transaction.atomic():
        organisation = _known(name)
        person = None if organisation else person_called(name)
        member, is_new = CycleMember.objects.get_or_create(
            cycle=cycle,
            organisation=organisation,
            person=person,
            name="" if organisation or person else " ".join(name.split()),
        )
        if is_new:
            publish(CycleMemberTakenIn(cycle=ref(cycle), member=ref(member)), by=by.actor, about=ref(cycle))
    return member


def _known(name: str) -> Organisation | None:
    """One that nobody here and no register knows is not made up."""
    is_in_register = unit_named(name, municipality=None) is not None
    return find_or_add_organisation(name=name) if is_in_register else organisation_named(name, municipality=None)


def take_out_of_cycle(member: CycleMember, *, by: Viewer) -> None:
    with transaction.atomic():
        told = CycleMemberTakenOut(cycle=ref(member.cycle), member=ref(member))
        if CycleMember.objects.filter(pk=member.pk).delete()[0]:
            publish(told, by=by.actor, about=ref(member.cycle))


def go_on_into(cycle: Ref) -> None:
    """A new period has those of the one before; told twice, and changed meanwhile, it stays as it is."""
    new = cycle_by_id(cycle.id)
    before = cycle_before(new) if new else None
    if new is None or before is None or CycleMember.objects.filter(cycle=new).exists():
        return
    CycleMember.objects.bulk_create(
        [
            CycleMember(cycle=new, organisation_id=row.organisation_id, person_id=row.person_id, name=row.name)
            for row in CycleMember.objects.filter(cycle=before)
        ],
        ignore_conflicts=True,
    )
