"""Writes: answers, owners and dates; what is held for a look; statistics beside the voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Item, Undoing
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions.filing import file_anew, file_need
from kompetanseforum.needs.actions.voices import touch, withdraw_voice
from kompetanseforum.needs.facts import NeedAnswered, NeedReleased, NeedTaken
from kompetanseforum.needs.models import CLOSED_STATES, Answer, Need, Shortage, State
from kompetanseforum.needs.queries.shortages import shortage_of, undoable_shortages
from kompetanseforum.needs.rules import without_phone_numbers

# What an answer says of the need.
_ANSWERED = ("state", "owner", "next_answer_on", "reason", "waiting_since", "asked_if_helped_at")


class AnsweredMeanwhileError(Exception):
    """Somebody else has answered since the form was opened (`answer`), or the need is gone (None)."""

    def __init__(self, answer: Answer | None) -> None:
        super().__init__()
        self.answer = answer


def answer_need(
    *,
    need: Need,
    by: Person,
    words: str,
    state: str,
    next_answer_on: date,
    owner: Person,
    reason: str = "",
    asks_if_helped: bool = False,
    after: int | None = None,
) -> Answer:
    """A person answers: state, owner and the date of the next answer change together.

    With `asks_if_helped` those behind it are asked (anew) whether it helped; what they say decides whether it is met.
    `after`: so many answers there were when the form was opened. The same form again gives the answer that is there;
    raises AnsweredMeanwhileError for another's.
    """
    with transaction.atomic():
        now = Need.objects.select_for_update().get(pk=need.pk)
        if after is not None and now.answers.count() > after:
            last = now.answers.select_related("by").latest("pk")
            if (last.by_id, last.words, last.state, last.next_answer_on) == (
                by.pk,
                words.strip(),
                state,
                next_answer_on,
            ):
                return last
            raise AnsweredMeanwhileError(last)
        if after is not None and now.state == State.WITHDRAWN:
            raise AnsweredMeanwhileError(None)
        need.state = state
        need.owner = owner
        need.next_answer_on = next_answer_on
        need.reason = reason if state == State.NOT_MET else ""
        need.changed_at = need.waiting_since = clock.now()
        if asks_if_helped:
            need.asked_if_helped_at = clock.now()
            need.voices.update(helped="", helped_words="", helped_at=None)
        need.save(update_fields=[*_ANSWERED, "changed_at"])
        answer = Answer.objects.create(
            need=need, by=by, words=words.strip(), state=state, next_answer_on=next_answer_on, at=clock.now()
        )
        publish(NeedAnswered(need=ref(need), state=state), by=ref(by), about=ref(need))
        file_anew([need.pk])
    return answer


def set_next_answer(*, need: Need, on: date) -> None:
    """Promise another date."""
    with transaction.atomic():
        need.next_answer_on = on
        need.save(update_fields=["next_answer_on"])
        file_anew([need.pk])


def take_need(*, need: Need, owner: Person) -> None:
    """Another person owns the need from now on."""
    with transaction.atomic():
        need.owner = owner
        need.save(update_fields=["owner"])
        publish(NeedTaken(need=ref(need)), by=ref(owner), about=ref(need))


@transaction.atomic
def hand_over_needs(*, owner: Person, to: Person) -> int:
    """Every open need of the one is the other's from now on. Returns how many."""
    mine = list(Need.objects.filter(owner=owner).exclude(state__in=CLOSED_STATES)) if owner != to else []
    for need in mine:
        take_need(need=need, owner=to)
    return len(mine)


def release_need(*, need: Need, by: Ref | None, remove_numbers: bool = False) -> None:
    """Others may see it; phone numbers in the words are taken out first when that was the reason."""
    with transaction.atomic():
        if remove_numbers:
            for voice in need.voices.all():
                voice.words = without_phone_numbers(voice.words)
                voice.save(update_fields=["words"])
        need.held_reason = ""
        touch(need, "held_reason")
        publish(NeedReleased(need=ref(need)), by=by, about=ref(need))
        file_need(need)


def remove_need(*, need: Need, by: Ref | None) -> None:
    """A held need that is no need: all its voices are withdrawn."""
    with transaction.atomic():
        for voice in need.voices.filter(withdrawn_at=None):
            withdraw_voice(voice=voice, by=by)


def import_shortages(*, source: str, county: str, rows: Iterable[tuple[int, str, str, int]]) -> int:
    """Year, occupation code, name and people; a year that is there already is brought up to date. Returns how many."""
    shortages = [
        Shortage(source=source, year=year, county=county, occupation_code=code, occupation_name=name, people=people)
        for year, code, name, people in rows
    ]
    Shortage.objects.bulk_create(
        shortages,
        update_conflicts=True,
        unique_fields=["source", "year", "county", "occupation_code"],
        update_fields=["occupation_name", "people"],
    )
    return len(shortages)


def undo_shortages(items: Sequence[Item], by: Ref | None) -> Undoing:
    """Inside the caller's transaction: what was new goes, what was changed is what it was."""
    undoing = undoable_shortages(items)
    for item in items:
        county, year, code = shortage_of(item)
        row = Shortage.objects.filter(county=county, year=year, occupation_code=code)
        if item.thing in undoing.gone:
            row.delete()
        elif item.thing in undoing.set_back:
            row.update(people=int(item.said["before"]))
    return undoing
