"""What the forum brings: itself, the roles of the one who asks, and the demo forum's people."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.actions import set_up_demo, start_forum
from kompetanseforum.forum.queries import roles_of


def install() -> None:
    start_forum()


def recognise(request: HttpRequest, viewer: Viewer) -> Viewer:
    if viewer.person is None:
        return viewer
    return replace(viewer, roles=roles_of(viewer.person))


CAPABILITY = Capability(
    app="forum",
    title=_("The forum"),
    install=install,
    demo=set_up_demo,
    recognise=recognise,
    personal_data=(
        PersonalData(
            what=_("Who coordinates the forum, and since when"),
            why=_("So that the desk is open to those who answer, and to nobody else"),
            kept_for=_("As long as they have the role"),
        ),
    ),
)
