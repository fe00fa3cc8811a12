"""What a coordinator types to let another system in."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kompetanseforum.api.models import Scope
from kompetanseforum.api.queries.webhooks import KINDS
from kompetanseforum.core import clock
from kompetanseforum.core.sending import new_sending_key

# Whoever still needs it then makes a new one.
LONGEST_DAYS = 730


class SystemForm(forms.Form):
    """One system, named; the same form sent twice is one."""

    name = forms.CharField(
        label=_("Which system?"),
        max_length=120,
        help_text=_("So that you know it again: «Næringshagen's web site»."),
        error_messages={"required": _("Write the name of the system")},
    )
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["sending_key"].initial = new_sending_key()

    def clean_sending_key(self) -> str | None:
        return self.cleaned_data["sending_key"] or None


class TokenForm(SystemForm):
    scopes = forms.MultipleChoiceField(
        label=_("What may it do, besides reading what is open?"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = forms.DateField(
        label=_("Until when?"),
        help_text=_("At most two years."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a date"), "invalid": _("Write the date as 2026-12-24")},
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["expires_on"].initial = clock.today() + timedelta(days=365)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("expires_on")
        if chosen and not clock.today() < chosen <= clock.today() + timedelta(days=LONGEST_DAYS):
            self.add_error("expires_on", _("Choose a day from tomorrow and within two years"))
        return cleaned


class WebhookForm(SystemForm):
    url = forms.URLField(
        label=_("At which address is it told?"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https:// and is open to the internet."),
        validators=[RegexValidator(r"^https://", _("The address begins with https://"))],
        error_messages={"required": _("Write the address"), "invalid": _("Write the whole address, with https://")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is it told of?"),
        choices=list(KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )
