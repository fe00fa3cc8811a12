"""Reads: what may be undone of a survey that was brought in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from kompetanseforum.core.bringing import Item, Outcome, Undoing
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Answer, Merge, Voice


def undoable_voices(items: Sequence[Item]) -> Undoing:
    """A voice stays when somebody has confirmed, answered or merged it since, or others have joined the need it began."""
    ids = {item.thing.id for item in items}
    voices = list(Voice.objects.filter(public_id__in=ids, withdrawn_at=None).select_related("need").order_by("pk"))
    needs = {voice.need_id for voice in voices}
    others = Voice.objects.filter(need__in=needs, withdrawn_at=None).exclude(public_id__in=ids)
    joined = set(others.values_list("need_id", flat=True))
    merged = set(
        Merge.objects.filter(undone_at=None)
        .filter(Q(kept__in=needs) | Q(merged__in=needs))
        .values_list("kept", flat=True)
    ) | set(Merge.objects.filter(undone_at=None, merged__in=needs).values_list("merged", flat=True))
    answered = dict(Answer.objects.filter(need__in=needs).order_by("at").values_list("need_id", "at"))
    began = {item.thing.id for item in items if item.outcome == Outcome.NEW}

    def stays(voice: Voice) -> bool:
        began_it = voice.public_id in began
        is_answered = voice.need_id in answered and answered[voice.need_id] >= voice.voiced_at
        return voice.is_confirmed or is_answered or voice.need_id in merged or (began_it and voice.need_id in joined)

    return Undoing(
        gone=tuple(ref(voice) for voice in voices if not stays(voice)),
        stays=tuple(ref(voice) for voice in voices if stays(voice)),
    )


def voice_titles(ids: Sequence[str]) -> list[tuple[str, str]]:
    """(need, words) in that order, for those who may read all of it."""
    rows = Voice.objects.filter(public_id__in=ids).values_list("public_id", "need__public_id", "words")
    found = {public_id: (need, words) for public_id, need, words in rows}
    return [found[public_id] for public_id in ids if public_id in found]
