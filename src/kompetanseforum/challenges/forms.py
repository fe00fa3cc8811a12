"""What is typed about a challenge: its question, its team, and where it ended."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanseforum.forum.models import Cycle
from kompetanseforum.forum.queries import cycles
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Sector

# Room for a text that many wrote together.
MOST_CHARACTERS = 20_000
_SECTORS = [("", _("Not said")), *Sector.choices]


class ChallengeForm(forms.Form):
    question = forms.CharField(
        label=_("How might we …"),
        help_text=_("A question that many can answer in different ways, and that nobody has answered yet."),
        max_length=240,
        widget=forms.Textarea,
        error_messages={"required": _("Write the question")},
    )
    about = forms.CharField(label=_("More about it"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea)
    cycle = forms.ChoiceField(label=_("Which period?"), required=False)
    # Made once per form, so that the same form sent twice is one challenge.
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    # The need or idea it begins with, as Ref text.
    start = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._cycles = {cycle.public_id: cycle for cycle in cycles()}
        field = self.fields["cycle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not said")), *((key, one.title) for key, one in self._cycles.items())]
        field.initial = next((key for key, one in self._cycles.items() if one.is_open), "")

    def clean_question(self) -> str:
        """Whoever goes on from the label, "How might we …", means the whole question."""
        question = " ".join(self.cleaned_data["question"].split()).lstrip("… ")
        return gettext("How might we ") + question if question[:1].islower() else question

    @property
    def chosen_cycle(self) -> Cycle | None:
        return self._cycles.get(self.cleaned_data["cycle"])


class OrganisationForm(forms.Form):
    organisation = OrganisationField(
        label=_("Which organisation?"),
        error_messages={"required": _("Write the name of the organisation")},
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=_SECTORS, required=False)


class InviteForm(OrganisationForm):
    email = forms.EmailField(
        label=_("Their e-mail"),
        help_text=_("They get one letter with the address of the challenge. Then the address is forgotten."),
        required=False,
        error_messages={"invalid": _("The e-mail address is not complete")},
    )
    language = forms.ChoiceField(
        label=_("Which language do they read?"), choices=settings.LANGUAGES, widget=forms.RadioSelect, required=False
    )


class InTeamForm(OrganisationForm):
    name_is_public = forms.BooleanField(label=_("They have said yes to their name standing here"), required=False)


class JoinForm(forms.Form):
    sector = forms.ChoiceField(label=_("Sector"), choices=_SECTORS, required=False)
    name_is_public = forms.BooleanField(label=_("Show my name"), required=False)


class CloseForm(forms.Form):
    words = forms.CharField(
        label=_("Where did it end?"),
        help_text=_("What came of it, or why it stopped. It stands on the page."),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": _("Write where it ended")},
    )
