"""Writes: needs that are the same become one, and part again; a voice moves to the need it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction

from kompetanse.trace import Relation
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions.filing import file_need
from kompetanseforum.needs.actions.voices import promote_repeats, touch
from kompetanseforum.needs.facts import NeedsMerged, NeedsParted, VoiceMoved
from kompetanseforum.needs.models import CLOSED_STATES, Apart, Merge, Need, State, Voice
from kompetanseforum.skills.actions import move_links
from kompetanseforum.threads.actions import WouldLoop, tie, untie


class CannotMergeError(ValueError):
    """They are one already, one is gone, or a later merge must be undone first."""


def merge_needs(*, kept: Need, merged: Need, by: Person) -> Merge:
    """All voices of `merged` stand behind `kept`, in their own words; its address leads on. Raises CannotMergeError.

    Whoever has waited longest decides when the answer comes.
    """
    with transaction.atomic():
        kept, merged = _both(kept, merged)
        merge = Merge.objects.create(
            kept=kept,
            merged=merged,
            state=merged.state,
            next_answer_on=kept.next_answer_on,
            waiting_since=kept.waiting_since,
            by=by,
            at=clock.now(),
        )
        moved = list(merged.voices.filter(withdrawn_at=None).order_by("voiced_at", "pk"))
        _stand_behind(kept, moved)
        merge.voices.set(moved)
        if merged.state not in CLOSED_STATES:
            kept.next_answer_on = min(kept.next_answer_on, merged.next_answer_on)
            kept.waiting_since = min(kept.waiting_since, merged.waiting_since)
        merged.merged_into, merged.state = kept, State.WITHDRAWN
        _changed(kept, merged)
        # What led to the one has led to both. Where the one led to the other they are in each other's thread already.
        with suppress(WouldLoop):
            tie(upstream=ref(merged), downstream=ref(kept), relation=Relation.BECAME, by=Viewer(person=ref(by)))
        publish(NeedsMerged(kept=ref(kept), merged=ref(merged)), by=ref(by), about=ref(kept))
    return merge


def part_needs(*, merge: Merge, by: Person) -> None:
    """As if they had never been merged; what has come to the kept one since stays there. Raises CannotMergeError."""
    with transaction.atomic():
        merge = Merge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
        kept, merged = merge.kept, merge.merged
        if merge.undone_at is not None:
            return
        if kept.merged_into_id is not None or merged.merged_into_id != kept.pk:
            raise CannotMergeError("a later merge must be undone first")
        back = list(merge.voices.filter(need=kept, withdrawn_at=None).order_by("voiced_at", "pk"))
        merged.merged_into, merged.state = None, State(merge.state)
        _stand_behind(merged, back)
        if kept.next_answer_on == merged.next_answer_on:
            kept.next_answer_on, kept.waiting_since = merge.next_answer_on, merge.waiting_since
        merge.undone_at = clock.now()
        merge.save(update_fields=["undone_at"])
        _changed(kept, merged)
        untie(upstream=ref(merged), downstream=ref(kept), relation=Relation.BECAME, by=Viewer(person=ref(by)))
        publish(NeedsParted(kept=ref(kept), merged=ref(merged)), by=ref(by), about=ref(kept))


def keep_apart(*, one: Need, other: Need, by: Person) -> None:
    """They are not the same, however alike: nobody is asked about the two again."""
    older, newer = sorted((one, other), key=lambda need: need.pk)
    if older.pk != newer.pk:
        Apart.objects.get_or_create(one=older, other=newer, defaults={"by": by, "at": clock.now()})


def move_voice(*, voice: Voice, need: Need | None, by: Person) -> Need:
    """The voice stands behind that need; with None it becomes a need of its own. Returns where it stands.

    Raises CannotMergeError for the last voice of a need: then the needs are merged instead.
    """
    with transaction.atomic():
        source = Need.objects.select_for_update().get(pk=voice.need_id)
        if source.voices.filter(withdrawn_at=None, repeats=None).exclude(pk=voice.pk).count() == 0:
            raise CannotMergeError("it is the only voice")
        target = need or _need_like(source, voice)
        if target.pk == source.pk or target.merged_into_id is not None:
            raise CannotMergeError("it stands there already")
        _stand_behind(target, [voice])
        _changed(source, target)
        publish(VoiceMoved(voice=ref(voice), source=ref(source), need=ref(target)), by=ref(by), about=ref(target))
    return target


def _both(kept: Need, merged: Need) -> tuple[Need, Need]:
    """The two as they stand now, and nobody else touches them. In order of row, so that two who merge crosswise wait."""
    rows = {
        need.pk: need for need in Need.objects.select_for_update().filter(pk__in=(kept.pk, merged.pk)).order_by("pk")
    }
    if len(rows) < 2 or any(need.merged_into_id is not None for need in rows.values()):
        raise CannotMergeError("they are one already")
    if any(need.state == State.WITHDRAWN or need.held_reason for need in rows.values()):
        raise CannotMergeError("one of them is withdrawn or held")
    return rows[kept.pk], rows[merged.pk]


def _stand_behind(need: Need, voices: Iterable[Voice]) -> None:
    """Each counts unless its organisation has a voice there already; the links from words to skills go along."""
    speaking = {
        voice.organisation_id: voice
        for voice in need.voices.filter(withdrawn_at=None, repeats=None)
        if voice.organisation_id is not None
    }
    for voice in voices:
        first = speaking.get(voice.organisation_id) if voice.organisation_id is not None else None
        voice.need, voice.repeats = need, first
        voice.save(update_fields=["need", "repeats"])
        if first is None and voice.organisation_id is not None:
            speaking[voice.organisation_id] = voice
        promote_repeats(voice)
        move_links(subject=ref(voice), whole=ref(need))


def _need_like(source: Need, voice: Voice) -> Need:
    """A need for a voice that turned out to mean something else."""
    return Need.objects.create(
        owner=source.owner,
        horizon=source.horizon,
        level=source.level,
        next_answer_on=source.next_answer_on,
        voiced_at=voice.voiced_at,
        waiting_since=source.waiting_since,
        changed_at=clock.now(),
    )


def _changed(*needs: Need) -> None:
    for need in needs:
        touch(need, "merged_into", "state", "next_answer_on", "waiting_since")
        file_need(need)
