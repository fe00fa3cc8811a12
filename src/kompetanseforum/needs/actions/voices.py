"""Writes: voices, answers, and what is held for a look. Nothing about a need is saved anywhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.forum.queries import duty_person, this_forum
from kompetanseforum.intake.actions import forget_evidence
from kompetanseforum.needs.actions.filing import file_need, note_heard
from kompetanseforum.needs.facts import (
    NeedHeld,
    NeedVoiced,
    VoiceAdded,
    VoiceChanged,
    VoiceWithdrawn,
)
from kompetanseforum.needs.models import HeldReason, Horizon, Need, State, Voice
from kompetanseforum.needs.queries.shown import link_secret, voice_by_sending_key
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.actions import choose_skills, link_words, unlink


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says. `skills_shown` are the chips that stood there, `skills_kept` those left ticked (URIs);
    `skills_said` is what was chosen to be said of them (a polarity by URI)."""

    words: str = ""
    language: str = "nb"
    people: int = 1
    sources: int = 1
    forms: Sequence[str] = ()
    place: Municipality | None = None
    words_are_public: bool = False
    name_is_public: bool = False
    email: str = ""
    skills_shown: Sequence[str] = ()
    skills_kept: Sequence[str] = ()
    skills_said: Mapping[str, str] = field(default_factory=dict)


