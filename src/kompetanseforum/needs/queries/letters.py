"""Reads: what a letter says, of all that is new to one address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kompetanseforum.needs.models import CLOSED_STATES, Answer, Need, Notice, Voice
from kompetanseforum.needs.queries.shown import letter_secret, link_secret


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    subject: str
    template: str
    context: dict[str, object]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One need in a letter, with the newest answer to it and what its voice may do."""

    voice: Voice
    need: Need
    answer: Answer | None
    link: str
    # Where they say whether it helped; empty where nobody asks.
    helped_url: str


def written(notices: Sequence[Notice], *, letter_id: str) -> WrittenLetter:
    """Grouped by need, the newest first, in the language of the newest voice."""
    newest = notices[-1].voice
    is_receipt = notices[-1].is_receipt
    told = _told(list(dict.fromkeys(notice.voice_id for notice in reversed(notices))))
    stop = settings.ADDRESS + reverse("needs:stop_letters", kwargs={"secret": letter_secret(newest)})
    with override(newest.language):
        return WrittenLetter(
            subject=_subject(told, is_receipt=is_receipt),
            template="needs/letter.txt" if is_receipt else "needs/news.txt",
            context={"told": told, "first": told[0], "stop": stop},
            headers={
                "Message-ID": f"<{letter_id}@{urlsplit(settings.ADDRESS).hostname or 'kompetanseforum.invalid'}>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _subject(told: Sequence[Told], *, is_receipt: bool) -> str:
    if is_receipt:
        return _("We have heard you")
    if any(one.helped_url for one in told):
        return _("Did it help?")
    return _("An answer to what you need") if len(told) == 1 else _("News about what you need")


def _told(voice_ids: Sequence[int]) -> list[Told]:
    answers = Prefetch("need__answers", queryset=Answer.objects.select_related("by").order_by("-at", "-pk"))
    rows = Voice.objects.select_related("need__owner").prefetch_related(answers).filter(pk__in=voice_ids)
    by_id = {row.pk: row for row in rows}
    # Two voices of one address behind one need are told of it once.
    seen: dict[int, Told] = {}
    for pk in voice_ids:
        seen.setdefault(by_id[pk].need_id, _one(by_id[pk]))
    return list(seen.values())


def _one(voice: Voice) -> Told:
    need = voice.need
    asks = need.asked_if_helped_at is not None and not voice.helped and need.state not in CLOSED_STATES
    return Told(
        voice=voice,
        need=need,
        answer=next(iter(need.answers.all()), None),
        link=settings.ADDRESS + reverse("needs:link", kwargs={"secret": link_secret(voice)}),
        helped_url=settings.ADDRESS + reverse("needs:helped", kwargs={"secret": letter_secret(voice)}) if asks else "",
    )
