"""Reads: a brief as a step of the thread, with the yeses and the reasoned noes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.briefs.models import Brief, State
from kompetanseforum.briefs.queries.shown import briefs_seen
from kompetanseforum.briefs.queries.words import answer_words, summary_of
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import in_words
from kompetanseforum.organisations.queries import name_of


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """Those this viewer may see; the same number of queries for many as for one."""
    return {ref(row): _step(row) for row in briefs_seen([one.id for one in refs], viewer=viewer)}


def _step(brief: Brief) -> Step:
    answered = [(one, one.last_answer) for one in brief.recipients.all()]
    told = [(name_of(one.organisation), answer) for one, answer in answered if answer]
    number = len(answered)
    return Step(
        ref=ref(brief),
        on=brief.sent_at or brief.made_at,
        kind=ngettext("Brief to one educator", "Brief to %(count)s educators", number) % {"count": in_words(number)},
        title=summary_of(brief),
        url=reverse("briefs:brief", kwargs={"public_id": brief.public_id}),
        dot="open" if brief.state == State.DRAFT else "ring",
        line="solid" if told else "dashed",
        answers=tuple((who, answer_words(answer)) for who, answer in told if answer.kind != "no"),
        noes=tuple((who, answer_words(answer)) for who, answer in told if answer.kind == "no"),
    )
