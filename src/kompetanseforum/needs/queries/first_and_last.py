"""The first and the newest of all needs: by the index of their times, in the same time however many needs there are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from kompetanseforum.needs.models import Need, State, Voice


def newest_in_words() -> list[int]:
    """The newest need whose words all may read, if there is one."""
    # Asked of each need, so that needs lead in their order and not all voices.
    public = Voice.objects.filter(need=OuterRef("pk"), words_are_public=True, withdrawn_at=None)
    in_words = found_by_all().filter(Exists(public))
    return list(in_words.order_by("-voiced_at", "-pk").values_list("pk", flat=True)[:1])


def first_voiced_at() -> datetime | None:
    """When the first of the needs that all find was voiced."""
    return found_by_all().order_by("voiced_at", "pk").values_list("voiced_at", flat=True).first()


def found_by_all() -> QuerySet[Need]:
    """For those who want the first or the last of them. What is held is told by its length: as an equality SQLite would
    take the index of what is held, and put all that it finds in order.
    """
    return Need.objects.alias(held=Length("held_reason")).filter(held=0).exclude(state=State.WITHDRAWN)
