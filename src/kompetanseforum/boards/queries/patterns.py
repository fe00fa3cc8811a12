"""Reads: the ways of working that a board can be opened with, each filled, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompetanse.board import PhaseKind

Text = str | Promise


@dataclass(frozen=True, slots=True)
class PhasePlan:
    kind: PhaseKind
    minutes: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of working: what it is good for, its columns, its phases with their minutes, and a note for each column."""

    key: str
    title: Text
    use: Text
    columns: tuple[Text, ...]
    phases: tuple[PhasePlan, ...]
    # What might stand under each, to see how it is meant.
    examples: tuple[Text, ...]

    @property
    def minutes(self) -> int:
        return sum(phase.minutes for phase in self.phases)


TITLES: Mapping[PhaseKind, Text] = {
    PhaseKind.WELCOME: pgettext_lazy("phase", "Welcome"),
    PhaseKind.WRITE: pgettext_lazy("phase", "Write alone"),
    PhaseKind.SHOW: pgettext_lazy("phase", "Show all"),
    PhaseKind.GROUP: pgettext_lazy("phase", "Group"),
    PhaseKind.VOTE: pgettext_lazy("phase", "Vote"),
    PhaseKind.COMMIT: pgettext_lazy("phase", "Commit"),
    PhaseKind.SUMMARY: pgettext_lazy("phase", "Summary"),
    PhaseKind.FREE: pgettext_lazy("phase", "Write together"),
    PhaseKind.TEXT: pgettext_lazy("phase", "Write the text"),
}

PROMPTS: Mapping[PhaseKind, Text] = {
    PhaseKind.WELCOME: _("We begin in a moment. Read the headings meanwhile."),
    PhaseKind.WRITE: _("One thought on each note. Others see them only when all are shown."),
    PhaseKind.SHOW: _("Read what the others have written. Ask if something is unclear."),
    PhaseKind.GROUP: _("Move notes that belong together under the same heading."),
    PhaseKind.VOTE: _("Put your dots where you want us to begin. Nobody sees them before the vote is closed."),
    PhaseKind.COMMIT: _("Choose what we go on with. Say what you can bring, as a comment on the note."),
    PhaseKind.SUMMARY: _("This is what we came to. The board stays here."),
    PhaseKind.FREE: _("Write, move and merge as you like."),
    PhaseKind.TEXT: _("Everybody may change every paragraph. When two change the same one, both texts are kept."),
}


def _plan(*pairs: tuple[PhaseKind, int]) -> tuple[PhasePlan, ...]:
    return tuple(PhasePlan(kind, minutes) for kind, minutes in pairs)


