"""What the first coordinator types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StartForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that people know who answers")},
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": _("The e-mail address is not complete")}
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
