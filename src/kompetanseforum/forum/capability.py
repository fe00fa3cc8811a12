"""What the forum brings: itself, the roles of the one who asks, and the demo forum's people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import came_in_strongly
from kompetanseforum.core import clock
from kompetanseforum.core.capability import CannotBeErased, Capability, Door, Erasure, Named, PersonalData
from kompetanseforum.core.permissions import MUST_PROVE, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import (
    LastCoordinator,
    Period,
    StillOnDuty,
    end_cycle,
    leave,
    set_up_demo,
    start_cycle,
    start_forum,
)
from kompetanseforum.forum.models import Role
from kompetanseforum.forum.queries import (
    coordinators,
    cycle_by_id,
    forum_and_roles,
    invented_people,
    memberships_of,
)


def install() -> None:
    start_forum()


def recognise(request: HttpRequest, viewer: Viewer) -> Viewer:
    if viewer.person is None:
        return viewer
    forum, roles = forum_and_roles(viewer.person)
    if Role.COORDINATOR in roles and forum.demands_passkey and not came_in_strongly(request):
        roles = roles - {Role.COORDINATOR} | {MUST_PROVE}
    return replace(viewer, roles=roles)


def my_roles(viewer: Viewer, person: object) -> tuple[str, dict[str, object]] | None:
    """On My page: the way to the desk, for those who have one."""
    if viewer.is_a(MUST_PROVE):
        return "forum/_must_prove.html", {"person": person}
    if not viewer.is_a("coordinator"):
        return None
    return "forum/_my_roles.html", {"person": person, "desk": settings.LOGIN_REDIRECT_URL}


def try_as(viewer: Viewer, then: object) -> tuple[str, dict[str, object]] | None:
    """Where one signs in on a demo forum: the people we made up."""
    people: list[Person] = invented_people()
    return ("forum/_try_as.html", {"people": people, "next": then}) if people else None


def cycle_named(public_id: str) -> Named | None:
    cycle = cycle_by_id(public_id)
    return Named(label=cycle.title, url=reverse("forum:cycle", kwargs={"public_id": public_id})) if cycle else None


def demo() -> None:
    """People and their roles, and two periods: one that is over, and the one that goes on."""
    set_up_demo()
    by = Viewer(person=ref(coordinators()[0]), roles=frozenset({"coordinator"}))
    year = clock.today().year
    with clock.at(clock.now() - timedelta(days=900)):
        first = start_cycle(period=_earlier(year), by=by)
    with clock.at(clock.now() - timedelta(days=330)):
        end_cycle(first, by=by)
        start_cycle(period=_now(year), by=by)


def _earlier(year: int) -> Period:
    return Period(
        title=f"{year - 3}–{year - 2}",
        starts_on=date(year - 3, 1, 1),
        ends_on=date(year - 2, 12, 31),
        priorities="Flere læreplasser i industrien\nKort vei fra bedrift til skole",
        summary="Elleve bedrifter tok imot lærlinger for første gang. To kurs ble flyttet til kveld. "
        "Ombyggingen av hallen ble stoppet, og det vi lærte om det, står i trådene.",
        method="To samlinger i året, og forsøk imellom. Alle behov får svar innen to uker.",
    )


def _now(year: int) -> Period:
    return Period(
        title=f"{year - 1}–{year + 1}",
        starts_on=date(year - 1, 1, 1),
        ends_on=date(year + 1, 12, 31),
        priorities="Kompetanse som kan tas ved siden av jobb\nGrønn omstilling i bygg og industri\nTrygg bruk av teknologi i helse",
        method="En samling hver måned. Det som blir spurt om av flere, prøves i det små før det blir et tilbud. "
        "Det som ikke går, fortelles like åpent som det som går.",
    )


def personal_copy(person: Ref) -> Mapping[str, object]:
    return {"roles": [{"role": held.role, "since": held.since.isoformat()} for held in memberships_of(person)]}


def erase(erasure: Erasure) -> None:
    try:
        leave(person=erasure.person, email=erasure.email)
    except LastCoordinator as error:
        raise CannotBeErased(
            gettext("You are the last coordinator. Make somebody else coordinator first, under Members.")
        ) from error
    except StillOnDuty as error:
        raise CannotBeErased(gettext("You are on duty. Put somebody else on duty first, under Members.")) from error


CAPABILITY = Capability(
    app="forum",
    title=_("The forum"),
    install=install,
    demo=demo,
    recognise=recognise,
    refs={"cycle": cycle_named},
    ways=(Door(label=_("Periods"), url_name="forum:cycles", order=8),),
    desk=(
        Door(label=_("Members and invitations"), url_name="forum:members", order=10, permission="forum.manage_members"),
        Door(
            label=_("The forum's name, colours and words"),
            url_name="forum:settings",
            order=80,
            permission="forum.change_forum",
        ),
        Door(
            label=_("Hand over to somebody else"),
            url_name="forum:handover",
            order=90,
            permission="forum.manage_members",
        ),
    ),
    panels_offered=("forum.handover", "cycle.members", "cycle.detail"),
    panels_filled={"person.page": my_roles, "sign_in.other_ways": try_as},
    personal_copy=personal_copy,
    erase=erase,
    personal_data=(
        PersonalData(
            what=_("Which role people have in the forum, and since when"),
            why=_("So that the desk is open to those who answer, and to nobody else"),
            kept_for=_("As long as they have the role"),
        ),
        PersonalData(
            what=_("The e-mail address of somebody who is invited"),
            why=_("So that the letter comes to them, and nobody else can use it"),
            kept_for=_("Ten days, or until it is used or taken back"),
        ),
    ),
)
