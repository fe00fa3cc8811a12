"""The form for an ESCO file, and what is wrong with a file, in the reader's language."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.esco import EscoFileError, check_upload, guess_version, version_key

# The official zip of one language is 6 MB.
MOST_UPLOAD_BYTES = 100 * 1024 * 1024


def problem_text(code: str, detail: str) -> str:
    """What is wrong with an ESCO file (the codes of EscoFileError), and what to do."""
    texts = {
        "not_found": _("The file is gone. Upload it again."),
        "not_a_zip": _("“%(detail)s” is not a zip file. Choose the zip as you got it from ESCO."),
        "damaged_zip": _("The zip file is damaged. Download it from ESCO again."),
        "no_known_files": _(
            "None of ESCO's files were found in “%(detail)s”, such as skills_nb.csv or occupations_nb.csv."
        ),
        "wrong_encoding": _("“%(detail)s” is not in UTF-8. Choose the file as you got it from ESCO."),
        "missing_column": _("A column is missing: %(detail)s. Choose the file as you got it from ESCO."),
        "cut_off": _("The file stops in the middle (%(detail)s). Download it from ESCO again."),
        "broken_row": _("A row cannot be read (%(detail)s). Download the file from ESCO again."),
        "too_large": _("The file is too large. The whole of ESCO in one language is 60 MB unpacked."),
        "unknown_version": _("We cannot tell which version this is. Write it in, such as 1.2.0."),
        "Busy": _("%(detail)s has too much to do just now."),
        "Unreachable": _("%(detail)s did not answer."),
        "Unreadable": _("%(detail)s answered in a way the forum does not understand."),
        "NotAllowed": _("The forum may not ask %(detail)s. Whoever runs the forum can allow it."),
        "Refused": _("%(detail)s said no to the question."),
        "Missing": _("%(detail)s has nothing at that address."),
        "Gone": _("%(detail)s has taken it away for good."),
        "much_is_missing": _("Much of what is here is missing from the file (%(detail)s). Is it the whole of ESCO?"),
    }
    return texts.get(code, _("The file cannot be read.")) % {"detail": detail}


class EscoUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The zip file from ESCO"),
        help_text=gettext_lazy("Choose CSV when you download it. One language at a time; they add up."),
        error_messages={
            "required": gettext_lazy("Choose the zip file."),
            "empty": gettext_lazy("The file is empty. Download it from ESCO again."),
        },
    )
    version = forms.CharField(
        label=gettext_lazy("Version"),
        help_text=gettext_lazy("Only if it does not stand in the file's name."),
        required=False,
        max_length=20,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_UPLOAD_BYTES:
            raise forms.ValidationError(problem_text("too_large", ""))
        try:
            check_upload(file, name=file.name or "")
        except EscoFileError as error:
            raise forms.ValidationError(problem_text(error.code, error.detail)) from error
        file.seek(0)
        return file

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"]).strip()
        file = self.cleaned_data.get("file")
        guessed = guess_version(file.name or "") if file else None
        try:
            version_key(version or guessed or "")
        except ValueError as error:
            if version or file:
                raise forms.ValidationError(problem_text("unknown_version", "")) from error
        return version


class EscoLanguagesForm(forms.Form):
    """Beside bokmål and English, which come anyhow."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Other languages too"),
        choices=[
            ("sv", "Svenska"),
            ("da", "Dansk"),
            ("fi", "Suomi"),
            ("de", "Deutsch"),
            ("pl", "Polski"),
            ("lt", "Lietuvių"),
            ("uk", "Українська"),
            ("ar", "العربية"),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
