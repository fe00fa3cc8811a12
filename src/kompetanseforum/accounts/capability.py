"""What accounts bring: the signed-in person behind a request."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.capability import Capability, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref


def recognise(request: HttpRequest, viewer: Viewer) -> Viewer:
    if not isinstance(request.user, Person):
        return viewer
    return replace(viewer, person=ref(request.user))


CAPABILITY = Capability(
    app="accounts",
    title=_("People"),
    recognise=recognise,
    personal_data=(
        PersonalData(
            what=_("Name, e-mail, phone and language of people who answer"),
            why=_("So that those who ask know who answers, and can call"),
            kept_for=_("As long as they have a role in the forum"),
        ),
    ),
)
