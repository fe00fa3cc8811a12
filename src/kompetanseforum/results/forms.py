"""What people type about a result: the change, what contributed, evidence, whom to ask, and the answer."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.core import clock
from kompetanseforum.core.sending import SendingKeyField, new_sending_key
from kompetanseforum.organisations.forms import OrganisationField
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import name_of, organisation_named
from kompetanseforum.results.actions import Harvested
from kompetanseforum.results.models import GoodFor, Kind, Reply, Result

MOST_CHARACTERS = 2000
_SO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


class ResultForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("What has changed?"),
        help_text=gettext_lazy(
            "One sentence, as you would tell it. For example: The module is part of Vg2 from January."
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what has changed, in a sentence")},
    )
    who = forms.CharField(
        label=gettext_lazy("Who changed it?"),
        help_text=gettext_lazy("A school, a firm, some people. Not the forum: it contributes, others change."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write who changed it")},
    )
    organisation = OrganisationField(
        label=gettext_lazy("Which organisation is that?"),
        help_text=gettext_lazy("When it stands in the register. Everybody sees it."),
        required=False,
    )
    on = forms.DateField(
        label=gettext_lazy("When was it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a date"),
            "invalid": gettext_lazy("Write the date as 2026-12-24"),
        },
    )
    place = forms.CharField(label=gettext_lazy("Where?"), max_length=160, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what kind of change it is")},
    )
    good_for = forms.MultipleChoiceField(
        label=gettext_lazy("For whom is it good?"),
        choices=GoodFor.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_expected = forms.ChoiceField(
        label=gettext_lazy("Did you expect it?"), choices=_SO, widget=forms.RadioSelect, required=False
    )
    is_good = forms.ChoiceField(
        label=gettext_lazy("Is it a good change?"), choices=_SO, widget=forms.RadioSelect, required=False
    )
    significance = forms.CharField(
        label=gettext_lazy("Why does it matter?"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea
    )
    contribution = forms.CharField(
        label=gettext_lazy("How did the forum contribute?"),
        help_text=gettext_lazy("What was asked, tried or said here, and how it played a part. Write «contributed to»."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write how something in the forum contributed")},
    )
    also_because = forms.CharField(
        label=gettext_lazy("What else may have led to this?"),
        help_text=gettext_lazy(
            "A new law, money from elsewhere, somebody's own idea. Telling it makes the rest easier to believe."
        ),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )
    sending_key = SendingKeyField()

    def clean_organisation(self) -> Organisation | None:
        name = self.cleaned_data["organisation"].strip()
        if not name:
            return None
        found = organisation_named(name, municipality=None)
        if found is None:
            words = _("We do not know that one. Leave it empty, or write the name as in the register")
            raise forms.ValidationError(words)
        return found

    def clean_on(self) -> object:
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("Choose a day that has been"))
        return self.cleaned_data["on"]

    def harvested(self) -> Harvested:
        given = self.cleaned_data
        fields = {name: given[name] for name in Harvested.__dataclass_fields__}
        so = {"is_expected": given["is_expected"] != "no", "is_good": given["is_good"] != "no"}
        return Harvested(**(fields | so | {"kind": Kind(given["kind"])}))


def first_words() -> dict[str, object]:
    return {"on": clock.today(), "is_expected": "yes", "is_good": "yes", "sending_key": new_sending_key()}


def said_of(result: Result) -> dict[str, object]:
    given: dict[str, object] = {name: getattr(result, name) for name in Harvested.__dataclass_fields__}
    return given | {
        "organisation": name_of(result.organisation) if result.organisation else "",
        "is_expected": "yes" if result.is_expected else "no",
        "is_good": "yes" if result.is_good else "no",
    }


class EvidenceForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("For example: The school's plan for 2027."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it is")},
    )
    url = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("The address is not complete. It begins with https://")},
    )
    words = forms.CharField(
        label=gettext_lazy("What stands there"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea
    )
    file = forms.FileField(
        label=gettext_lazy("A picture or a document"),
        help_text=gettext_lazy("PNG, JPEG or PDF, at most 8 MB."),
        required=False,
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        is_something = any(cleaned.get(name) for name in ("url", "words", "file"))
        if not is_something and not {"url", "file"} & set(self.errors):
            self.add_error("url", _("Give an address or a file, or write what stands there"))
        url = str(cleaned.get("url") or "")
        if url and not url.startswith(("https://", "http://")):
            self.add_error("url", _("The address is not complete. It begins with https://"))
        return cleaned


class AskForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail"),
        help_text=gettext_lazy("Used for this one question, and forgotten when they have answered."),
        error_messages={
            "required": gettext_lazy("Write their e-mail address"),
            "invalid": gettext_lazy("The e-mail address is not complete"),
        },
    )
    role = forms.CharField(
        label=gettext_lazy("Who are they?"),
        help_text=gettext_lazy(
            "In words that can stand openly, without a name: the leader of one of the home care services."
        ),
        max_length=160,
        error_messages={"required": gettext_lazy("Write who they are, without a name")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Which language do they read?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=gettext_lazy("Is it so?"),
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Everybody may read it."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name, if it may stand there"),
        help_text=gettext_lazy("Leave it empty, and only who you are stands there, not your name."),
        max_length=120,
        required=False,
    )
