"""Writes: those who voiced a need say whether it helped, and its state follows."""

from __future__ import annotations

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions.filing import file_anew
from kompetanseforum.needs.facts import NeedAnswered, VoiceSaidIfHelped
from kompetanseforum.needs.models import Helped, Need, State, Voice
from kompetanseforum.needs.queries.helped import asked_and_unsettled
from kompetanseforum.needs.rules import state_said_by


@transaction.atomic
def say_if_helped(*, voice: Voice, helped: Helped, words: str, by: Ref | None) -> None:
    """Said again, the newest counts. The state of the need follows, as `needs.rules.state_said_by` has it."""
    need = Need.objects.select_for_update().get(pk=voice.need_id)
    Voice.objects.filter(pk=voice.pk).update(helped=helped, helped_words=words.strip()[:500], helped_at=clock.now())
    publish(VoiceSaidIfHelped(need=ref(need), voice=ref(voice)), by=by or ref(voice), about=ref(need))
    _settle(need, by=by or ref(voice))


def settle_old_questions() -> bool:
    """Where long has passed since they were asked, those who have answered decide. True when a state changed."""
    done = [_settle_alone(need) for need in asked_and_unsettled()]
    return any(done)


@transaction.atomic
def _settle_alone(need: Need) -> bool:
    return _settle(Need.objects.select_for_update().get(pk=need.pk), by=None)


def _settle(need: Need, *, by: Ref | None) -> bool:
    """What all of them say, put together. True when the state changed."""
    if need.asked_if_helped_at is None or need.state == State.WITHDRAWN:
        return False
    voices = list(need.voices.filter(withdrawn_at=None, repeats=None))
    said = [voice.helped for voice in voices]
    state = state_said_by(
        yes=said.count(Helped.YES),
        no=said.count(Helped.NO),
        voices=len(voices),
        days=(clock.now() - need.asked_if_helped_at).days,
    )
    if state is None or state == need.state:
        return False
    need.state = state
    need.reason = _reason(voices) if state == State.NOT_MET else ""
    need.changed_at = clock.now()
    need.save(update_fields=["state", "reason", "changed_at"])
    publish(NeedAnswered(need=ref(need), state=state), by=by, about=ref(need))
    file_anew([need.pk])
    return True


def _reason(voices: list[Voice]) -> str:
    """Why it did not help, in the words of the first who said why and lets all read its words."""
    told = [voice for voice in voices if voice.helped == Helped.NO and voice.helped_words and voice.words_are_public]
    return told[0].helped_words if told else ""
