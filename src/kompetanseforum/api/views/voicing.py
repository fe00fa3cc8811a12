"""A need voiced for somebody else, by a system that has their word for it."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Header, Schema, Status
from pydantic import Field

from kompetanse.linking import guess_language
from kompetanseforum.api.rules import MOST_VOICES, VOICES_SECONDS
from kompetanseforum.api.views.doors import BearerToken, asks
from kompetanseforum.api.views.errors import Wrong
from kompetanseforum.api.views.needs import router
from kompetanseforum.api.views.shapes import PROBLEMS, Problem
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.problems import Fault
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.forms import MOST_CHARACTERS, DetailsForm, WordsForm
from kompetanseforum.needs.models import Form, Horizon, Level, Voice
from kompetanseforum.needs.queries.shown import link_secret, voice_by_sending_key
from kompetanseforum.needs.rules import reason_to_hold
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.models import Sector, SizeClass

MOST_PEOPLE = 1000


class VoiceSaid(Schema):
    words: str = Field(max_length=MOST_CHARACTERS, description=_("The need in their own words."))
    organisation: str = Field(min_length=1, max_length=160, description=_("The workplace that asks."))
    has_consent: bool = Field(description=_("They have said yes to its being voiced for them. Must be true."))
    spokesperson: str = Field("", max_length=160, description=_("Who speaks for them, such as a business association."))
    municipality: str = Field("", max_length=4, description=_("Municipality number, of this region."))
    kind: str = Field("", max_length=40, description=_("Kind of workplace, such as boatbuilder."))
    sector: Sector | None = None
    size: SizeClass | None = None
    people: int = Field(1, ge=1, le=MOST_PEOPLE, description=_("People it is about."))
    horizon: Horizon = Horizon.NOW
    level: Level | None = None
    forms: list[Form] = Field([], max_length=len(Form))
    words_are_public: bool = Field(False, description=_("Everybody may read the words."))
    name_is_public: bool = Field(False, description=_("The name of the workplace may be shown."))
    email: str = Field("", max_length=254, description=_("Where they want answers, if by e-mail."))


class Voiced(Schema):
    need: str = Field(description=_("A stable reference, such as need:7h3k2m9qxa."))
    voice: str
    url: str = Field(description=_("The page for people."))
    link: str = Field(
        description=_("The workplace's own link, to follow, change and withdraw. Give it to them, and to nobody else.")
    )
    is_held: bool = Field(description=_("A coordinator looks at it before others see it."))


@router.post(
    "",
    auth=BearerToken(permission="api.voice_for_others"),
    response={201: Voiced, 403: Problem, **PROBLEMS},
    summary=_("Voice a need for somebody"),
    description=_(
        "Takes a token with the scope needs:voice. The same key again is the same voice, and the same answer."
    ),
)
@asks("api.voice_for_others")
def voice_need_for(
    request: Request,
    said: VoiceSaid,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            min_length=8,
            max_length=200,
            description=_("Made by you, once for each need: the same key is the same need."),
        ),
    ],
) -> Status[Any]:
    token = request.viewer.token
    assert token is not None  # the permission is a token's
    limit(str(token), "api.voice", most=MOST_VOICES, per_seconds=VOICES_SECONDS)
    sending_key = hashlib.blake2b(f"{token} {idempotency_key}".encode("utf-8", "replace"), digest_size=18).hexdigest()
    spoken = _spoken_before(sending_key, said) or _speak(request, said, sending_key=sending_key)
    url = reverse("needs:need", kwargs={"public_id": spoken.need.public_id})
    link = reverse("needs:link", kwargs={"secret": link_secret(spoken)})
    return Status(
        201,
        {
            "need": str(ref(spoken.need)),
            "voice": str(ref(spoken)),
            "url": request.build_absolute_uri(url),
            "link": request.build_absolute_uri(link),
            "is_held": bool(spoken.need.held_reason),
        },
    )


def _spoken_before(sending_key: str, said: VoiceSaid) -> Voice | None:
    known = voice_by_sending_key(sending_key)
    if known and known.words != said.words.strip():
        raise Wrong(Fault("header.Idempotency-Key", gettext("This key was used for another need. Make a new one.")))
    return known


def _speak(request: Request, said: VoiceSaid, *, sending_key: str) -> Voice:
    given, details = _checked(said)
    organisation = find_or_add_organisation(
        name=given["organisation"],
        kind=given["kind"],
        sector=given["sector"],
        size=given["size"],
        municipality=details.place,
    )
    return voice_need(
        said=Said(
            words=said.words,
            language=guess_language(said.words),
            people=said.people,
            forms=given["forms_wanted"],
            place=details.place,
            words_are_public=given["words_are_public"],
            name_is_public=given["name_is_public"],
            email=given["email"],
        ),
        by=request.viewer.actor,
        sending_key=sending_key,
        organisation=organisation,
        spokesperson=find_or_add_organisation(name=given["spokesperson"]) if given["spokesperson"] else None,
        horizon=given["horizon"],
        level=given["level"],
        # Minutes with twenty needs come at once from one place: alike is no reason here.
        held_reason=reason_to_hold(said.words, trap_is_filled=False, alike=0),
    )


def _checked(said: VoiceSaid) -> tuple[dict[str, Any], DetailsForm]:  # Any: a form's cleaned data
    """By the forms of the pages, so that a need is the same need whichever door it came in by."""
    told = said.model_dump(exclude_none=True, exclude={"people", "forms"}) | {"forms_wanted": said.forms}
    words, details = WordsForm(told), DetailsForm(told)
    faults = [
        Fault(f"body.{name.replace('forms_wanted', 'forms')}", str(text))
        for form in (words, details)
        for name, texts in form.errors.items()
        for text in texts
    ]
    if not said.has_consent:
        faults = [fault for fault in faults if fault.where != "body.has_consent"]
        faults.append(
            Fault("body.has_consent", gettext("Ask them first: a need is voiced for others only with their yes."))
        )
    if faults:
        raise Wrong(*faults)
    return details.cleaned_data, details
