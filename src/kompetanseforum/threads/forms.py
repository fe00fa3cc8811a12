"""What is typed when a tie is taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeBackForm(forms.Form):
    why = forms.CharField(label=_("Why?"), max_length=500, required=False)
