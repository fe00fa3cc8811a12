"""What people type to come in, and to say who they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.actions.codes import CODE_DIGITS
from kompetanseforum.accounts.models import Notices

_EMAIL_ERRORS = {
    "required": _("Write your e-mail address, so that we can send you a code"),
    "invalid": _("The e-mail address is not complete"),
}


class NameField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Your name"),
            max_length=120,
            error_messages={"required": _("Write your name, so that others know who you are")},
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **options,
        )


class EmailField(forms.EmailField):
    """Lower case: to us `Kari@…` and `kari@…` are one address."""

    def __init__(self, **options: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
        super().__init__(label=_("E-mail"), max_length=254, error_messages=_EMAIL_ERRORS, widget=widget, **options)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class SignInForm(forms.Form):
    email = EmailField()


class JoinForm(forms.Form):
    name = NameField()
    email = EmailField()


class NameForm(forms.Form):
    name = NameField()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        error_messages={"required": _("Write the code from the letter")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        max_length=20,
    )

    def clean_code(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())
        if len(digits) != CODE_DIGITS:
            raise forms.ValidationError(_("The code has six digits"))
        return digits


class PasskeyForm(forms.Form):
    name = forms.CharField(label=_("Name of the passkey"), max_length=60, required=False)


class EraseForm(forms.Form):
    voices = forms.ChoiceField(
        label=_("What you have said"),
        choices=[
            ("keep", _("Stays without you, where an organisation stands behind it")),
            ("withdraw", _("Is withdrawn, all of it")),
        ],
        widget=forms.RadioSelect,
        initial="keep",
    )
    is_sure = forms.BooleanField(
        label=_("Yes, erase me. I know that it cannot be undone"),
        error_messages={"required": _("Tick that you are sure")},
    )


class ProfileForm(forms.Form):
    name = NameField()
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    notices = forms.ChoiceField(label=_("News by e-mail"), choices=Notices.choices, widget=forms.RadioSelect)
