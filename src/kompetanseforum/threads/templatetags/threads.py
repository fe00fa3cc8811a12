"""`{% load threads %}{% thread_of thing %}`: where something came from, and what it became, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.db.models import Model
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kompetanse.refs import Ref
from kompetanseforum.core.capability import Step
from kompetanseforum.core.counted import same_for_alike
from kompetanseforum.core.refs import ref
from kompetanseforum.threads.queries import thread_for
from kompetanseforum.threads.views.steps import drawn

register = template.Library()


@register.simple_tag(takes_context=True)
def thread_of(
    context: Context, thing: Ref | Model, own: Sequence[Step] = (), also: Sequence[Ref] = (), step: Step | None = None
) -> SafeString:
    """The thread of a Ref, or of a row that has a public id; nothing where it stands alone.

    `own`: what its own page tells of it beside the edges, such as the answers to a need; `also`: things that became
    one with it, such as needs that were merged into it; `step`: its own, from a page that has read it already.
    """
    request = context["request"]
    here = thing if isinstance(thing, Ref) else ref(thing)

    def render() -> SafeString:
        thread = thread_for(here, viewer=request.viewer, also=also, own=own, step=step)
        if thread.is_alone:
            return mark_safe("")
        return render_to_string("threads/_thread.html", {"thread": thread, "steps": drawn(thread)}, request=request)

    return same_for_alike(request.viewer, f"thread:{here}", render)
