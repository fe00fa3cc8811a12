"""What people send about organisations, and what is wrong with a file, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.brreg import BrregError, nine_digits, read_units
from kompetanseforum.core import clock
from kompetanseforum.organisations.models import ContactWay, Department
from kompetanseforum.organisations.queries.register import known_numbers

# The whole register is some 250 MB packed.
MOST_UPLOAD_BYTES = 600 * 1024 * 1024


def _name_widget() -> forms.TextInput:
    """A field for an organisation's name: while one types, the register suggests (`organisations/_names.html` beside it)."""
    return forms.TextInput(
        attrs={
            "list": "organisation-names",
            "autocomplete": "organization",
            "hx-get": reverse_lazy("organisations:suggest"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#organisation-names",
            "hx-sync": "this:replace",
        }
    )


class OrganisationField(forms.CharField):
    """An organisation by its name, or by its number when the register or the forum knows it."""

    def __init__(self, **kwargs: Any) -> None:  # Any: what every field of Django takes
        super().__init__(max_length=160, widget=_name_widget(), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        # Else the number would stand everywhere as if it were a name.
        if (digits := nine_digits(value)) and digits not in known_numbers([digits]):
            raise forms.ValidationError(
                _("We know nobody with the number %(number)s. Write the name.") % {"number": value}
            )


def problem_text(code: str, detail: str) -> str:
    """What went wrong with the register (the codes of BrregError), and what to do."""
    texts = {
        "not_found": _("The file is gone. Upload it again."),
        "not_the_register": _(
            "This is not the register's file. Choose “enheter” or “underenheter”, as JSON or CSV, one at a time."
        ),
        "cut_off": _("The file stops in the middle. Download it again."),
        "broken_row": _("A row cannot be read (%(detail)s). Download the file again."),
        "changed_shape": _(
            "The register has changed how it writes its units (%(detail)s). Tell those who make the forum."
        ),
        "much_is_missing": _("More than half of what is here is missing from the file (%(detail)s). Is it the whole?"),
        "no_answer": _("%(detail)s did not answer. Try again in a while, or use a file."),
    }
    return texts.get(code, _("The file cannot be read.")) % {"detail": detail}


class RegisterUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file from Brønnøysund"),
        help_text=gettext_lazy("“Enheter” or “underenheter”, JSON or CSV, packed or not. They add up."),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty. Download it again."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The first unit is read at the door; the rest when the import has its turn."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD_BYTES:
            raise forms.ValidationError(problem_text("not_the_register", ""))
        try:
            next(read_units(file), None)
        except BrregError as error:
            raise forms.ValidationError(problem_text(error.code, error.detail)) from error
        file.seek(0)
        return file


class PresentForm(forms.Form):
    """What an organisation says of itself."""

    knows = forms.CharField(
        label=gettext_lazy("What do you know that others could learn from you?"),
        help_text=gettext_lazy("A few sentences, in your own words. The forum hears which skills it is about."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    wants_to_be_found = forms.BooleanField(
        label=gettext_lazy("We want to be found"),
        help_text=gettext_lazy("Then everybody sees this page, and you stand under «Who is with us»."),
        required=False,
    )
    shares_name = forms.BooleanField(
        label=gettext_lazy("Show the name of the firm"),
        help_text=gettext_lazy("The name of a sole proprietor is a person's, so we ask."),
        required=False,
    )
    departments = forms.CharField(
        label=gettext_lazy("Departments"),
        help_text=gettext_lazy("One on each line. Leave it empty in a small place."),
        required=False,
        widget=forms.Textarea,
    )
    runs_forum = forms.BooleanField(
        label=gettext_lazy("It is one of those that run the forum"),
        help_text=gettext_lazy("Those who speak for it see who has talked with which firm."),
        required=False,
    )

    def __init__(
        self, *arguments: object, is_sole_proprietor: bool, is_by_coordinator: bool, **options: object
    ) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        if not is_sole_proprietor:
            del self.fields["shares_name"]
        if not is_by_coordinator:
            del self.fields["runs_forum"]

    def clean_departments(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["departments"].splitlines() if line.strip()][:60]


class RepresentForm(forms.Form):
    """I speak for this organisation."""

    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    wants_to_be_shown = forms.BooleanField(
        label=gettext_lazy("Show my name on its page"),
        help_text=gettext_lazy("You may take it back at any time."),
        required=False,
    )
    is_spokesperson = forms.BooleanField(
        label=gettext_lazy("I work elsewhere, and speak for them"),
        help_text=gettext_lazy("For a business association, an accountant or a union."),
        required=False,
    )
    consent_from = forms.CharField(label=gettext_lazy("Who there has said yes to it?"), max_length=120, required=False)

    def __init__(self, *arguments: object, departments: list[Department], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._departments = {one.public_id: one for one in departments}
        if departments:
            field = self.fields["department"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Not said")), *((one.public_id, one.name) for one in departments)]
        else:
            del self.fields["department"]

    @property
    def chosen_department(self) -> Department | None:
        return self._departments.get(self.cleaned_data.get("department", ""))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("is_spokesperson") and not str(cleaned.get("consent_from", "")).strip():
            self.add_error("consent_from", _("Write who has said yes"))
        return cleaned


class WorkplaceForm(forms.Form):
    """Where do you work?"""

    organisation = OrganisationField(
        label=gettext_lazy("Where do you work?"),
        error_messages={"required": gettext_lazy("Write the name of your workplace")},
    )


class MemberForm(forms.Form):
    """Who takes part in a period."""

    organisation = OrganisationField(
        label=gettext_lazy("An organisation or a person"),
        help_text=gettext_lazy("One at a time. Others than those the register knows stand as you write them."),
        error_messages={"required": gettext_lazy("Write the name of one who takes part")},
    )


class ContactForm(forms.Form):
    """Who has talked with this firm: I have."""

    about = forms.CharField(
        label=gettext_lazy("What was it about?"),
        help_text=gettext_lazy("One line. Nothing about people's private matters."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write what it was about, in one line")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=ContactWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you talked")},
    )
    on = forms.DateField(
        label=gettext_lazy("When?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a date"),
            "invalid": gettext_lazy("Write the date as 2026-12-24"),
        },
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("Choose a day that has been"))
        return on
