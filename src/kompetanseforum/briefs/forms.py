"""What people type: a brief, to whom it goes, an answer, and what somebody can put in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.briefs.actions import AnswerSaid, Asked, BriefSaid
from kompetanseforum.briefs.models import Brief, Delivery, Gift, Kind, Language, Level, Payer, Reason, Time
from kompetanseforum.briefs.queries.missing import missing_in
from kompetanseforum.briefs.queries.preparing import Educator, Prepared
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.core import clock
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.core.text import capital
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Organisation

_NUMBER = {
    "invalid": gettext_lazy("Write a number in figures"),
    "min_value": gettext_lazy("Write a number in figures"),
    "max_value": gettext_lazy("The number is too large. The most is %(limit_value)s"),
}
_DATE = {
    "required": gettext_lazy("Choose a date"),
    "invalid": gettext_lazy("Write the date as 2026-12-24"),
}


def _date(label: object, **options: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=_DATE, **options)  # type: ignore[arg-type]


def _chips(label: object, choices: Sequence[tuple[object, object]], **options: object) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,  # type: ignore[arg-type]
    )


def _number(label: object, *, most: int) -> forms.IntegerField:
    field = forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        min_value=1,
        max_value=most,
        required=False,
        error_messages=_NUMBER,
    )
    field.widget.attrs["class"] = "short"
    return field


class WhomForm(forms.Form):
    """Educators to ask: those we know, and one that is named."""

    to = _chips(gettext_lazy("Who is asked?"), ())
    other = OrganisationField(label=gettext_lazy("Somebody else"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail"),
        help_text=gettext_lazy("They get a link to answer by, without an account."),
        required=False,
    )

    def __init__(self, *arguments: object, educators: Sequence[Educator] = (), **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.educators = {one.organisation.public_id: one for one in educators}
        self._choices("to", [(key, one.organisation.name) for key, one in self.educators.items()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def asked(self, *, other: Organisation | None) -> list[Asked]:
        """Those chosen, and the one named, each once."""
        given = self.cleaned_data
        chosen = [Asked(organisation=self.educators[key].organisation) for key in given["to"]]
        if other is not None:
            chosen = [one for one in chosen if one.organisation.pk != other.pk]
            chosen.append(Asked(organisation=other, email=given["email"]))
        return chosen


class BriefForm(WhomForm):
    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write what it is about, in a few words")},
    )
    about = forms.CharField(
        label=gettext_lazy("What should they be able to do afterwards?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    people = _number(gettext_lazy("How many?"), most=10_000)
    hours_per_week = _number(gettext_lazy("Hours a week"), most=60)
    level = forms.ChoiceField(
        label=gettext_lazy("What level?"), choices=Level.choices, required=False, widget=forms.RadioSelect
    )
    starts_from = _date(gettext_lazy("Earliest start"), required=False)
    starts_by = _date(gettext_lazy("Latest start"), required=False)
    delivery = _chips(gettext_lazy("Where?"), Delivery.choices)
    times = _chips(gettext_lazy("When in the week?"), Time.choices)
    place = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    payer = forms.ChoiceField(
        label=gettext_lazy("Who pays?"), choices=Payer.choices, required=False, widget=forms.RadioSelect
    )
    languages = _chips(gettext_lazy("Language"), Language.choices)
    answer_by = _date(gettext_lazy("When do we want an answer?"), required=False)
    sending_key = SendingKeyField()

    def __init__(self, *arguments: object, is_sent: bool = False, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._is_sent = is_sent
        self._places = {row.code: row for row in municipalities(county_code=this_forum().county_code)}
        self._choices("place", [("", _("Not said")), *((code, row.name) for code, row in self._places.items())])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_from"), cleaned.get("starts_by")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("starts_by", _("The latest start comes before the earliest"))
        if isinstance(last, date) and last < clock.today():
            self.add_error("starts_by", _("Choose a day that has not been"))
        if self._is_sent:
            self._check_complete(cleaned)
        return cleaned

    def _check_complete(self, cleaned: dict[str, object]) -> None:
        """Education must be able to answer, and somebody must be asked."""
        place = self._place(cleaned)
        names = ("people", "starts_by", "hours_per_week", "delivery", "payer", "languages")
        brief = Brief(place=place, level=self._level(cleaned), **{name: cleaned.get(name) or "" for name in names})
        for field, reason in missing_in(brief):
            if field not in self.errors:
                self.add_error(field, capital(reason))
        if not cleaned.get("to") and not cleaned.get("other"):
            self.add_error("to", _("Choose whom to ask"))

    def _place(self, cleaned: dict[str, object]) -> Municipality | None:
        return self._places.get(str(cleaned.get("place", "")))

    @staticmethod
    def _level(cleaned: dict[str, object]) -> int | None:
        return int(str(cleaned["level"])) if cleaned.get("level") else None

    def said(self, *, skills: Sequence[int]) -> BriefSaid:
        given = self.cleaned_data
        return BriefSaid(
            title=" ".join(given["title"].split()),
            about=given["about"].replace("\r\n", "\n").strip(),
            people=given["people"],
            level=self._level(given),
            starts_from=given["starts_from"],
            starts_by=given["starts_by"],
            hours_per_week=given["hours_per_week"],
            delivery=given["delivery"],
            times=given["times"],
            languages=given["languages"],
            place=self._place(given),
            payer=given["payer"],
            answer_by=given["answer_by"],
            skills=skills,
        )

    @staticmethod
    def initial_of(brief: Brief | Prepared) -> dict[str, object]:
        """As a brief stands, or as the needs say it."""
        same = ("title", "people", "level", "starts_from", "starts_by", "delivery", "times", "languages", "answer_by")
        found: dict[str, object] = {name: getattr(brief, name) for name in same}
        if isinstance(brief, Prepared):
            return found | {"place": brief.place}
        return found | {
            "about": brief.about,
            "hours_per_week": brief.hours_per_week,
            "payer": brief.payer,
            "place": brief.place.code if brief.place else "",
        }


class SendForm(WhomForm):
    """To more educators."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("to") and not cleaned.get("other"):
            self.add_error("to", _("Choose whom to ask"))
        return cleaned


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you answer?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Yes, but otherwise: what instead? No: because … Those who asked read what you write."),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    reason = forms.ChoiceField(label=gettext_lazy("If no: what is it about?"), required=False)
    until = _date(gettext_lazy("If it is being decided: by when?"), required=False)
    offer = forms.ChoiceField(label=gettext_lazy("If yes: is it one of your offers?"), required=False)
    sending_key = SendingKeyField()

    def __init__(self, *arguments: object, offers: Sequence[Offer], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._offers = {offer.public_id: offer for offer in offers}
        reason, offer_field = self.fields["reason"], self.fields["offer"]
        assert isinstance(reason, forms.ChoiceField) and isinstance(offer_field, forms.ChoiceField)
        reason.choices = [("", _("Not said")), *Reason.choices]
        offer_field.choices = [("", _("Not yet")), *((key, one.title) for key, one in self._offers.items())]
        if not self._offers:
            del self.fields["offer"]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        kind, words, until = cleaned.get("kind"), cleaned.get("words"), cleaned.get("until")
        if kind == Kind.ADAPT and not words:
            self.add_error("words", _("Write what you can give instead"))
        if kind == Kind.NO and not words:
            self.add_error("words", _("Write why, so that those who asked know"))
        if kind == Kind.NO and not cleaned.get("reason"):
            self.add_error("reason", _("Choose what it is about"))
        if kind == Kind.DECIDING and not until and "until" not in self.errors:
            self.add_error("until", _("Choose a date"))
        if isinstance(until, date) and until < clock.today():
            self.add_error("until", _("Choose a day that has not been"))
        return cleaned

    def said(self) -> AnswerSaid:
        given = self.cleaned_data
        return AnswerSaid(
            kind=Kind(given["kind"]),
            words=" ".join(given["words"].split()),
            reason=given["reason"],
            until=given["until"],
            offer=self._offers.get(given.get("offer", "")),
        )


class PledgeForm(forms.Form):
    organisation = OrganisationField(
        label=gettext_lazy("Who can put it in?"),
        error_messages={"required": gettext_lazy("Write the name of your workplace")},
    )
    gift = forms.ChoiceField(
        label=gettext_lazy("What can you put in?"),
        choices=Gift.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is")},
    )
    words = forms.CharField(
        label=gettext_lazy("Say it in a line"),
        help_text=gettext_lazy("Such as: the hall is free on Tuesdays after four"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what you can put in")},
    )
    name_is_public = forms.BooleanField(label=gettext_lazy("Show our name"), required=False)
    sending_key = SendingKeyField()

    def __init__(self, *arguments: object, own: Sequence[Organisation], **options: object) -> None:
        """`own` are those the one who asks speaks for: one of them is chosen. Nobody's: the name is typed."""
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._own = {one.public_id: one for one in own}
        if own:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Who can put it in?"), choices=[(key, one.name) for key, one in self._own.items()]
            )

    @property
    def chosen(self) -> Organisation | None:
        """None where the name was typed."""
        return self._own.get(self.cleaned_data["organisation"])
