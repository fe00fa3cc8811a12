"""What is typed about a board, and by those who come to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompetanse.board import LOOKS, MOST_CHARACTERS, ItemKind, Wish, read_wish
from kompetanseforum.boards.actions import Done
from kompetanseforum.boards.queries.patterns import PATTERNS
from kompetanseforum.boards.queries.words import LOOK_WORDS, SECTOR_WORDS
from kompetanseforum.codes.queries import municipalities
from kompetanseforum.forum.queries import this_forum


class BoardForm(forms.Form):
    title = forms.CharField(
        label=_("What is it about?"),
        max_length=120,
        error_messages={"required": _("Write what the board is about")},
    )
    occasion = forms.CharField(
        label=_("Where and when?"),
        help_text=_("Such as «Gathering in Halden, 23 November»."),
        max_length=160,
        required=False,
    )
    pattern = forms.ChoiceField(
        label=_("Way of working"),
        choices=[(pattern.key, pattern.title) for pattern in PATTERNS],
        initial=PATTERNS[0].key,
        widget=forms.RadioSelect,
    )
    with_examples = forms.BooleanField(
        label=_("Put an example under each heading"),
        help_text=_("So that nobody meets an empty board. Delete them as you delete any note."),
        required=False,
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("It stands on the screen in the room, such as GLOMMA 427."),
        max_length=40,
        error_messages={"required": _("Write the code that stands on the screen")},
    )


class JoinForm(forms.Form):
    alias = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("First name, initials or anything you like."),
        max_length=40,
        error_messages={"required": _("Write a name, it may be made up")},
    )
    sector = forms.ChoiceField(
        label=_("Where do you come from?"),
        help_text=_("May be skipped. It stands on your notes."),
        choices=[("", ""), *SECTOR_WORDS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    sending_key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={"required": _("Write your e-mail address"), "invalid": _("Write it as name@example.org")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Write a note"),
        max_length=MOST_CHARACTERS,
        error_messages={
            "required": _("Write something on the note"),
            "max_length": _("A note holds 500 letters. Make it shorter, or write two."),
        },
    )
    inside = forms.CharField(max_length=10)
    sector = forms.ChoiceField(choices=[("", ""), *SECTOR_WORDS.items()], required=False)
    op_id = forms.CharField(max_length=40, required=False)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("The table with the notes"),
        help_text=_("CSV or XLSX."),
        error_messages={
            "required": _("Choose a file first"),
            "empty": _("The file is empty. Choose one with something in it."),
        },
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Picture or document"),
        help_text=_("PNG, JPEG or PDF, at most 8 MB."),
        error_messages={"required": _("Choose a file first")},
    )
    words = forms.CharField(
        label=_("What does it show?"),
        help_text=_("For those who cannot see it. It stands beside the file in the list."),
        max_length=MOST_CHARACTERS,
        error_messages={"required": _("Write what it shows, in a few words")},
    )
    op_id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


_WHATS = (
    ("text", pgettext_lazy("on the canvas", "Text")),
    *((look, LOOK_WORDS[look]) for look in (*LOOKS[ItemKind.SHAPE], *LOOKS[ItemKind.CONNECTOR])),
)


class DrawForm(forms.Form):
    what = forms.ChoiceField(label=_("What shall be added?"), choices=_WHATS)
    text = forms.CharField(
        label=_("What does it say?"),
        help_text=_("A shape, an arrow and a line may say nothing."),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    frame = forms.ChoiceField(label=_("In which frame?"), required=False)
    one = forms.ChoiceField(label=_("An arrow or a line: from"), required=False)
    other = forms.ChoiceField(label=_("To"), required=False)
    op_id = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, frames: list[tuple[str, str]], things: list[tuple[str, str]], **options: Any
    ) -> None:  # Any: Django's own arguments
        super().__init__(*args, **options)
        for name, choices in (("frame", frames), ("one", [("", "–"), *things]), ("other", [("", "–"), *things])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def kind(self) -> ItemKind:
        chosen = self.cleaned_data["what"]
        return next((kind for kind, looks in LOOKS.items() if chosen in looks), ItemKind.TEXT)

    @property
    def look(self) -> str:
        return "" if self.kind == ItemKind.TEXT else str(self.cleaned_data["what"])

    @property
    def inside(self) -> str:
        return "" if self.kind == ItemKind.CONNECTOR else str(self.cleaned_data["frame"])

    @property
    def path(self) -> str:
        given = self.cleaned_data
        return f"{given['one']}>{given['other']}" if self.kind == ItemKind.CONNECTOR else ""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "what" not in given:
            return given
        if self.kind == ItemKind.TEXT and not given.get("text"):
            self.add_error("text", _("Write what it shall say"))
        if self.kind == ItemKind.CONNECTOR and (not given.get("one") or given.get("one") == given.get("other")):
            self.add_error("one", _("Choose the two that it joins"))
        return given


class NeedForm(forms.Form):
    words = forms.CharField(
        label=_("The need, in the words of those who wrote"),
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what is needed")},
    )
    people = forms.IntegerField(label=_("How many need it?"), min_value=1, max_value=5000, initial=1)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    sending_key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: Django's own arguments
        super().__init__(*args, **options)
        here = municipalities(county_code=this_forum().county_code)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((place.code, place.name) for place in here)]


# What a browser's script sends

# A device that was offline sends what it kept, so many at a time.
MOST_AT_ONCE = 50


def wishes_in(sent: object) -> tuple[list[Wish], list[Done]]:
    """Operations out of a message, and answers to those that are none. Never raises."""
    wishes: list[Wish] = []
    refused: list[Done] = []
    for each in sent[:MOST_AT_ONCE] if isinstance(sent, list) else []:
        read = read_wish(each)
        if isinstance(read, Wish):
            wishes.append(read)
        else:
            op_id = each.get("id", "") if isinstance(each, dict) else ""
            refused.append(Done(op_id if isinstance(op_id, str) else "", refusal=read))
    return wishes, refused


def answer(done: Done) -> dict[str, object]:
    """As the browser's script reads it: the number, or why not."""
    return {"id": done.op_id, "seq": done.seq} if done.refusal is None else {"id": done.op_id, "no": done.refusal.value}
