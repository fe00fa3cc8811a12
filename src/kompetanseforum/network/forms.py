"""What people say of themselves, and what they want to talk about."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanseforum.network.actions import CardSaid
from kompetanseforum.network.models import Side

_HELP = _("One line, in your own words.")


class CardForm(forms.Form):
    knows = forms.CharField(label=_("What do you know?"), help_text=_HELP, max_length=300, required=False)
    offers = forms.CharField(label=_("What can you offer others?"), help_text=_HELP, max_length=300, required=False)
    needs = forms.CharField(label=_("What do you look for?"), help_text=_HELP, max_length=300, required=False)
    wants_to_be_found = forms.BooleanField(
        label=_("I want to be found"),
        help_text=_(
            "Your name and these lines stand under «Who is with us», for everybody. You may take it back at any time."
        ),
        required=False,
    )
    may_be_asked = forms.BooleanField(
        label=_("Others may ask me for a talk"),
        help_text=_("Those who are signed in. They see your e-mail and phone only when you say yes."),
        required=False,
    )

    def said(self) -> CardSaid:
        given = self.cleaned_data
        return CardSaid(
            wants_to_be_found=given["wants_to_be_found"],
            may_be_asked=given["may_be_asked"],
            words={side: given[side.value] for side in Side},
        )


class TalkForm(forms.Form):
    about = forms.CharField(
        label=_("What do you want to talk about?"),
        help_text=_("One line."),
        max_length=200,
        error_messages={"required": _("Write what it is about, in one line")},
    )
