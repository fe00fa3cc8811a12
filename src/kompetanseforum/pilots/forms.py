"""What people type about a pilot: the plan, a line in the log, what was learnt, the decision, a recipe."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.sending import SendingKeyField, new_sending_key
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import name_of, organisation_named, organisations_of
from kompetanseforum.pilots.actions import Plan
from kompetanseforum.pilots.imports import BadRecipe, Recipe, read_recipe
from kompetanseforum.pilots.imports.recipes import MOST_BYTES
from kompetanseforum.pilots.models import Decision, EntryKind, Pilot

MOST_CHARACTERS = 2000


def date_field(label: object, **options: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a date"),
            "invalid": gettext_lazy("Write the date as 2026-12-24"),
        },
        **options,  # type: ignore[arg-type]
    )


class PlanForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What do you call it?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give it a name")},
    )
    hypothesis = forms.CharField(
        label=gettext_lazy("What do you believe?"),
        help_text=gettext_lazy("For example: If the course is in the evening, the small workshops come."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you believe, in a sentence")},
    )
    smallest_test = forms.CharField(
        label=gettext_lazy("What is the smallest thing that would show it?"),
        help_text=gettext_lazy("Few people, short time, what you have already."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you will do")},
    )
    who = forms.CharField(
        label=gettext_lazy("Who takes part?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write who takes part")},
    )
    organisation = OrganisationField(
        label=gettext_lazy("Where is it tried?"),
        help_text=gettext_lazy("The organisation's name. Everybody sees it."),
        required=False,
    )
    begins_on = date_field(gettext_lazy("From when?"))
    ends_on = date_field(gettext_lazy("Until when?"), required=False)
    stop_if = forms.CharField(
        label=gettext_lazy("What would make you stop?"),
        help_text=gettext_lazy("Agreed on beforehand, it is easier to stop in time."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what would make you stop")},
    )
    # Made once per form, so that the same form sent twice is one pilot.
    sending_key = SendingKeyField()
    # The forum whose recipe it is.
    recipe_from = forms.CharField(max_length=160, required=False, widget=forms.HiddenInput)

    def clean_organisation(self) -> Organisation | None:
        """One that the forum knows; a pilot invents no firm."""
        name = self.cleaned_data["organisation"].strip()
        if not name:
            return None
        found = organisation_named(name, municipality=None)
        if found is None:
            raise forms.ValidationError(
                _("We do not know that one. Leave it empty, or write the name as in the register")
            )
        return found

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins"))
        return cleaned

    def plan(self) -> Plan:
        given = self.cleaned_data
        return Plan(**{name: given[name] for name in Plan.__dataclass_fields__})


def first_plan(viewer: Viewer, *, recipe: Recipe | None = None) -> dict[str, object]:
    """What stands in the form from the start: the one organisation one speaks for, today, and a recipe's words."""
    own = organisations_of(viewer.person)
    given: dict[str, object] = {"begins_on": clock.today(), "sending_key": new_sending_key()}
    given |= {"organisation": own[0].name} if len(own) == 1 else {}
    for name in ("title", "hypothesis", "smallest_test", "who", "stop_if") if recipe else ():
        given[name] = getattr(recipe, name)
    return given | ({"recipe_from": recipe.forum} if recipe else {})


def plan_of(pilot: Pilot) -> dict[str, object]:
    names = ("title", "hypothesis", "smallest_test", "who", "begins_on", "ends_on", "stop_if")
    given: dict[str, object] = {name: getattr(pilot, name) for name in names}
    return given | {"organisation": name_of(pilot.organisation) if pilot.organisation else ""}


class EntryForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=EntryKind.choices, widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=gettext_lazy("What did you see?"),
        help_text=gettext_lazy("As it was, also what did not work. Leave out people's names."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write a line, if only a short one")},
    )
    on = date_field(gettext_lazy("Which day was it?"))
    file = forms.FileField(
        label=gettext_lazy("A picture or a document"),
        help_text=gettext_lazy("PNG, JPEG or PDF, at most 8 MB."),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    sending_key = SendingKeyField()

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or EntryKind.OBSERVATION


def _lines(words: str) -> list[str]:
    return [line.strip(" -•*") for line in words.splitlines() if line.strip(" -•*")]


class LearningsForm(forms.Form):
    learnings = forms.CharField(
        label=gettext_lazy("What have you learnt?"),
        help_text=gettext_lazy("One sentence on each line, so that others can use it. Everybody may read it."),
        max_length=MOST_CHARACTERS * 2,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you have learnt, one sentence on each line")},
    )

    def clean_learnings(self) -> Sequence[str]:
        lines = _lines(self.cleaned_data["learnings"])
        if any(len(line) > 500 for line in lines):
            raise forms.ValidationError(_("One of them is too long. Keep each under 500 characters"))
        return lines


class DecisionForm(LearningsForm):
    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three")},
    )
    why = forms.CharField(
        label=gettext_lazy("Because"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write why")},
    )

    field_order = ("decision", "why", "learnings")


class RecipeForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The recipe"),
        help_text=gettext_lazy("A file that another forum has taken out, such as oppskrift-7h3k.json."),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self) -> Recipe:
        try:
            return read_recipe(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except BadRecipe as error:
            words = _("This is not a recipe from a forum. Ask them to take it out again.")
            raise forms.ValidationError(words) from error
