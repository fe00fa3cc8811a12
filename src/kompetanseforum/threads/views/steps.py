"""A thread's steps in the reader's words, as `ui/thread.html` takes them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.core.capability import Step
from kompetanseforum.core.text import capital, day, in_words
from kompetanseforum.threads.queries import PlacedStep, ShownThread


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One step as `ui/thread.html` takes it."""

    when: str = ""
    title: str = ""
    url: str = ""
    text: str = ""
    side: str = "answered"
    dot: str = "ring"
    line: str = "solid"
    is_here: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    noes: tuple[tuple[str, str], ...] = ()


def drawn(thread: ShownThread) -> list[DrawnStep]:
    """Each step in the reader's words; the line to what is not yet is dashed."""
    return [_drawn(one, after=after) for one, after in zip_longest(thread.steps, thread.steps[1:])]


def _drawn(placed: PlacedStep, *, after: PlacedStep | None) -> DrawnStep:
    leads_to_not_yet = after is not None and after.step is not None and after.step.dot == "open"
    line = "dashed" if leads_to_not_yet else "solid"
    step = placed.step
    if step is None:
        # Its side would tell what it is.
        return DrawnStep(title=_hidden_words(placed.hidden), line=line, is_here=placed.is_here)
    return DrawnStep(
        when=_when(step),
        title=step.here or step.title if placed.is_here else step.title,
        url=step.url,
        text=step.text if not (placed.is_here and step.here) else "",
        side=step.side,
        dot=step.dot,
        line="dashed" if step.line == "dashed" else line,
        is_here=placed.is_here,
        answers=step.answers,
        noes=step.noes,
    )


def _hidden_words(number: int) -> str:
    """Taken away and not open to this reader look the same, so that neither is told."""
    words = ngettext(
        "One thing is taken away, or not open to all",
        "%(count)s things are taken away, or not open to all",
        max(number, 1),
    )
    return words % {"count": capital(in_words(number))}


def _when(step: Step) -> str:
    date = _("By %(date)s") % {"date": day(step.on)} if step.dot == "open" else day(step.on)
    return f"{date} · {step.kind}" if step.kind else date
