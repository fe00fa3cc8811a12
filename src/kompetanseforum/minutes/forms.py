"""What people give: a text or a file, and what becomes of each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.core import clock
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.minutes.actions import Choice
from kompetanseforum.minutes.imports import Given, UnreadableFile, bounded, read_file, tidied
from kompetanseforum.minutes.models import Source
from kompetanseforum.minutes.queries import ShownProposal
from kompetanseforum.needs.forms import MOST_CHARACTERS
from kompetanseforum.needs.queries.shown import need_by_id
from kompetanseforum.organisations.forms import OrganisationField

NEW, DROP, LATER = "new", "drop", "later"


class MinutesForm(forms.Form):
    """A text or a file; the rest may be skipped."""

    text = forms.CharField(
        label=gettext_lazy("Paste the text here"), required=False, widget=forms.Textarea, strip=False
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("Word (.docx), PDF, text or a saved e-mail (.eml)."),
        required=False,
        allow_empty_file=True,
    )
    title = forms.CharField(label=gettext_lazy("What shall it be called?"), max_length=160, required=False)
    held_on = forms.DateField(
        label=gettext_lazy("When was the meeting?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the date as 2026-12-24")},
    )
    sending_key = SendingKeyField()

    given: Given | None = None

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        file: UploadedFile[bytes] | None = cleaned.get("file")
        text = tidied(str(cleaned.get("text") or ""))
        field = "file" if file is not None else "text"
        try:
            if file is not None:
                self.given = read_file(file.read())
            elif text:
                self.given = Given(bounded(text), Source.PASTED)
            elif not self.errors:
                self.add_error("text", _("Paste the text, or choose a file"))
        except UnreadableFile as error:
            self.add_error(field, error.text)
        if (held_on := cleaned.get("held_on")) and held_on > clock.today():
            self.add_error("held_on", _("Choose a day that has been"))
        return cleaned

    def title_given(self) -> str:
        """What it shall be called: as somebody wrote, else the file's name, else the text's first line."""
        assert self.given is not None
        first = next((line.strip() for line in self.given.text.splitlines() if line.strip()), "")
        return self.cleaned_data["title"].strip() or self.file_name or first[:80]

    @property
    def file_name(self) -> str:
        file: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        return (file.name or "") if file is not None else ""


class ProposalForm(forms.Form):
    """One sentence among many on the page; `prefix` is its public id."""

    choice = forms.ChoiceField(label=gettext_lazy("What becomes of it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("The need, in their words"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    organisation = OrganisationField(label=gettext_lazy("Who needs it?"), required=False)

    def __init__(self, data: Mapping[str, object] | None, *, shown: ShownProposal) -> None:
        best = shown.alike[0] if shown.alike else None
        start = {
            "choice": f"join-{best.public_id}" if best and shown.organisation else NEW,
            "words": shown.proposal.words,
            "organisation": shown.organisation,
        }
        super().__init__(data, prefix=shown.public_id, initial=start)
        self.shown = shown
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (NEW, _("A new need")),
            *((f"join-{one.public_id}", _("The same as %(title)s") % {"title": one.title}) for one in shown.alike),
            (DROP, _("No need: drop it")),
            (LATER, _("Leave it for later")),
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        chosen = str(cleaned.get("choice") or "")
        if chosen == NEW and not cleaned.get("words", "").strip():
            self.add_error("words", _("Write what they need"))
        if chosen.startswith("join-") and not cleaned.get("organisation", "").strip():
            self.add_error("organisation", _("Write who stands behind it, or make it a need of its own"))
        return cleaned

    def choice_given(self, *, kept: Sequence[str]) -> Choice | None:
        """`kept`: slugs of the chips left ticked. None when it is left for later."""
        given = self.cleaned_data
        if given["choice"] == LATER:
            return None
        joined = given["choice"].removeprefix("join-")
        need = need_by_id(joined) if any(one.public_id == joined for one in self.shown.alike) else None
        return Choice(
            proposal=self.shown.proposal,
            is_dropped=given["choice"] == DROP,
            words=given["words"].strip(),
            organisation=given["organisation"].strip(),
            need=need,
            skills_shown=[skill.uri for skill in self.shown.heard],
            skills_kept=[skill.uri for skill in self.shown.heard if skill.slug in kept],
        )
