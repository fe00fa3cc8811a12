"""Writes: whom a change must be told to, and who wants no more letters."""

from __future__ import annotations

from django.db import transaction

from kompetanseforum.accounts.models import Notices
from kompetanseforum.core import clock
from kompetanseforum.needs.models import Merge, Notice, Voice


def owe_letters(*, need_id: str, fact_id: int, voice_id: str | None = None) -> list[int]:
    """Note for each voice behind the need (or that one: then it is a receipt) that it is told. Returns the new ones' keys.

    Idempotent by fact: heard twice, a fact is told once. Without an address it stands on the voice's own page, where
    it is from the first second.
    """
    voices = Voice.objects.filter(need__public_id=need_id, withdrawn_at=None)
    if voice_id is not None:
        voices = voices.filter(public_id=voice_id)
    return _owe(list(voices), fact_id=fact_id, is_receipt=voice_id is not None)


def owe_moved(*, kept_id: str, merged_id: str, fact_id: int) -> None:
    """Those whose need became one with another are told where it stands now."""
    merge = Merge.objects.filter(kept__public_id=kept_id, merged__public_id=merged_id, undone_at=None).last()
    if merge is not None:
        _owe(list(merge.voices.filter(withdrawn_at=None)), fact_id=fact_id, is_receipt=False)


@transaction.atomic
def _owe(voices: list[Voice], *, fact_id: int, is_receipt: bool) -> list[int]:
    made = [
        Notice.objects.get_or_create(
            voice=voice,
            fact_id=fact_id,
            defaults={
                "is_receipt": is_receipt,
                "is_letter": bool(voice.email),
                "sent_at": None if voice.email else clock.now(),
            },
        )
        for voice in voices
    ]
    return [notice.pk for notice, is_new in made if is_new]


def stop_letters(voice: Voice) -> None:
    """No more news to the address, whichever of its voices the link came from."""
    same = Voice.objects.filter(email__iexact=voice.email) if voice.email else Voice.objects.filter(pk=voice.pk)
    same.update(news=Notices.NEVER)
