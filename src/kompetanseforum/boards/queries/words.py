"""Words for what a board tells: sectors as they stand on a note, and why an operation was not done."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompetanse.board import ItemKind, Refusal
from kompetanseforum.organisations.models import Sector

# Shorter than the sectors' full names: they stand on every note, and are chosen on a phone.
SECTOR_WORDS: Mapping[str, str | Promise] = {
    Sector.BUSINESS.value: pgettext_lazy("on a note", "Working life"),
    Sector.EDUCATION.value: pgettext_lazy("on a note", "Education"),
    Sector.PUBLIC.value: pgettext_lazy("on a note", "Public sector"),
    Sector.SOCIAL_PARTNER.value: pgettext_lazy("on a note", "Social partners"),
    Sector.STUDENT.value: pgettext_lazy("on a note", "Pupils and apprentices"),
    Sector.VOLUNTARY.value: pgettext_lazy("on a note", "Voluntary sector"),
    Sector.RESEARCH.value: pgettext_lazy("on a note", "Research"),
}

REFUSALS: Mapping[Refusal, str | Promise] = {
    Refusal.MALFORMED: _("It could not be read. Load the page again, and try once more."),
    Refusal.EMPTY: _("Write something on the note"),
    Refusal.TOO_LONG: _("A note holds 500 letters. Make it shorter, or write two."),
    Refusal.GONE: _("The note is not there any more."),
    Refusal.TAKEN: _("It is there already."),
    Refusal.PLACE: _("It cannot lie there. Choose another place."),
    Refusal.CONFLICT: _("Somebody else has changed it since. Nothing was overwritten."),
    Refusal.NOT_NOW: _("That is not open in this phase."),
    Refusal.APPROVED: _("It is let through as it stands. Write a new note instead."),
}

# Said to a note, so in the first person or as a question to it.
REACTION_WORDS: Mapping[str, str | Promise] = {
    "agree": pgettext_lazy("said to a note", "agree"),
    "question": pgettext_lazy("said to a note", "have a question"),
    "join": pgettext_lazy("said to a note", "want to join"),
}

KIND_WORDS: Mapping[ItemKind, str | Promise] = {
    ItemKind.COLUMN: pgettext_lazy("on the canvas", "Frame"),
    ItemKind.GROUP: pgettext_lazy("on the canvas", "Group"),
    ItemKind.NOTE: pgettext_lazy("on the canvas", "Note"),
    ItemKind.TEXT: pgettext_lazy("on the canvas", "Text"),
    ItemKind.SHAPE: pgettext_lazy("on the canvas", "Shape"),
    ItemKind.CONNECTOR: pgettext_lazy("on the canvas", "Connector"),
    ItemKind.INK: pgettext_lazy("on the canvas", "Stroke"),
    ItemKind.FILE: pgettext_lazy("on the canvas", "File"),
}

LOOK_WORDS: Mapping[str, str | Promise] = {
    "rectangle": pgettext_lazy("on the canvas", "Rectangle"),
    "ellipse": pgettext_lazy("on the canvas", "Ellipse"),
    "diamond": pgettext_lazy("on the canvas", "Diamond"),
    "arrow": pgettext_lazy("on the canvas", "Arrow"),
    "line": pgettext_lazy("on the canvas", "Line"),
}
