"""What people choose: a file and whose it is, and which of its columns is which of ours."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kompetanseforum.core.bringing import Intake
from kompetanseforum.core.tables import MOST_MEGABYTES, TableError, match_columns
from kompetanseforum.core.tables.columns import NOT_USED
from kompetanseforum.intake.models import Batch


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("The file is empty. Choose one with something in it."),
        },
    )
    name = forms.CharField(
        max_length=50,
        error_messages={
            "required": gettext_lazy("Write whose it is"),
            "max_length": ngettext_lazy(
                "This is too long. Keep it under %(limit_value)d character.",
                "This is too long. Keep it under %(limit_value)d characters.",
                "limit_value",
            ),
        },
    )

    def __init__(self, *arguments: object, intake: Intake, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["file"].help_text = str(intake.files)
        if intake.name_label:
            self.fields["name"].label = str(intake.name_label)
            self.fields["name"].help_text = str(intake.name_help)
        else:
            del self.fields["name"]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(TableError("too_big", str(MOST_MEGABYTES)).problem.text)
        return file


class ColumnsForm(forms.Form):
    """One choice for each heading of the file, as it is guessed or was said before."""

    def __init__(self, *arguments: object, batch: Batch, intake: Intake, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._intake = intake
        self.headings: dict[str, str] = {}
        columns = match_columns([heading for heading, _cells in batch.headings], intake.columns, chosen=batch.matching)
        choices = [
            (NOT_USED, _("Not used")),
            *((column.key, column.label) for column in intake.columns),
        ]
        for position, (heading, cells) in enumerate(batch.headings):
            name = f"column_{position}"
            self.headings[name] = heading
            self.fields[name] = forms.ChoiceField(
                label=heading,
                help_text=", ".join(f"«{cell}»" for cell in cells),
                choices=choices,
                initial=columns.keys.get(position, NOT_USED),
                required=False,
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for name, heading in self.headings.items():
            key = cleaned.get(name)
            if not key or key == NOT_USED:
                continue
            if key in taken:
                self.add_error(
                    name,
                    _("«%(other)s» is that column already. Choose another, or «Not used».") % {"other": taken[key]},
                )
            taken.setdefault(key, heading)
        for column in self._intake.columns:
            if column.is_required and column.key not in taken:
                self.add_error(None, _("Say which column is «%(column)s».") % {"column": column.label})
        return cleaned

    def matching(self) -> dict[str, str]:
        return {heading: self.cleaned_data[name] or NOT_USED for name, heading in self.headings.items()}


class FeedForm(forms.Form):
    """An address at a source, and how often it is read."""

    address = forms.URLField(
        label=gettext_lazy("The address"),
        help_text=gettext_lazy(
            "Begins with https:// and answers with a table, a file for machines, or a page that has courses in it."
        ),
        max_length=400,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Write the address"),
            "invalid": gettext_lazy("The address is not complete. Begin it with https://"),
        },
    )
    name = forms.CharField(max_length=50, error_messages={"required": gettext_lazy("Write whose it is")})
    every_days = forms.ChoiceField(
        label=gettext_lazy("How often is it read?"),
        choices=[
            ("1", gettext_lazy("Every day")),
            ("7", gettext_lazy("Every week")),
            ("30", gettext_lazy("Every month")),
        ],
        initial="7",
    )

    def __init__(self, *arguments: object, intake: Intake, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["name"].label = str(intake.name_label)
        self.fields["name"].help_text = str(intake.name_help)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith("https://"):
            raise forms.ValidationError(_("The address is not complete. Begin it with https://"))
        return address
