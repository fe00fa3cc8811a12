"""What one asks of the log: who, what, which thing, and when."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompetanseforum.home.queries.log import LogSearch, kind_choices, minute_or_none, ref_or_none

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_A_DAY = {"invalid": _("Choose a day, or write it as 2026-11-23")}


class _DayInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """A browser's day field holds a day or nothing."""
        shown = super().format_value(value)
        return shown if shown and _DAY.fullmatch(shown) else None


class _DayField(forms.DateField):
    def __init__(self, *, label: Any) -> None:  # Any: as Django's
        widget = _DayInput(format="%Y-%m-%d")
        super().__init__(
            label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget, error_messages=_NOT_A_DAY
        )


class LogForm(forms.Form):
    hvem = forms.CharField(label=_("By whom"), required=False, max_length=120)
    hva = forms.ChoiceField(label=_("What happened"), required=False)
    fra = _DayField(label=_("From and including"))
    til = _DayField(label=_("Until and including"))
    ting = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    minutt = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django's
        super().__init__(*args, **kwargs)
        hva = self.fields["hva"]
        assert isinstance(hva, forms.ChoiceField)
        hva.choices = [("", _("Everything")), *kind_choices()]

    def clean(self) -> None:
        since, until = self.cleaned_data.get("fra"), self.cleaned_data.get("til")
        if since and until and until < since:
            self.add_error("til", _("It ends before it begins. Choose a later day."))

    def search(self) -> LogSearch:
        """What is asked for; a field that is not filled in right asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        return LogSearch(
            who=given.get("hvem", ""),
            kind=given.get("hva", ""),
            thing=ref_or_none(given.get("ting", "")),
            since=given.get("fra"),
            until=given.get("til"),
            minute=minute_or_none(given.get("minutt", "")),
        )
