"""What the API brings: access for other systems, and the page that tells how."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanseforum.api.actions import forget_maker
from kompetanseforum.api.queries.tokens import token_by_id
from kompetanseforum.core.capability import Capability, Erasure, Named, PersonalData
from kompetanseforum.core.permissions import Viewer, may


def for_programs(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """The ways for programs, on the page of open data."""
    return "api/_doors.html", {"may_manage": may(viewer, "api.manage_systems")}


def token_named(public_id: str) -> Named | None:
    token = token_by_id(public_id)
    return Named(label=token.name, url=reverse("api:systems")) if token else None


def erase(erasure: Erasure) -> None:
    forget_maker(erasure.person)


CAPABILITY = Capability(
    app="api",
    title=_("Access for other systems"),
    refs={"token": token_named},
    panels_filled={"home.open_data": for_programs},
    erase=erase,
    personal_data=(
        PersonalData(
            what=_("Which coordinator let another system in"),
            why=_("So that one can ask who did it, and why"),
            kept_for=_("As long as the system has access"),
        ),
    ),
)
