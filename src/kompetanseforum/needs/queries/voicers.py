"""Reads: what one organisation has voiced, and who answered it, as far as the viewer may know that it was them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.needs.models import Answer, Need, State, Voice
from kompetanseforum.needs.queries.shown import ShownNeed, needs_with_voices, shown_needs
from kompetanseforum.organisations.models import Organisation

MOST = 20


@dataclass(frozen=True, slots=True)
class VoicedNeed:
    shown: ShownNeed
    # Newest first; none for those who may not know who of the house has talked with whom.
    answers: list[Answer]


def voiced_by(organisation: Organisation, *, viewer: Viewer) -> list[VoicedNeed]:
    """The needs it stands behind, newest first. To others than the house only where its name is shown."""
    is_for_the_house = may(viewer, "organisations.see_contacts", organisation)
    voices = Voice.objects.filter(organisation=organisation, withdrawn_at=None, need__held_reason="").exclude(
        need__state=State.WITHDRAWN
    )
    if not is_for_the_house:
        voices = voices.filter(name_is_public=True)
    needs = needs_with_voices(list(voices.order_by("-voiced_at").values_list("need", flat=True)[:MOST]))
    answers = _answers(needs) if is_for_the_house else {}
    return [
        VoicedNeed(shown=shown, answers=answers.get(shown.need.pk, [])) for shown in shown_needs(needs, viewer=viewer)
    ]


def _answers(needs: Sequence[Need]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(need__in=needs).select_related("by").order_by("-at", "-pk"):
        found.setdefault(answer.need_id, []).append(answer)
    return found


def needs_with_a_voice_of(organisations: Collection[str]) -> list[str]:
    """Public ids of the needs that one of these organisations stands behind."""
    behind = Voice.objects.filter(organisation__public_id__in=organisations, withdrawn_at=None)
    return list(behind.order_by("need").values_list("need__public_id", flat=True).distinct())
