"""What people send about organisations, and what is wrong with a file, in the reader's language."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.brreg import BrregError, read_units

# The whole register is some 250 MB packed.
MOST_UPLOAD_BYTES = 600 * 1024 * 1024


def name_widget() -> forms.TextInput:
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
