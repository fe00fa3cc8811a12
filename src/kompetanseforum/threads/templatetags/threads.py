"""`{% load threads %}{% thread_of thing %}`: where something came from, and what it became, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django import template
from django.db.models import Model
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import capital, day, in_words
from kompetanseforum.threads.queries import PlacedStep, ShownThread, thread_for

register = template.Library()


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


@register.simple_tag(takes_context=True)
def thread_of(
    context: Context, thing: Ref | Model, own: Sequence[Step] = (), also: Sequence[Ref] = ()
) -> SafeString | str:
    """The thread of a Ref, or of a row that has a public id; nothing where it stands alone.

    `own`: what its own page tells of it beside the edges, such as the answers to a need; `also`: things that became
    one with it, such as needs that were merged into it.
    """
    request = context["request"]
    here = thing if isinstance(thing, Ref) else ref(thing)
    thread = thread_for(here, viewer=request.viewer, also=also, own=own)
    if thread.is_alone:
        return ""
    return render_to_string("threads/_thread.html", {"thread": thread, "steps": drawn(thread)}, request=request)


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
