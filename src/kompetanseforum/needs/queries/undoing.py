"""Reads: what may be undone of a survey that was brought in."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.core.bringing import Item, Outcome, Undoing
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Answer, Voice


def undoable_voices(items: Sequence[Item]) -> Undoing:
    """A voice stays when somebody has confirmed it or answered it since, or others have joined the need it began."""
    ids = {item.thing.id for item in items}
    voices = list(Voice.objects.filter(public_id__in=ids, withdrawn_at=None).select_related("need").order_by("pk"))
    needs = {voice.need_id for voice in voices}
    others = Voice.objects.filter(need__in=needs, withdrawn_at=None).exclude(public_id__in=ids)
    joined = set(others.values_list("need_id", flat=True))
    answered = dict(Answer.objects.filter(need__in=needs).order_by("at").values_list("need_id", "at"))
    began = {item.thing.id for item in items if item.outcome == Outcome.NEW}

    def stays(voice: Voice) -> bool:
        began_it = voice.public_id in began
        is_answered = voice.need_id in answered and answered[voice.need_id] >= voice.voiced_at
        return voice.is_confirmed or is_answered or (began_it and voice.need_id in joined)

    return Undoing(
        gone=tuple(ref(voice) for voice in voices if not stays(voice)),
        stays=tuple(ref(voice) for voice in voices if stays(voice)),
    )


def voice_titles(ids: Sequence[str]) -> list[tuple[str, str]]:
    """(need, words) in that order, for those who may read all of it."""
    rows = Voice.objects.filter(public_id__in=ids).values_list("public_id", "need__public_id", "words")
    found = {public_id: (need, words) for public_id, need, words in rows}
    return [found[public_id] for public_id in ids if public_id in found]
