"""What people type about an anchoring: who commits to what, how firmly, until when, and the steps at home."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.anchoring.actions import Commitment
from kompetanseforum.anchoring.models import DECIDED, Anchoring, State
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import name_of, organisation_named, organisations_of


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


class CommitmentForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("What do you commit yourselves to?"),
        help_text=gettext_lazy("For example: The evenings in the welding hall go on in spring."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what you commit yourselves to")},
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How far has it come?"),
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how far it has come")},
    )
    scope = forms.CharField(
        label=gettext_lazy("How much of it?"),
        help_text=gettext_lazy("For example: Twelve places, two evenings a week."),
        max_length=300,
        required=False,
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Who has decided it?"),
        help_text=gettext_lazy("The body: the board, the leader group, the head teacher."),
        max_length=160,
        required=False,
    )
    decided_on = date_field(gettext_lazy("When was it decided?"), required=False)
    until = date_field(
        gettext_lazy("Until when does it stand?"),
        required=False,
        help_text=gettext_lazy("A month before, the contact is reminded."),
    )
    contact_name = forms.CharField(label=gettext_lazy("Who knows most about it?"), max_length=120, required=False)
    contact_email = forms.EmailField(
        label=gettext_lazy("Their e-mail"),
        help_text=gettext_lazy("Only your own and the coordinators see it."),
        required=False,
        error_messages={"invalid": gettext_lazy("The e-mail address is not complete")},
    )
    costs = forms.CharField(
        label=gettext_lazy("What does it cost?"),
        help_text=gettext_lazy("Hours and money. It stands on the page for your leader."),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    asks = forms.CharField(
        label=gettext_lazy("What do you ask your leader to decide?"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Let everybody see it"),
        help_text=gettext_lazy("Otherwise those who take part in the forum see it."),
        required=False,
    )
    sending_key = SendingKeyField()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("state") in DECIDED:
            if not cleaned.get("decided_by"):
                self.add_error("decided_by", _("Write who has decided it, or choose that it has not come so far"))
            if not cleaned.get("decided_on") and "decided_on" not in self.errors:
                self.add_error("decided_on", _("Write when it was decided"))
        decided = cleaned.get("decided_on")
        if decided and decided > clock.today():
            self.add_error("decided_on", _("Choose a day that has been"))
        if decided and cleaned.get("until") and cleaned["until"] < decided:
            self.add_error("until", _("It lapses before it is decided"))
        return cleaned

    def commitment(self) -> Commitment:
        given = self.cleaned_data
        fields = {name: given[name] for name in Commitment.__dataclass_fields__}
        return Commitment(**(fields | {"state": State(given["state"])}))


class RecordForm(CommitmentForm):
    """With whose it is: one of those the viewer speaks for; a coordinator may name any that the forum knows."""

    organisation = OrganisationField(
        label=gettext_lazy("Which organisation?"),
        error_messages={"required": gettext_lazy("Write which organisation")},
    )

    field_order = ("organisation",)

    def __init__(self, *arguments: object, viewer: Viewer, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._own = {one.public_id: one for one in organisations_of(viewer.person)}
        self._is_coordinator = viewer.is_a("coordinator")
        if not self._is_coordinator:
            choices = [(key, name_of(one)) for key, one in self._own.items()]
            self.fields["organisation"] = forms.ChoiceField(label=gettext_lazy("Which organisation?"), choices=choices)
            self.order_fields(self.field_order)

    @property
    def is_empty_handed(self) -> bool:
        """Speaks for nobody, so there is nothing to commit."""
        return not self._own and not self._is_coordinator

    def clean_organisation(self) -> Organisation:
        given = self.cleaned_data["organisation"].strip()
        found = self._own.get(given) or (organisation_named(given, municipality=None) if self._is_coordinator else None)
        if found is None:
            raise forms.ValidationError(_("We do not know that one. Write the name as in the register"))
        return found


def said_of(anchoring: Anchoring) -> dict[str, object]:
    return {name: getattr(anchoring, name) for name in Commitment.__dataclass_fields__}


class RenewForm(forms.Form):
    until = date_field(gettext_lazy("Until when does it stand?"))

    def clean_until(self) -> object:
        if self.cleaned_data["until"] <= clock.today():
            raise forms.ValidationError(_("Choose a day that has not been"))
        return self.cleaned_data["until"]


class InternalStepForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("What must happen at your place?"),
        help_text=gettext_lazy("For example: The leader group talks about it."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what must happen")},
    )
    on = date_field(gettext_lazy("When?"))
