"""Writes: the voices of a survey, all of them or none; and taking them away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Item, Outcome, Progress, Undoing
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions.filing import file_need, note_heard, take_out
from kompetanseforum.needs.actions.voices import (
    Said,
    first_answer_on,
    touch,
    unsaved_need,
    unsaved_voice,
)
from kompetanseforum.needs.facts import NeedHeld, NeedVoiced, VoiceAdded, VoiceWithdrawn
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.survey import Planned, SurveyRow, planned_rows
from kompetanseforum.needs.queries.undoing import undoable_voices
from kompetanseforum.needs.rules import reason_to_hold
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.actions import HeardTexts, Spoken, link_new, unlink

_AT_ONCE = 500


class Heard(HeardTexts):
    """What voices' words ask for."""

    def __init__(self) -> None:
        super().__init__(assume=Polarity.NEED)


@dataclass(frozen=True, slots=True)
class Brought:
    row: SurveyRow
    voice: Ref
    outcome: Outcome


def bring_voices(rows: Sequence[SurveyRow], *, by: Ref | None, heard: Heard, progress: Progress) -> list[Brought]:
    """Inside the caller's transaction. What is here already is left as it is."""
    planned = planned_rows(rows)
    voices = _Voices(planned)
    stored = [(one, voices.of(one)) for one in planned if one.outcome != Outcome.UNCHANGED]
    Need.objects.bulk_create(voices.new_needs, batch_size=_AT_ONCE)
    Voice.objects.bulk_create([voice for _, voice in stored], batch_size=_AT_ONCE)
    spoken = (
        Spoken(subject=ref(voice), whole=ref(voice.need), words=voice.words, language=voice.language)
        for _, voice in stored
    )
    link_new(spoken, heard=heard)
    for number, (one, voice) in enumerate(stored):
        _tell(one, voice, by=by)
        if number % 50 == 0:
            progress(len(rows) + number, 2 * len(rows))
    for need in {voice.need_id: voice.need for _, voice in stored}.values():
        file_need(need)
    known = [Brought(one.row, Ref("need", "-"), one.outcome) for one in planned if one.outcome == Outcome.UNCHANGED]
    return [*(Brought(one.row, ref(voice), one.outcome) for one, voice in stored), *known]


def _tell(one: Planned, voice: Voice, *, by: Ref | None) -> None:
    need, said_by = ref(voice.need), by or ref(voice)
    if one.outcome == Outcome.JOINED:
        touch(voice.need)
        publish(VoiceAdded(need=need, voice=ref(voice)), by=said_by, about=need)
        return
    publish(NeedVoiced(need=need, voice=ref(voice)), by=said_by, about=need)
    if voice.need.held_reason:
        publish(NeedHeld(need=need), by=None, about=need)


class _Voices:
    """Unsaved rows of a survey, with the needs they begin or join."""

    def __init__(self, planned: Sequence[Planned]) -> None:
        self.new_needs: list[Need] = []
        self._owner = duty_person()
        self._answer_on = first_answer_on()
        self._begun: dict[str, Need] = {}
        self._places = {place.code: place for place in Municipality.objects.all()}
        self._organisations: dict[tuple[str, str], Organisation] = {}
        joined = {one.need for one in planned if one.need}
        self._there = {need.public_id: need for need in Need.objects.filter(public_id__in=joined)}

    def of(self, one: Planned) -> Voice:
        row = one.row
        return unsaved_voice(
            self._need(one),
            said=Said(
                words=row.words,
                language=row.language,
                people=row.people,
                sources=row.sources,
                forms=row.forms,
                place=self._places.get(row.place),
                words_are_public=row.words_are_public,
                name_is_public=row.name_is_public,
            ),
            organisation=self._organisation(row.organisation, row) if row.organisation else None,
            spokesperson=self._organisation(row.spokesperson) if row.spokesperson else None,
            is_confirmed=False,
            sending_key=row.key,
        )

    def _need(self, one: Planned) -> Need:
        if one.need:
            return self._there[one.need]
        if one.first:
            return self._begun[one.first.key]
        need = unsaved_need(
            owner=self._owner,
            horizon=one.row.horizon,
            level=one.row.level,
            next_answer_on=self._answer_on,
            held_reason=reason_to_hold(one.row.words, trap_is_filled=False, alike=0),
        )
        self._begun[one.row.key] = need
        self.new_needs.append(need)
        return need

    def _organisation(self, name: str, row: SurveyRow | None = None) -> Organisation:
        key = (name.casefold(), row.place if row else "")
        if key not in self._organisations:
            self._organisations[key] = find_or_add_organisation(
                name=name,
                sector=row.sector if row else "",
                size=row.size if row else "",
                municipality=self._places.get(row.place) if row else None,
            )
        return self._organisations[key]


def undo_voices(items: Sequence[Item], by: Ref | None) -> Undoing:
    """Inside the caller's transaction. What somebody has answered, joined or confirmed stays."""
    undoing = undoable_voices(items)
    voices = Voice.objects.filter(public_id__in=[thing.id for thing in undoing.gone]).select_related("need")
    for voice in voices:
        need, gone = voice.need, ref(voice)
        unlink(gone)
        voice.delete()
        if need.voices.exists():
            need.changed_at = clock.now()
            need.save(update_fields=["changed_at"])
            file_need(need)
        else:
            take_out([need.pk])
            Need.objects.filter(pk=need.pk).delete()
        note_heard([voice.organisation_id])
        publish(VoiceWithdrawn(need=ref(need), voice=gone), by=by, about=ref(need))
    return undoing
