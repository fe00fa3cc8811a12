"""What is typed about a meeting: when and where, minutes, who was there, and what comes after."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.core.text import in_words
from kompetanseforum.events.actions import Called, SignUpSaid
from kompetanseforum.events.models import Meeting, SignUp
from kompetanseforum.forum.queries import coordinators, duty_person, this_forum
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Sector

_DATE = {"required": _("Choose a date"), "invalid": _("Write the date as 2026-12-24")}
_TIME = {"required": _("Write when it begins"), "invalid": _("Write the time as 9:30")}
MOST_CHARACTERS = 60_000


class MeetingForm(forms.Form):
    title = forms.CharField(
        label=_("What is it called?"), max_length=160, error_messages={"required": _("Write what it is called")}
    )
    on = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DATE,
    )
    starts = forms.TimeField(
        label=_("From what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=_TIME,
    )
    ends = forms.TimeField(
        label=_("Until what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
        error_messages=_TIME,
    )
    place = forms.CharField(label=_("Where?"), max_length=160, required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    places = forms.IntegerField(
        label=_("Places"),
        help_text=_("How many there is room for. Leave it empty where there is no limit."),
        min_value=1,
        max_value=5000,
        required=False,
        error_messages={"invalid": _("Write a number"), "min_value": _("Write a number")},
    )
    about = forms.CharField(label=_("What is the meeting for?"), max_length=2000, required=False, widget=forms.Textarea)
    # Made once per form, so that the same form sent twice is one meeting.
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        here = municipalities(county_code=this_forum().county_code)
        self._municipalities: dict[str, Municipality] = {place.code: place for place in here}
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not said")), *((place.code, place.name) for place in here)]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if isinstance(starts, time) and isinstance(ends, time) and ends <= starts:
            self.add_error("ends", _("It must end after it begins"))
        return cleaned

    def called(self) -> Called:
        given = self.cleaned_data
        return Called(
            title=given["title"],
            starts_at=self._at(given["starts"]),
            ends_at=self._at(given["ends"]) if given["ends"] else None,
            place=given["place"],
            municipality=self._municipalities.get(given["municipality"]),
            about=given["about"],
            places=given["places"],
        )

    def _at(self, hour: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], hour))


def typed_before(meeting: Meeting) -> dict[str, object]:
    """The form's fields as the meeting has them."""
    starts = timezone.localtime(meeting.starts_at)
    ends = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
    return {
        "title": meeting.title,
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time() if ends else None,
        "place": meeting.place,
        "municipality": meeting.municipality.code if meeting.municipality else "",
        "about": meeting.about,
        "places": meeting.places,
    }


# More than so many from one place talk with those who run the forum.
MOST_HEADS = 20


class SignUpForm(forms.Form):
    """Somebody will come: one field, the rest may be skipped."""

    name = forms.CharField(
        label=_("What is your name?"),
        help_text=_("Only those who run the forum see it."),
        max_length=120,
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = OrganisationField(label=_("From which workplace or school?"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Not said")), *Sector.choices], required=False)
    heads = forms.IntegerField(
        label=_("How many are you?"),
        min_value=1,
        max_value=MOST_HEADS,
        initial=1,
        error_messages={
            "required": _("Write how many"),
            "invalid": _("Write a number"),
            "min_value": _("Write how many"),
            "max_value": _("At most 20 in one sign-up. Call us when you are more."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("So that you are told when something changes."),
        required=False,
        error_messages={"invalid": _("The e-mail address is not complete")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    sending_key = SendingKeyField()
    # People do not see this field; those who fill in everything are thanked and not counted.
    website = forms.CharField(required=False)

    def ask_of_another(self) -> None:
        """The one who types is not the one who comes."""
        for name, label in (("name", _("Name")), ("organisation", _("From where?")), ("heads", _("How many?"))):
            self.fields[name].label = label
        self.fields["email"].help_text = _("So that they are told when something changes.")

    def said(self, *, language: str) -> SignUpSaid:
        given = self.cleaned_data
        return SignUpSaid(
            name=given["name"],
            from_where=given["organisation"],
            sector=given["sector"],
            heads=given["heads"],
            email=given["email"],
            language=language,
        )

    def refuse(self, *, left: int) -> None:
        """There is not room for so many."""
        said = ngettext(
            "There is room for one more only. Sign up one, or come another time.",
            "There is room for %(count)s more only. Sign up fewer, or come another time.",
            left,
        )
        self.add_error("heads", said % {"count": in_words(left)})


def signed_up_before(sign_up: SignUp) -> dict[str, object]:
    """The form's fields as the sign-up has them."""
    return {
        "name": sign_up.name,
        "organisation": sign_up.from_where,
        "sector": sign_up.sector,
        "heads": sign_up.heads,
        "email": sign_up.email,
    }


class MinutesForm(forms.Form):
    minutes = forms.CharField(label=_("Minutes"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea)
    are_public = forms.BooleanField(label=_("Let everybody read the minutes"), required=False)


class ThereForm(forms.Form):
    organisation = OrganisationField(label=_("From where?"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Not said")), *Sector.choices], required=False)
    heads = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=2000,
        initial=1,
        error_messages={"required": _("Write how many"), "invalid": _("Write a number")},
    )
    name_is_public = forms.BooleanField(label=_("They have said yes to their name standing here"), required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("organisation") and not cleaned.get("sector"):
            self.add_error("organisation", _("Write where they came from, or choose a sector"))
        return cleaned


class IWasThereForm(forms.Form):
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Not said")), *Sector.choices], required=False)
    name_is_public = forms.BooleanField(label=_("Show my name"), required=False)


class ReflectionForm(forms.Form):
    words = forms.CharField(
        label=_("What did we learn?"),
        help_text=_("What worked, and what should we do otherwise next time? Only the house sees it."),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what you noticed")},
    )
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class FollowUpForm(forms.Form):
    words = forms.CharField(
        label=_("What shall be done?"), max_length=300, error_messages={"required": _("Write what shall be done")}
    )
    owner = forms.ChoiceField(label=_("Who does it?"))
    due_on = forms.DateField(
        label=_("By when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DATE,
    )
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.people = {person.public_id: person for person in [duty_person(), *coordinators()]}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(person.public_id, person.name) for person in self.people.values()]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("due_on")
        if chosen and chosen < clock.today():
            self.add_error("due_on", _("Choose a day that has not been"))
        return cleaned
