"""Writes: what a brief and its answers mean for the needs behind it. Those who voiced them hear of it from needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.models import Brief, BriefAnswer, Kind, Recipient
from kompetanseforum.briefs.queries.shown import last_answer, needs_in, recipients_of
from kompetanseforum.briefs.queries.words import answer_words
from kompetanseforum.core.text import day, listing
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions import answer_need
from kompetanseforum.needs.models import State as NeedState
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import name_of

_BEFORE_A_BRIEF = (NeedState.HEARD, NeedState.IN_DIALOGUE)
_BEFORE_AN_ANSWER = (*_BEFORE_A_BRIEF, NeedState.BRIEFED)


def tell_asked(brief: Brief, educators: Sequence[Organisation], *, by: Person) -> None:
    """Needs that nobody had asked education about are briefed now. One that has come further stays where it is."""
    names = listing([name_of(one) for one in educators])
    words = _("We have asked %(names)s.") % {"names": names}
    if brief.answer_by:
        words = _("We have asked %(names)s. They answer by %(date)s.") % {"names": names, "date": day(brief.answer_by)}
    _move(brief, _BEFORE_A_BRIEF, to=NeedState.BRIEFED, words=words, on=brief.answer_by, by=by)


def tell_answered(brief: Brief, answer: BriefAnswer) -> None:
    """A yes answers the needs; a no does so when it was the last one hoped for; a date is passed on."""
    who = name_of(answer.recipient.organisation)
    by = brief.owner or duty_person()
    told = answer_words(answer)
    if answer.kind in (Kind.ACCEPT, Kind.ADAPT):
        _move(brief, _BEFORE_AN_ANSWER, to=NeedState.ANSWERED, words=f"{who}: {told}", on=None, by=by)
    elif answer.kind == Kind.DECIDING:
        asked = (*_BEFORE_A_BRIEF, NeedState.BRIEFED)
        _move(brief, asked, to=NeedState.BRIEFED, words=f"{who}: {told}", on=answer.until, by=by)
    elif all(_is_no(one) for one in recipients_of(brief)):
        words = _("All who were asked have said no. %(who)s: no, because %(reason)s") % {"who": who, "reason": told}
        _move(brief, _BEFORE_AN_ANSWER, to=NeedState.ANSWERED, words=words, on=None, by=by)


def _is_no(recipient: Recipient) -> bool:
    answer = last_answer(recipient)
    return answer is not None and answer.kind == Kind.NO


def _move(brief: Brief, now_in: Sequence[str], *, to: NeedState, words: str, on: date | None, by: Person) -> None:
    for need in needs_in(brief):
        if need.state in now_in:
            answer_need(
                need=need,
                by=by,
                words=words,
                state=to,
                next_answer_on=max(on, need.next_answer_on) if on else need.next_answer_on,
                owner=need.owner,
            )
