"""What people type of an offer."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.core.tables import CellError, Problem
from kompetanseforum.core.tables.cells import days
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.offers.imports.cells import outcome_language, outcomes
from kompetanseforum.offers.models import Delivery, Level, OfferKind
from kompetanseforum.offers.queries.content import Content, OutcomeContent

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TOO_LONG = ngettext_lazy(
    "This is too long. Keep it under %(limit_value)d character.",
    "This is too long. Keep it under %(limit_value)d characters.",
    "limit_value",
)


def _not_such(label: StrPromise, *, least: int, most: int) -> dict[str, StrPromise]:
    """Each error names its field: above the form they stand together, and more than one field takes a number."""
    said = format_lazy(_("Write a number from {least} to {most} in «{label}»"), label=label, least=least, most=most)
    return {"invalid": said, "min_value": said, "max_value": said}


def _number(label: StrPromise, *, most: int, least: int = 0) -> forms.IntegerField:
    field = forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=False,
        error_messages=_not_such(label, least=least, most=most),
    )
    field.widget.attrs["class"] = "short"
    return field


class OfferForm(forms.Form):
    # In the order they stand on the page, so that what is to be put right is told in that order.
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=200,
        error_messages={"required": _("Write what the offer is called"), "max_length": _TOO_LONG},
    )
    provider = forms.CharField(
        label=_("Who gives it?"),
        max_length=160,
        error_messages={"required": _("Write the name of the school or provider"), "max_length": _TOO_LONG},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=OfferKind.choices, initial=OfferKind.COURSE, widget=forms.RadioSelect
    )
    outcomes = forms.CharField(
        label=_("What does one learn?"),
        help_text=_("One learning outcome on each line, in plain words: «weld aluminium with MIG and TIG»"),
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write at least one thing one learns"), "max_length": _TOO_LONG},
    )
    description = forms.CharField(
        label=_("What is it like?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": _TOO_LONG},
    )
    level = forms.ChoiceField(label=_("What level?"), choices=Level.choices, required=False, widget=forms.RadioSelect)
    weeks = _number(_("How many weeks?"), most=1000)
    hours_per_week = _number(_("Hours a week"), most=168)
    places_per_year = _number(_("Places a year"), most=100_000)
    credits = forms.DecimalField(
        label=_("Credits"),
        min_value=0,
        max_value=1000,
        decimal_places=1,
        required=False,
        error_messages=_not_such(_("Credits"), least=0, most=1000),
    )
    is_part_time = forms.BooleanField(label=_("Part time, beside a job"), required=False)
    starts = forms.CharField(
        label=_("When does it start?"),
        help_text=_("Such as 15.1.2027. More than one day: put a comma between them"),
        max_length=400,
        required=False,
    )
    delivery = forms.MultipleChoiceField(
        label=_("How is it taught?"), choices=Delivery.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    price_nok = _number(_("Price in kroner"), most=10_000_000)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")], initial="nb"
    )
    nkr_level = _number(_("NKR level, 1 to 8"), least=1, most=8)
    url = forms.URLField(
        label=_("Address of its own page"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("The address is not complete. Begin it with https://"), "max_length": _TOO_LONG},
    )
    # Made once per form, so that the same form sent twice is one offer.
    sending_key = SendingKeyField()
    # People do not see this field; those who fill in everything are held for a look.
    website = forms.CharField(required=False)

    def __init__(self, *arguments: object, before: Content | None = None, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._before = before
        place = self.fields["municipality"]
        assert isinstance(place, forms.ChoiceField)
        here = [(row.code, row.name) for row in municipalities(county_code=this_forum().county_code)]
        if before and before.municipality and before.municipality not in dict(here):
            here.append((before.municipality, before.municipality))
        place.choices = [("", _("Not said")), *here]

    def clean_starts(self) -> tuple[date, ...]:
        try:
            return days(re.sub(r"\s+(?:og|and)\s+", ",", self.cleaned_data["starts"]))
        except CellError as error:
            raise forms.ValidationError(Problem(0, "", error.code, error.detail).text) from error

    def clean_outcomes(self) -> str:
        try:
            found = outcomes(self.cleaned_data["outcomes"] + "\n", language="nb")
        except CellError as error:
            raise forms.ValidationError(Problem(0, "", error.code, error.detail).text) from error
        if not found:
            raise forms.ValidationError(self.fields["outcomes"].error_messages["required"])
        return "\n".join(outcome.text for outcome in found)

    def content(self) -> Content:
        """What was typed. An outcome whose words are as before keeps its code and curriculum."""
        given = self.cleaned_data
        known = {outcome.text: outcome for outcome in self._before.outcomes} if self._before else {}
        language = given["language"]
        said = [
            known.get(text) or OutcomeContent(text=text, language=outcome_language(text, language))
            for text in given["outcomes"].split("\n")
        ]
        count: Decimal | None = given["credits"] or None
        return Content(
            title=" ".join(given["title"].split()),
            kind=given["kind"],
            provider=" ".join(given["provider"].split()),
            language=language,
            description=given["description"].replace("\r\n", "\n").strip(),
            level=given["level"],
            nkr_level=given["nkr_level"],
            municipality=given["municipality"],
            delivery=tuple(given["delivery"]),
            credits=count,
            weeks=given["weeks"],
            hours_per_week=given["hours_per_week"],
            is_part_time=given["is_part_time"],
            starts=given["starts"],
            places_per_year=given["places_per_year"],
            price_nok=given["price_nok"],
            url=given["url"],
            outcomes=tuple(said),
        )

    @staticmethod
    def initial_of(content: Content) -> dict[str, object]:
        """The form as the offer stands now."""
        same = (
            "title", "provider", "kind", "description", "level", "nkr_level", "municipality", "weeks", "hours_per_week",
            "is_part_time", "credits", "places_per_year", "price_nok", "language", "url",
        )  # fmt: skip
        return {name: getattr(content, name) for name in same} | {
            "outcomes": "\n".join(outcome.text for outcome in content.outcomes),
            "delivery": list(content.delivery),
            "starts": ", ".join(f"{start.day}.{start.month}.{start.year}" for start in content.starts),
        }
