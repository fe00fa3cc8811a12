"""What people type: a need, "we need this too", an answer."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.forum.queries import coordinators, duty_person, this_forum
from kompetanseforum.needs.models import Form, Helped, Horizon, Level, State
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Sector, SizeClass
from kompetanseforum.organisations.queries import kind_choices

MOST_CHARACTERS = 2000

# Ranges on the screen, a number to count with: the lower end, so that a sum never says too much.
HOW_MANY = [("1", "1"), ("2", "2–4"), ("5", "5–9"), ("10", _("10 or more"))]


class WordsForm(forms.Form):
    """Step 1: one field."""

    words = forms.CharField(
        label=_("Write it as you would say it to a colleague"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={
            "required": _("Write what you need"),
            "max_length": ngettext_lazy(
                "This is too long. Keep it under %(limit_value)d character.",
                "This is too long. Keep it under %(limit_value)d characters.",
                "limit_value",
            ),
        },
    )
    # Made once per form, so that the same form sent twice is one voice.
    sending_key = SendingKeyField()
    # People do not see this field; those who fill in everything are held for a look.
    website = forms.CharField(required=False)


class WhoForm(forms.Form):
    """Who speaks: shared by a new need and by "we need this too"."""

    organisation = OrganisationField(label=_("Who is asking?"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    kind = forms.ChoiceField(label=_("What kind of workplace?"), required=False)
    size = forms.ChoiceField(
        label=_("How many work there?"), choices=[("", _("Not said")), *SizeClass.choices], required=False
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("Not said")), *Sector.choices], required=False)
    spokesperson = forms.CharField(
        label=_("Who are you, who speak for them?"),
        max_length=160,
        required=False,
        help_text=_("A business association, an accountant, a union. They must have said yes to it."),
    )
    has_consent = forms.BooleanField(label=_("They have said yes to my speaking for them"), required=False)
    words_are_public = forms.BooleanField(label=_("Let everybody read our words"), required=False)
    name_is_public = forms.BooleanField(label=_("Show our name"), required=False)
    email = forms.EmailField(
        label=_("E-mail for answers"),
        required=False,
        error_messages={"invalid": _("The e-mail address is not complete")},
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        here = municipalities(county_code=this_forum().county_code)
        self._municipalities: dict[str, Municipality] = {place.code: place for place in here}
        self._choices("municipality").choices = [("", _("Not said")), *((place.code, place.name) for place in here)]
        self._choices("kind").choices = [("", _("Not said")), *kind_choices()]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    @property
    def place(self) -> Municipality | None:
        return self._municipalities.get(self.cleaned_data["municipality"])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("spokesperson") and not cleaned.get("has_consent"):
            self.add_error("has_consent", _("Tick that they have said yes, or leave out who you are"))
        if cleaned.get("spokesperson") and not cleaned.get("organisation") and not self.has_error("organisation"):
            self.add_error("organisation", _("Write whom you speak for"))
        return cleaned


class DetailsForm(WhoForm):
    """Step 2: only choices, and all of it may be skipped."""

    people = forms.ChoiceField(label=_("How many?"), choices=HOW_MANY, required=False, widget=forms.RadioSelect)
    horizon = forms.ChoiceField(label=_("When?"), choices=Horizon.choices, required=False, widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("What level?"), choices=Level.choices, required=False, widget=forms.RadioSelect)
    forms_wanted = forms.MultipleChoiceField(
        label=_("What suits you?"), choices=Form.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def people_count(self) -> int:
        return int(self.cleaned_data["people"] or 1)


class JoinForm(WhoForm):
    """ "We need this too", from somebody the device does not know: one field, the rest may be skipped."""

    words = forms.CharField(
        label=_("In your own words"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea
    )
    people = forms.ChoiceField(label=_("How many?"), choices=HOW_MANY, required=False, widget=forms.RadioSelect)
    sending_key = SendingKeyField()
    website = forms.CharField(required=False)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].required = True
        self.fields["organisation"].error_messages["required"] = _("Write the name of your workplace")
        self.fields["organisation"].help_text = _(
            "Those who run the forum see the name. Others see it only if you want."
        )

    def people_count(self) -> int:
        return int(self.cleaned_data["people"] or 1)


class HelpedForm(forms.Form):
    helped = forms.ChoiceField(
        label=_("Did it help?"),
        choices=Helped.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    words = forms.CharField(label=_("Why, or why not?"), max_length=500, required=False, widget=forms.Textarea)

    def helped_given(self) -> Helped:
        return Helped(self.cleaned_data["helped"])


# Whether it is met is said by those who voiced it.
_NOT_OURS = (State.WITHDRAWN, State.MET)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What do you answer?"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": _("Write an answer, if only a short one")},
    )
    state = forms.ChoiceField(
        label=_("How far has it come?"), choices=[choice for choice in State.choices if choice[0] not in _NOT_OURS]
    )
    reason = forms.CharField(label=_("Why not?"), max_length=500, required=False)
    next_answer_on = forms.DateField(
        label=_("When do they hear from us again?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a date"), "invalid": _("Write the date as 2026-12-24")},
    )
    owner = forms.ChoiceField(label=_("Who answers next time?"))
    asks_if_helped = forms.BooleanField(
        label=_("Ask them whether it helped"),
        help_text=_("What they say decides whether the need is met."),
        required=False,
    )

    # How many answers there were when it was opened.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        people = {person.public_id: person for person in [duty_person(), *coordinators()]}
        self.people = people
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(person.public_id, person.name) for person in people.values()]
        self.fields["next_answer_on"].initial = clock.today() + timedelta(days=this_forum().answer_days)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == State.NOT_MET and not cleaned.get("reason"):
            self.add_error("reason", _("Write why, so that those who asked know"))
        chosen = cleaned.get("next_answer_on")
        if chosen and chosen < clock.today():
            self.add_error("next_answer_on", _("Choose a day that has not been"))
        return cleaned
