"""Needs that are the same become one without losing a voice, and part again as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.gapmap.models import DemandLine
from kompetanseforum.needs.actions import (
    CannotMergeError,
    Said,
    join_need,
    merge_needs,
    move_voice,
    part_needs,
    set_next_answer,
    voice_need,
    withdraw_voice,
)
from kompetanseforum.needs.models import Merge, Need, State, Voice
from kompetanseforum.needs.queries.shown import need_by_id, shown_need
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import SkillLink
from tests.conftest import NOBODY

pytestmark = pytest.mark.django_db


def said(words: str, people: int = 2) -> Said:
    return Said(words=words, people=people, words_are_public=True)


@pytest.fixture
def two(workshop: Organisation, boat_builder: Organisation) -> tuple[Need, Need]:
    """Two firms say the same in their own words; the first has waited longest."""
    with clock.at(clock.now() - timedelta(days=9)):
        first = voice_need(said=said("Vi må lære å sveise aluminium"), by=None, organisation=boat_builder).need
    second = voice_need(said=said("Sveise aluminium skulle vi kunne", 3), by=None, organisation=workshop).need
    return first, second


def state_of(*needs: Need) -> list[tuple[object, ...]]:
    """All that a merge may touch."""
    rows = [Need.objects.get(pk=need.pk) for need in needs]
    told = [(row.state, row.next_answer_on, row.waiting_since, row.merged_into_id, row.searchable) for row in rows]
    voices = list(Voice.objects.order_by("pk").values_list("need_id", "repeats_id", "words", "people"))
    links = sorted(SkillLink.objects.values_list("subject_id", "whole_id", "concept_id"))
    return [*told, *voices, *links]


def test_every_voice_stands_behind_the_kept_one_in_its_own_words(two: tuple[Need, Need], coordinator: Person) -> None:
    first, second = two
    merge_needs(kept=second, merged=first, by=coordinator)
    kept = need_by_id(first.public_id)
    assert kept is not None and kept.pk == second.pk
    shown = shown_need(kept, viewer=NOBODY)
    assert [voice.voice.words for voice in shown.voices] == [
        "Vi må lære å sveise aluminium",
        "Sveise aluminium skulle vi kunne",
    ]
    # Whoever has waited longest decides.
    assert (shown.people, shown.count, shown.days_waited, kept.next_answer_on) == (5, 2, 9, first.next_answer_on)
    assert Need.objects.get(pk=first.pk).state == State.WITHDRAWN


@pytest.mark.slow
def test_parting_gives_back_what_was(two: tuple[Need, Need], coordinator: Person) -> None:
    first, second = two
    before = state_of(first, second)
    merge = merge_needs(kept=second, merged=first, by=coordinator)
    assert state_of(first, second) != before
    part_needs(merge=merge, by=coordinator)
    assert state_of(first, second) == before
    part_needs(merge=merge, by=coordinator)  # a second press changes nothing
    assert state_of(first, second) == before


def test_one_firm_that_said_it_twice_counts_once_and_keeps_both_words(
    boat_builder: Organisation, coordinator: Person
) -> None:
    first = voice_need(said=said("Vi må lære å sveise aluminium", 4), by=None, organisation=boat_builder)
    second = voice_need(said=said("Sveise aluminium igjen, og kjøre truck", 4), by=None, organisation=boat_builder)
    merge_needs(kept=first.need, merged=second.need, by=coordinator)
    kept = need_by_id(first.need.public_id)
    assert kept is not None
    shown = shown_need(kept, viewer=NOBODY)
    assert (shown.count, shown.people, len(shown.voices)) == (1, 4, 2)
    rebuild()
    lines = DemandLine.objects.filter(until=None)
    assert set(lines.values_list("voice_id", "people")) == {(first.public_id, 4)}
    # When the first is withdrawn the other stands in its place.
    withdraw_voice(voice=Voice.objects.get(pk=first.pk), by=None)
    second.refresh_from_db()
    assert (second.repeats, Need.objects.get(pk=first.need_id).state) == (None, State.HEARD)


@pytest.mark.slow
def test_what_the_map_counts_is_the_same_before_and_after(two: tuple[Need, Need], coordinator: Person) -> None:
    def asked() -> set[tuple[object, ...]]:
        rebuild()
        return set(DemandLine.objects.filter(until=None).values_list("skill_id", "voice_id", "people"))

    first, second = two
    before = asked()
    assert before
    merge = merge_needs(kept=second, merged=first, by=coordinator)
    assert asked() == before
    part_needs(merge=merge, by=coordinator)
    assert asked() == before


@pytest.mark.slow
def test_a_chain_is_parted_from_its_end(two: tuple[Need, Need], coordinator: Person, workshop: Organisation) -> None:
    first, second = two
    third = voice_need(said=said("Aluminiumssveising"), by=None, organisation=workshop).need
    one = merge_needs(kept=second, merged=first, by=coordinator)
    other = merge_needs(kept=third, merged=second, by=coordinator)
    found = need_by_id(first.public_id)
    assert found is not None and found.pk == third.pk
    with pytest.raises(CannotMergeError):
        part_needs(merge=one, by=coordinator)
    part_needs(merge=other, by=coordinator)
    part_needs(merge=one, by=coordinator)
    assert [need.voices.count() for need in (first, second, third)] == [1, 1, 1]


def test_what_is_one_already_cannot_be_merged(two: tuple[Need, Need], coordinator: Person) -> None:
    first, second = two
    with pytest.raises(CannotMergeError):
        merge_needs(kept=first, merged=first, by=coordinator)
    merge_needs(kept=second, merged=first, by=coordinator)
    with pytest.raises(CannotMergeError):
        merge_needs(kept=first, merged=second, by=coordinator)
    assert Merge.objects.count() == 1


def test_a_promise_made_since_stands_after_parting(two: tuple[Need, Need], coordinator: Person) -> None:
    first, second = two
    merge = merge_needs(kept=second, merged=first, by=coordinator)
    promised = clock.today() + timedelta(days=3)
    set_next_answer(need=Need.objects.get(pk=second.pk), on=promised)
    part_needs(merge=merge, by=coordinator)
    assert Need.objects.get(pk=second.pk).next_answer_on == promised


def test_a_voice_moves_to_where_it_belongs_or_becomes_a_need(
    two: tuple[Need, Need], coordinator: Person, workshop: Organisation
) -> None:
    first, second = two
    voice, _is_new = join_need(need=first, said=said("Og sveise aluminium selv"), by=None, organisation=workshop)
    own = move_voice(voice=voice, need=None, by=coordinator)
    assert (own.pk not in (first.pk, second.pk), own.voices.get().pk, first.voices.count()) == (True, voice.pk, 1)
    assert set(SkillLink.objects.filter(subject_id=voice.public_id).values_list("whole_id", flat=True)) == {
        own.public_id
    }
    with pytest.raises(CannotMergeError):  # the only one: the needs are merged instead
        move_voice(voice=Voice.objects.get(pk=voice.pk), need=second, by=coordinator)


# The pages


@pytest.mark.slow
def test_the_old_address_leads_on_and_the_follower_goes_along(
    client: Client, coordinator_client: Client, two: tuple[Need, Need]
) -> None:
    first, second = two
    client.post(f"/behov/{first.public_id}/folg")
    page = coordinator_client.get(f"/behov/{first.public_id}/sla-sammen").content.decode()
    assert f"/behov/{first.public_id}/sla-sammen/{second.public_id}" in page
    done = coordinator_client.post(f"/behov/{first.public_id}/sla-sammen/{second.public_id}", follow=True)
    assert "Slått sammen. Alle innspillene står her" in done.content.decode()
    assert client.get(f"/behov/{first.public_id}").headers["Location"] == f"/behov/{second.public_id}"
    assert f"/behov/{second.public_id}" in client.get("/behov/mine").content.decode()
    assert client.get("/behov/").content.decode().count("sveise aluminium") <= 2
    merge = Merge.objects.get()
    coordinator_client.post(f"/behov/sammen/{merge.public_id}/angre")
    assert client.get(f"/behov/{first.public_id}").status_code == 200


def test_the_holder_of_a_link_goes_on_to_the_kept_one(
    holder_client: Callable[..., Client], two: tuple[Need, Need], coordinator: Person
) -> None:
    first, second = two
    voice = first.voices.get()
    merge_needs(kept=second, merged=first, by=coordinator)
    page = holder_client(ref(voice)).get(f"/behov/mitt/{voice.public_id}").content.decode()
    assert f"/behov/{second.public_id}" in page and "Vi må lære å sveise aluminium" in page


def test_a_search_finds_what_to_merge_with(coordinator_client: Client, two: tuple[Need, Need]) -> None:
    first, second = two
    page = coordinator_client.get(f"/behov/{first.public_id}/sla-sammen?q=skulle").content.decode()
    assert f"/sla-sammen/{second.public_id}" in page
    page = coordinator_client.get(f"/behov/{first.public_id}/sla-sammen?q=finnesikke").content.decode()
    assert "Ingen behov har disse ordene. Prøv andre." in page


@pytest.mark.slow
def test_two_coordinators_at_once_are_told(coordinator_client: Client, two: tuple[Need, Need]) -> None:
    first, second = two
    address = f"/behov/{first.public_id}/sla-sammen/{second.public_id}"
    coordinator_client.post(address)
    again = coordinator_client.post(address, follow=True).content.decode()
    assert "De kunne ikke slås sammen" in again
    assert Merge.objects.count() == 1
