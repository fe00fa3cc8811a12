"""Which period the report is about."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.insight.queries.report import Period


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a date"),
            "invalid": gettext_lazy("Write the date as 2026-12-24"),
        },
    )


class PeriodForm(forms.Form):
    """In the address, so that a report can be sent as a link: `?fra=2026-01-01&til=2026-06-30`."""

    fra = _day(gettext_lazy("From"))
    til = _day(gettext_lazy("To"))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("fra"), cleaned.get("til")
        if first and last and last < first:
            self.add_error("til", _("It ends before it begins"))
        return cleaned

    def period(self) -> Period:
        return Period(first=self.cleaned_data["fra"], last=self.cleaned_data["til"])
