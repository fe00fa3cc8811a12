"""Reads: what was learnt across all pilots, to be searched."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kompetanseforum.pilots.models import Decision, Learning


def learnings_found(words: str, *, decision: str = "") -> QuerySet[Learning]:
    """Every word must stand in the learning or its pilot's title; the newest first."""
    found = Learning.objects.select_related("pilot__organisation")
    for word in words.casefold().split()[:8]:
        found = found.filter(Q(searchable__contains=word))
    return found.filter(pilot__decision=decision) if decision in Decision.values else found


def learnings_near(words: str, *, most: int = 3) -> list[Learning]:
    """What others have learnt about the same, for somebody who is about to try: any long word in common."""
    wanted = Q()
    for word in {word.strip(".,!?«»()").casefold() for word in words.split()}:
        if len(word) >= 6:
            wanted |= Q(searchable__contains=word[:8])
    return list(Learning.objects.filter(wanted).select_related("pilot")[:most]) if wanted else []
