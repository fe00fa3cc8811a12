"""What the first coordinator types; who is invited as what; and the name of one who comes."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.forms import EmailField, NameField
from kompetanseforum.forum.actions.cycles import Period
from kompetanseforum.forum.models import Cycle, Forum, Palette, Role


class StartForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that people know who answers")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField()
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)


class WelcomeForm(forms.Form):
    """Somebody who is invited, by name; one in a room may leave an address to come back by."""

    name = NameField()
    email = EmailField(required=False)


class LetterForm(forms.Form):
    email = EmailField()
    role = forms.ChoiceField(
        label=_("Comes as"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.PARTICIPANT
    )
    language = forms.ChoiceField(label=_("The letter is in"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class RoomForm(forms.Form):
    """Whoever is in the room may use it, so nobody becomes coordinator by it."""

    occasion = forms.CharField(
        label=_("What is it for?"),
        max_length=120,
        error_messages={"required": _("Write what it is for, so that you know it again")},
    )
    room_role = forms.ChoiceField(
        label=_("They come as"),
        choices=[(role.value, role.label) for role in (Role.PARTICIPANT, Role.GUEST, Role.FACILITATOR)],
        widget=forms.RadioSelect,
        initial=Role.PARTICIPANT,
    )


class SettingsForm(forms.Form):
    """What the forum is called, how it looks and what it says of itself."""

    name = forms.CharField(
        label=_("The forum's name"),
        max_length=80,
        error_messages={"required": _("Write what the forum is called")},
    )
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    answer_days = forms.IntegerField(
        label=_("Days until an answer"),
        min_value=1,
        max_value=60,
        error_messages={
            "required": _("Write how many days, from 1 to 60"),
            "invalid": _("Write how many days, from 1 to 60"),
            "min_value": _("Write how many days, from 1 to 60"),
            "max_value": _("Write how many days, from 1 to 60"),
        },
    )
    palette = forms.ChoiceField(label=_("Colours"), choices=Palette.choices, widget=forms.RadioSelect)
    has_english = forms.BooleanField(label=_("Offer English beside bokmål and nynorsk"), required=False)
    demands_passkey = forms.BooleanField(
        label=_("Coordinators must sign in with a passkey"),
        required=False,
        error_messages={"alone": _("Sign in with a passkey yourself first: else you would shut yourself out")},
    )
    headline_nb = forms.CharField(label=_("Title in bokmål"), max_length=80, required=False)
    headline_nn = forms.CharField(label=_("Title in nynorsk"), max_length=80, required=False)
    headline_en = forms.CharField(label=_("Title in English"), max_length=80, required=False)
    run_by_nb = forms.CharField(label=_("Who runs it, in bokmål"), max_length=300, required=False)
    run_by_nn = forms.CharField(label=_("Who runs it, in nynorsk"), max_length=300, required=False)
    run_by_en = forms.CharField(label=_("Who runs it, in English"), max_length=300, required=False)

    @classmethod
    def of(cls, forum: Forum, data: QueryDict | None) -> SettingsForm:
        """Filled in as it stands."""
        return cls(data, initial={name: getattr(forum, name) for name in cls.base_fields})


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def chosen(self) -> frozenset[Role]:
        return frozenset(Role(value) for value in self.cleaned_data["roles"])


_DATE = {"required": _("Choose a date"), "invalid": _("Write the date as 2026-12-24")}


def _day(label: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=_DATE)  # type: ignore[arg-type]  # a lazy text


def _words(label: object, help_text: object) -> forms.CharField:
    """As many as one likes, or none."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazy text
        help_text=help_text,  # type: ignore[arg-type]
        max_length=4000,
        required=False,
        widget=forms.Textarea,
    )


class CycleForm(forms.Form):
    title = forms.CharField(
        label=_("What is the period called?"),
        max_length=120,
        error_messages={"required": _("Write what it is called")},
    )
    starts_on = _day(_("From"))
    ends_on = _day(_("Until"))
    priorities = _words(_("What comes first?"), _("One in each line."))
    method = _words(_("How do we work?"), _("From a need to an answer: who meets, how often, what is tried."))
    summary = forms.CharField(
        label=_("What came of the period?"), max_length=20_000, required=False, widget=forms.Textarea
    )

    @classmethod
    def of(cls, cycle: Cycle, data: QueryDict | None) -> CycleForm:
        return cls(
            data,
            initial={name: getattr(cycle, name) for name in cls.base_fields},
        )

    @classmethod
    def after(cls, before: Cycle | None, data: QueryDict | None) -> CycleForm:
        """A new one: it goes on as the one before, until somebody writes otherwise."""
        return cls(data, initial={"method": before.method} if before else {})

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("It must end after it begins"))
        return cleaned

    def period(self) -> Period:
        return Period(**self.cleaned_data)
