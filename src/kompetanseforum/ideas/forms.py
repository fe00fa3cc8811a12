"""What is typed about an idea: one field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.needs.forms import MOST_CHARACTERS


class IdeaForm(forms.Form):
    words = forms.CharField(
        label=_("Write it as you would say it to a colleague"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": _("Write your idea")},
    )
    # Made once per form, so that the same form sent twice is one idea.
    sending_key = SendingKeyField()
    # People do not see this field; those who fill in everything are held for a look.
    website = forms.CharField(required=False)
    # Where it came up, as Ref text.
    raised_in = forms.CharField(max_length=80, required=False)
