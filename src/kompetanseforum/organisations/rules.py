"""Who may do what with organisations, with those who speak for them, and with what the house knows of them."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.organisations.models import Organisation, Representation

# Confirmed representatives of those that run the forum together; `recognise` adds it.
HOUSE = "house"


def is_of_the_house(viewer: Viewer) -> bool:
    """Those who meet firms on the forum's behalf, and so should know of each other's talks. No firm is."""
    return any(viewer.is_a(role) for role in ("coordinator", "facilitator", HOUSE))


def represents(viewer: Viewer, organisation: Organisation) -> bool:
    """A confirmed one, who has not ended."""
    if viewer.person is None:
        return False
    return Representation.objects.filter(
        person__public_id=viewer.person.id, organisation=organisation, ended_at=None, confirmed_at__isnull=False
    ).exists()


@permission("organisations.import_register")
def may_import_register(viewer: Viewer, about: object) -> bool:
    return viewer.is_a("coordinator")


@permission("organisations.see_all")
def may_see_all(viewer: Viewer, about: object) -> bool:
    return is_of_the_house(viewer)


@permission("organisations.see_organisation")
def may_see_organisation(viewer: Viewer, organisation: Organisation) -> bool:
    """Its page: open to all once it wants to be found."""
    return organisation.found_since is not None or is_of_the_house(viewer) or represents(viewer, organisation)


@permission("organisations.change_organisation")
def may_change_organisation(viewer: Viewer, organisation: Organisation) -> bool:
    return viewer.is_a("coordinator") or represents(viewer, organisation)


@permission("organisations.see_contacts")
def may_see_contacts(viewer: Viewer, organisation: Organisation) -> bool:
    """Who of the house has talked with it. Never for guests, nor for firms, itself among them."""
    return is_of_the_house(viewer)


@permission("organisations.note_contact")
def may_note_contact(viewer: Viewer, organisation: Organisation) -> bool:
    return viewer.person is not None and is_of_the_house(viewer)


@permission("organisations.see_own")
def may_see_own(viewer: Viewer, about: object) -> bool:
    """For whom one speaks oneself: anybody who is signed in."""
    return viewer.person is not None


@permission("organisations.confirm_representation")
def may_confirm_representation(viewer: Viewer, representation: Representation) -> bool:
    """A coordinator, or another who speaks for the same organisation; nobody confirms themselves."""
    if viewer.person is None or viewer.person.id == representation.person.public_id:
        return viewer.is_a("coordinator") and viewer.person is not None
    return viewer.is_a("coordinator") or represents(viewer, representation.organisation)


@permission("organisations.end_representation")
def may_end_representation(viewer: Viewer, representation: Representation) -> bool:
    is_own = viewer.person is not None and viewer.person.id == representation.person.public_id
    return is_own or viewer.is_a("coordinator") or represents(viewer, representation.organisation)


@permission("organisations.join_organisations")
def may_join_organisations(viewer: Viewer, about: object) -> bool:
    """Say that two are one, and undo it."""
    return viewer.is_a("coordinator")