def hash_link(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def voice_need(
    *,
    said: Said,
    by: Ref | None,
    sending_key: str | None = None,
    organisation: Organisation | None = None,
    spokesperson: Organisation | None = None,
    is_confirmed: bool = False,
    horizon: str = Horizon.NOW,
    level: str = "",
    held_reason: HeldReason | None = None,
    owner: Person | None = None,
) -> Voice:
    """A new need with its first voice. The same `sending_key` again gives the voice that is there."""
    if sending_key and (known := voice_by_sending_key(sending_key)):
        return known
    try:
        with transaction.atomic():
            need = unsaved_need(
                owner=owner or duty_person(),
                horizon=horizon,
                level=level,
                next_answer_on=first_answer_on(),
                held_reason=held_reason,
            )
            need.save()
            voice = unsaved_voice(
                need,
                said=said,
                organisation=organisation,
                spokesperson=spokesperson,
                is_confirmed=is_confirmed,
                sending_key=sending_key,
            )
            voice.save()
            _link(voice, said=said, by=by)
            publish(NeedVoiced(need=ref(need), voice=ref(voice)), by=by or ref(voice), about=ref(need))
            if held_reason:
                publish(NeedHeld(need=ref(need)), by=None, about=ref(need))
            file_need(need)
    except IntegrityError:
        # The same form came twice at once; the first one's transaction won.
        if sending_key and (known := voice_by_sending_key(sending_key)):
            return known
        raise
    return voice


def join_need(
    *,
    need: Need,
    said: Said,
    by: Ref | None,
    organisation: Organisation,
    spokesperson: Organisation | None = None,
    is_confirmed: bool = False,
    sending_key: str | None = None,
) -> tuple[Voice, bool]:
    """ "We need this too": the organisation's one voice behind the need, and whether it is new."""
    known = _live_voice(need, organisation) or (voice_by_sending_key(sending_key) if sending_key else None)
    if known:
        return known, False
    try:
        with transaction.atomic():
            voice = unsaved_voice(
                need,
                said=said,
                organisation=organisation,
                spokesperson=spokesperson,
                is_confirmed=is_confirmed,
                sending_key=sending_key,
            )
            voice.save()
            _link(voice, said=said, by=by)
            touch(need)
            publish(VoiceAdded(need=ref(need), voice=ref(voice)), by=by or ref(voice), about=ref(need))
            file_need(need)
    except IntegrityError:
        known = _live_voice(need, organisation) or (voice_by_sending_key(sending_key) if sending_key else None)
        if known is None:
            raise
        return known, False
    return voice, True


def _live_voice(need: Need, organisation: Organisation) -> Voice | None:
    return Voice.objects.filter(need=need, organisation=organisation, withdrawn_at=None).first()


def first_answer_on() -> date:
    """When a human answers at the latest."""
    return clock.today() + timedelta(days=this_forum().answer_days)


def unsaved_need(
    *, owner: Person, horizon: str, level: str, next_answer_on: date, held_reason: HeldReason | None
) -> Need:
    now = clock.now()
    return Need(
        public_id=new_public_id(),
        owner=owner,
        horizon=horizon,
        level=level,
        next_answer_on=next_answer_on,
        held_reason=held_reason or "",
        voiced_at=now,
        waiting_since=now,
        changed_at=now,
    )


def unsaved_voice(
    need: Need,
    *,
    said: Said,
    organisation: Organisation | None,
    spokesperson: Organisation | None,
    is_confirmed: bool,
    sending_key: str | None,
) -> Voice:
    voice = Voice(
        public_id=new_public_id(),
        need=need,
        organisation=organisation,
        spokesperson=spokesperson,
        words=said.words.strip(),
        language=said.language,
        people=said.people,
        sources=said.sources,
        forms=list(said.forms),
        place=said.place,
        words_are_public=said.words_are_public,
        name_is_public=said.name_is_public,
        is_confirmed=is_confirmed,
        email=said.email,
        sending_key=sending_key,
        voiced_at=clock.now(),
    )
    voice.link_hash = hash_link(link_secret(voice))
    return voice


def _link(voice: Voice, *, said: Said, by: Ref | None) -> None:
    if voice.words:
        link_words(
            subject=ref(voice), whole=ref(voice.need), words=voice.words, language=voice.language, assume=Polarity.NEED
        )
    if said.skills_shown or said.skills_kept:
        choose_skills(
            subject=ref(voice),
            whole=ref(voice.need),
            words=voice.words,
            language=voice.language,
            ticked=said.skills_kept,
            shown=said.skills_shown,
            said=said.skills_said,
            by=by or ref(voice),
        )


def change_voice(*, voice: Voice, said: Said, horizon: str, level: str, by: Ref | None) -> None:
    """New words and choices in place of the old; the chips that stood there are judged again."""
    with transaction.atomic():
        voice.words = said.words.strip()
        voice.people = said.people
        voice.forms = list(said.forms)
        voice.words_are_public = said.words_are_public
        voice.name_is_public = said.name_is_public
        voice.email = said.email
        voice.save()
        _link(voice, said=said, by=by)
        need = voice.need
        if need.voices.filter(withdrawn_at=None).count() == 1:
            need.horizon, need.level = horizon, level
        touch(need, "horizon", "level")
        publish(VoiceChanged(need=ref(need), voice=ref(voice)), by=by or ref(voice), about=ref(need))
        file_need(need)


def withdraw_voice(*, voice: Voice, by: Ref | None) -> None:
    """The voice no longer counts, and its e-mail address is gone. A need without voices is withdrawn."""
    with transaction.atomic():
        voice.withdrawn_at = clock.now()
        voice.email = ""
        voice.save(update_fields=["withdrawn_at", "email"])
        unlink(subject=ref(voice))
        promote_repeats(voice)
        forget_evidence(ref(voice))
        need = voice.need
        if not need.voices.filter(withdrawn_at=None).exists():
            need.state = State.WITHDRAWN
        touch(need, "state")
        publish(VoiceWithdrawn(need=ref(need), voice=ref(voice)), by=by or ref(voice), about=ref(need))
        file_need(need)


def promote_repeats(voice: Voice) -> None:
    """Where the voice no longer counts, what the same organisation has said besides does so in its place."""
    rows = voice.repeated_by.filter(withdrawn_at=None).order_by("voiced_at", "pk")
    left = [row for row in rows if voice.withdrawn_at is not None or row.need_id != voice.need_id]
    for row in left:
        row.repeats = None if row is left[0] else left[0]
        row.save(update_fields=["repeats"])


def confirm_voice(*, voice: Voice, by: Ref | None) -> None:
    """Somebody at the forum knows that the organisation stands behind it."""
    with transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(is_confirmed=True)
        publish(VoiceChanged(need=ref(voice.need), voice=ref(voice)), by=by, about=ref(voice.need))


def touch(need: Need, *changed: str) -> None:
    """Something about the need changed now. Only these fields are written: others may have changed the rest meanwhile."""
    need.changed_at = clock.now()
    need.save(update_fields=["changed_at", *changed])


def forget_name_of(organisation: Ref) -> None:
    """The organisation has no name any more: no search finds its needs by the one it had."""
    for need in Need.objects.filter(voices__organisation__public_id=organisation.id).distinct():
        file_need(need)


@transaction.atomic
def count_voices_once(kept: Ref, joined: Ref, *, are_one: bool) -> None:
    """Two organisations have become one, or two again: the need counts workplaces, and is found by what they are."""
    behind = Voice.objects.filter(organisation__public_id__in=(kept.id, joined.id), withdrawn_at=None)
    for voice in behind.filter(organisation__public_id=joined.id).order_by("pk"):
        own = behind.filter(organisation__public_id=kept.id, need=voice.need_id, repeats=None).first()
        if are_one and voice.repeats_id is None and own is not None:
            Voice.objects.filter(pk=voice.pk).update(repeats=own)
        elif not are_one and voice.repeats_id is not None and own is not None and voice.repeats_id == own.pk:
            Voice.objects.filter(pk=voice.pk).update(repeats=None)
    for need in Need.objects.filter(voices__in=behind).distinct():
        file_need(need)
    note_heard(Organisation.objects.filter(public_id__in=(kept.id, joined.id)).values_list("pk", flat=True))
