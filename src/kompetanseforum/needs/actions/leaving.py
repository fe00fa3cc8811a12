"""Writes: somebody who has spoken or answered here is erased."""

from __future__ import annotations

from django.db.models import Q

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core.capability import Erasure
from kompetanseforum.forum.queries import duty_person
from kompetanseforum.needs.actions.answers import hand_over_needs
from kompetanseforum.needs.actions.filing import file_need
from kompetanseforum.needs.actions.voices import withdraw_voice
from kompetanseforum.needs.models import Apart, Need, Notice, Reminder, Voice


def forget_person(erasure: Erasure) -> None:
    """Needs they own go to the one on duty; voices stay without them, or go."""
    leaving, duty = the_person(erasure.person), duty_person()
    hand_over_needs(owner=leaving, to=duty)
    Need.objects.filter(owner=leaving).update(owner=duty)
    Reminder.objects.filter(person=leaving).delete()
    Apart.objects.filter(by=leaving).update(by=duty)
    ids = [held.id for held in erasure.holds if held.kind == "voice"]
    theirs = Q(public_id__in=ids)
    if erasure.email:
        theirs |= Q(email__iexact=erasure.email)
    for voice in Voice.objects.filter(theirs).select_related("need"):
        _without_person(voice, is_withdrawn=erasure.withdraws_voices or voice.organisation_id is None)


def _without_person(voice: Voice, *, is_withdrawn: bool) -> None:
    """No address, no letter and no link; the words stay where an organisation stands behind them."""
    Notice.objects.filter(voice=voice).delete()
    voice.email, voice.link_hash = "", ""
    if is_withdrawn:
        voice.words = ""
    voice.save(update_fields=["email", "link_hash", "words"])
    if is_withdrawn and voice.withdrawn_at is None:
        withdraw_voice(voice=voice, by=None)
    file_need(voice.need)