_HOUR = _plan(
    (PhaseKind.WELCOME, 2),
    (PhaseKind.WRITE, 8),
    (PhaseKind.SHOW, 10),
    (PhaseKind.GROUP, 14),
    (PhaseKind.VOTE, 6),
    (PhaseKind.COMMIT, 20),
    (PhaseKind.SUMMARY, 0),
)
# The way of working that is a text and no wall.
SHARED_TEXT = "shared_text"
_SHORT = _plan(
    (PhaseKind.WRITE, 5), (PhaseKind.SHOW, 5), (PhaseKind.GROUP, 7), (PhaseKind.VOTE, 3), (PhaseKind.SUMMARY, 0)
)

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "need_to_action",
        _("From need to action"),
        _("An hour from what is hard to who does what. Works with 5 to 100 people."),
        (_("What stops us?"), _("What can we try?"), _("What can we bring?")),
        _HOUR,
        (
            _("Nobody here can repair the new welding robot"),
            _("A teacher comes to us two days a month"),
            _("A workshop with room for four"),
        ),
    ),
    Pattern(
        "start_stop_continue",
        _("Start, stop, go on"),
        _("After a term or a project: what to do differently next time."),
        (_("Start"), _("Stop"), _("Continue")),
        _SHORT,
        (
            _("Ask the firms before the term begins"),
            _("Meetings without an agenda"),
            _("Visits where pupils may try the work"),
        ),
    ),
    Pattern(
        "one_two_four_all",
        _("One, two, four, all"),
        _("Everybody thinks alone first, then in pairs and fours. Good when some talk a lot."),
        (_("Alone"), _("In pairs"), _("In fours"), _("All of us")),
        _plan(
            (PhaseKind.WRITE, 3),
            (PhaseKind.SHOW, 5),
            (PhaseKind.GROUP, 10),
            (PhaseKind.VOTE, 4),
            (PhaseKind.SUMMARY, 0),
        ),
        (
            _("I wish somebody showed me how it is done"),
            _("We both learnt most at work"),
            _("Three of us lack the same course"),
            _("Begin with one firm and one class"),
        ),
    ),
    Pattern(
        "letter_from_the_future",
        _("Letter from the future"),
        _("It is three years from now and it went well. What happened on the way?"),
        (_("This is how it is now"), _("This is what we did first"), _("This nearly stopped us")),
        _HOUR,
        (
            _("Every firm knows whom to ring"),
            _("Two firms shared one apprentice"),
            _("Nobody had set aside time"),
        ),
    ),
    Pattern(
        "skills_map",
        _("Skills map"),
        _("What a trade can do today, what it will need, and who can teach it."),
        (_("We can do this"), _("We will need this"), _("They can teach it")),
        _HOUR,
        (
            _("Sheet metal and MIG welding"),
            _("Reading data from the machines"),
            _("The college in Halden, from autumn"),
        ),
    ),
    Pattern(
        "lean_coffee",
        _("Lean coffee"),
        _("No agenda: those who are here suggest, vote and talk."),
        (_("To talk about"), _("We talk about"), _("We have talked about")),
        _plan(
            (PhaseKind.WRITE, 5),
            (PhaseKind.SHOW, 3),
            (PhaseKind.VOTE, 3),
            (PhaseKind.COMMIT, 30),
            (PhaseKind.SUMMARY, 0),
        ),
        (
            _("How do we find instructors?"),
            _("Evening courses, or days?"),
            _("We try one evening a week"),
        ),
    ),
    Pattern(
        "company_visit",
        _("After a company visit"),
        _("What teachers and students saw, while they remember it."),
        (_("We saw"), _("We were surprised by"), _("We take with us")),
        _SHORT,
        (
            _("Everybody plans their own day"),
            _("So much is done on a screen"),
            _("Ask for tasks from real orders"),
        ),
    ),
    Pattern(
        "silent_idea_cafe",
        _("Silent idea café"),
        _("Everybody writes on everything, without talking. Good with many languages in the room."),
        (_("Ideas"), _("Build on"), _("Who knows more?")),
        _plan((PhaseKind.FREE, 25), (PhaseKind.VOTE, 5), (PhaseKind.SUMMARY, 0)),
        (
            _("Lend each other machines"),
            _("Begin with those that stand still on Fridays"),
            _("The caretaker at the school"),
        ),
    ),
    Pattern(
        "pilot_learning",
        _("What the trial taught us"),
        _("In the middle of a trial or after it, also one that was stopped."),
        (_("We tried"), _("We saw"), _("We learnt"), _("Next we")),
        _SHORT,
        (
            _("One day a week at the firm"),
            _("Those who came had done the task at home"),
            _("Short tasks work best"),
            _("Try it with two firms"),
        ),
    ),
    Pattern(
        "open_wall",
        _("Open wall"),
        _("No phases and no clock. For what lies open over time."),
        (_("Ideas"), _("Questions"), _("Agreed")),
        _plan((PhaseKind.FREE, 0)),
        (
            _("A list of who can show what"),
            _("Who pays for the bus?"),
            _("First meeting in January"),
        ),
    ),
    Pattern(
        SHARED_TEXT,
        _("Text written together"),
        _("Minutes or the text of a challenge: several write at once, paragraph by paragraph."),
        (_("What we talked about"), _("What we agreed on"), _("Who does what, and when")),
        _plan((PhaseKind.TEXT, 0)),
        (
            _("The firms told what they need until summer."),
            _("We try one evening a week from January."),
            _("Kari asks the college by Friday."),
        ),
    ),
)


def pattern_called(key: str) -> Pattern:
    """Raises KeyError for one that is not there."""
    return {pattern.key: pattern for pattern in PATTERNS}[key]
