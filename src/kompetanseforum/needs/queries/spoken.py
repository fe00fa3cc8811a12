"""Reads: all words of voices, for whoever hears them anew."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.linking import Polarity
from kompetanseforum.core.capability import Words
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Voice


def spoken() -> Iterator[Words]:
    """Oldest first, so that the order holds while new ones come."""
    voices = Voice.objects.exclude(words="").filter(withdrawn_at=None).select_related("need").order_by("pk")
    for voice in voices.iterator(chunk_size=500):
        yield Words(
            subject=ref(voice), whole=ref(voice.need), text=voice.words, language=voice.language, assume=Polarity.NEED
        )
