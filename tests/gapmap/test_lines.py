"""Lines follow the needs, offers and links they come from, and remember when each held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.gapmap.actions import rebuild, refresh_need
from kompetanseforum.gapmap.models import DemandLine, Revision, SupplyLine
from kompetanseforum.gapmap.queries.kept import kept_map
from kompetanseforum.needs.actions import Said, answer_need, change_voice, confirm_voice, release_need, withdraw_voice
from kompetanseforum.needs.models import HeldReason, Need, Voice
from kompetanseforum.offers.actions import change_offer, end_offer
from kompetanseforum.offers.models import HeldReason as OfferHeldReason
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.skills.actions.linking import judge_link
from kompetanseforum.skills.models import Concept, SkillLink
from tests.gapmap.conftest import TRUCK, WELDING, Speak, Teach

pytestmark = pytest.mark.django_db

Captured = Callable[..., Any]


@pytest.fixture(autouse=True)
def _stand_still(noon: datetime) -> None:
    """Time stands still but where a test moves it."""


def asked(skill: str = WELDING) -> list[tuple[str, int, bool]]:
    """Who is counted now: voice, people and whether it is confirmed."""
    lines = DemandLine.objects.filter(until=None, skill__uri=skill).order_by("pk")
    return [(line.voice_id, line.people, line.is_confirmed) for line in lines]


def answered(need: Need, by: Person, state: str) -> None:
    answer_need(need=need, by=by, words="Vi ordner det.", state=state, next_answer_on=clock.today(), owner=by)


def test_a_fact_brings_the_line(speak: Speak, django_capture_on_commit_callbacks: Captured) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        voice = speak(kept=(WELDING,))
    assert asked() == [(voice.public_id, 4, True)]


def test_a_fact_ends_the_line(speak: Speak, django_capture_on_commit_callbacks: Captured) -> None:
    voice = speak()
    rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_voice(voice=voice, by=None)
    assert asked() == []


def test_a_judged_link_is_heard(speak: Speak, django_capture_on_commit_callbacks: Captured) -> None:
    voice = speak()
    rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        judge_link(link=SkillLink.objects.get(), by=Ref("person", "kari"), is_right=True)
    assert asked() == [(voice.public_id, 4, True)]


def test_an_offer_is_heard(teach: Teach, django_capture_on_commit_callbacks: Captured) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        offer = teach("sveise aluminium")
    assert list(SupplyLine.objects.values_list("skill__uri", "offer_id", "places", "municipality_code", "until")) == [
        (WELDING, offer.public_id, 12, "3105", None)
    ]


def test_doing_it_again_writes_nothing(speak: Speak, teach: Teach) -> None:
    voice = speak()
    teach("sveise aluminium")
    rebuild()
    before = (list(DemandLine.objects.values()), list(SupplyLine.objects.values()), Revision.objects.values().get())
    assert (refresh_need(voice.need.public_id), rebuild()) == (0, 0)
    assert (
        list(DemandLine.objects.values()),
        list(SupplyLine.objects.values()),
        Revision.objects.values().get(),
    ) == before


def test_a_line_is_confirmed_by_a_person_and_the_organisation(speak: Speak) -> None:
    sure = speak(kept=(WELDING,), by="A")
    machine = speak(by="B")
    unknown = speak(kept=(WELDING,), by="C", is_confirmed=False)
    rebuild()
    assert {*asked()} == {(sure.public_id, 4, True), (machine.public_id, 4, False), (unknown.public_id, 4, False)}


def test_who_joins_without_words_counts_for_what_the_need_asks(speak: Speak) -> None:
    first = speak(kept=(WELDING,))
    second = speak("", by="Båt To AS", need=first.need, people=3)
    rebuild()
    assert {*asked()} == {(first.public_id, 4, True), (second.public_id, 3, True)}


def test_who_joins_counts_for_what_the_need_opened_with_and_the_first_not_for_what_came_later(speak: Speak) -> None:
    first = speak(kept=(WELDING,))
    second = speak("Vi trenger også kjøre gaffeltruck", by="Båt To AS", need=first.need, kept=(TRUCK,))
    rebuild()
    # Its own words do not speak of welding, so there it is not confirmed.
    assert {*asked()} == {(first.public_id, 4, True), (second.public_id, 4, False)}
    assert {*asked(TRUCK)} == {(second.public_id, 4, True)}


def test_what_two_voices_name_all_of_them_count_for(speak: Speak) -> None:
    first = speak(kept=(WELDING,))
    voices = [speak("Vi må kjøre gaffeltruck", by=by, need=first.need, kept=(TRUCK,)) for by in ("B", "C")]
    rebuild()
    assert {*asked(TRUCK)} == {(first.public_id, 4, False), *((voice.public_id, 4, True) for voice in voices)}


def test_when_the_opening_voice_is_withdrawn_the_next_one_opens(speak: Speak) -> None:
    first = speak(kept=(WELDING,))
    second = speak("Vi trenger å kjøre gaffeltruck", by="B", need=first.need, kept=(TRUCK,))
    third = speak("", by="C", need=first.need)
    withdraw_voice(voice=first, by=None)
    rebuild()
    assert ({*asked()}, {*asked(TRUCK)}) == (set(), {(second.public_id, 4, True), (third.public_id, 4, True)})


def test_what_a_voice_itself_calls_wrong_it_does_not_count_for(speak: Speak) -> None:
    first = speak(kept=(WELDING,))
    second = speak("Vi må også sveise aluminium", by="Båt To AS", need=first.need)
    judge_link(
        link=SkillLink.objects.get(subject_id=second.public_id), by=Ref("voice", second.public_id), is_right=False
    )
    rebuild()
    assert asked() == [(first.public_id, 4, True)]


def test_a_held_need_counts_when_it_is_released(speak: Speak) -> None:
    voice = speak(kept=(WELDING,))
    Need.objects.update(held_reason=HeldReason.ADDRESS)
    rebuild()
    assert asked() == []
    release_need(need=Need.objects.get(), by=None)
    rebuild()
    assert asked() == [(voice.public_id, 4, True)]


@pytest.mark.parametrize("state", ["met", "not_met"])
def test_a_closed_need_ends_its_lines_the_day_it_closed(
    state: str, speak: Speak, person: Person, noon: datetime
) -> None:
    voice = speak()
    rebuild()
    with clock.at(noon + timedelta(days=3)):
        answered(voice.need, person, state)
    with clock.at(noon + timedelta(days=5)):
        rebuild()
    assert list(DemandLine.objects.values_list("since", "until")) == [(noon, noon + timedelta(days=3))]


def test_what_was_asked_and_met_before_anybody_counted_is_written_as_history(
    speak: Speak, person: Person, noon: datetime
) -> None:
    voice = speak()
    with clock.at(noon + timedelta(days=40)):
        answered(voice.need, person, "met")
        assert (rebuild(), rebuild()) == (1, 0)
    assert list(DemandLine.objects.values_list("since", "until")) == [(noon, noon + timedelta(days=40))]


def test_a_change_ends_the_old_line_and_begins_a_new(speak: Speak, noon: datetime) -> None:
    voice = speak()
    rebuild()
    later = noon + timedelta(days=9)
    with clock.at(later):
        change_voice(voice=voice, said=Said(words=voice.words, people=9), horizon="now", level="", by=None)
        rebuild()
    assert list(DemandLine.objects.order_by("since").values_list("people", "since", "until")) == [
        (4, noon, later),
        (9, later, None),
    ]


def test_a_need_that_opens_again_begins_again(speak: Speak, person: Person, noon: datetime) -> None:
    voice = speak()
    rebuild()
    for days, state in ((2, "met"), (4, "in_dialogue")):
        with clock.at(noon + timedelta(days=days)):
            answered(voice.need, person, state)
            rebuild()
    assert list(DemandLine.objects.order_by("since").values_list("since", "until")) == [
        (noon, noon + timedelta(days=2)),
        (noon + timedelta(days=4), None),
    ]


def test_a_confirmed_voice_is_counted_as_confirmed(speak: Speak) -> None:
    voice = speak(kept=(WELDING,), is_confirmed=False)
    rebuild()
    confirm_voice(voice=voice, by=None)
    rebuild()
    assert asked() == [(voice.public_id, 4, True)]


def test_an_expired_curriculum_is_no_supply(teach: Teach) -> None:
    teach("sveise aluminium", counted=False)
    rebuild()
    assert SupplyLine.objects.count() == 0


def test_a_held_offer_is_no_supply(teach: Teach) -> None:
    teach("sveise aluminium")
    Offer.objects.update(held_reason=OfferHeldReason.VISITOR)
    rebuild()
    assert SupplyLine.objects.count() == 0


def test_an_offer_that_ended_was_supply_until_then(teach: Teach, noon: datetime) -> None:
    offer = teach("sveise aluminium")
    rebuild()
    with clock.at(noon + timedelta(days=1)):
        end_offer(offer=offer, by=None)
    with clock.at(noon + timedelta(days=2)):
        rebuild()
    assert list(SupplyLine.objects.values_list("until", flat=True)) == [noon + timedelta(days=1)]


def test_more_places_are_counted_from_when_they_came(teach: Teach, noon: datetime) -> None:
    offer = teach("sveise aluminium")
    rebuild()
    with clock.at(noon + timedelta(days=1)):
        change_offer(offer=offer, content=replace(content_of(offer), places_per_year=20), by=None)
        rebuild()
    assert list(SupplyLine.objects.order_by("since").values_list("places", "until")) == [
        (12, noon + timedelta(days=1)),
        (20, None),
    ]


def test_a_deleted_need_ends_its_lines(speak: Speak) -> None:
    speak()
    rebuild()
    Voice.objects.all().delete()
    Need.objects.all().delete()
    rebuild()
    assert asked() == []


def test_a_new_hearing_of_old_words_is_no_change_in_what_is_asked_for(speak: Speak, noon: datetime) -> None:
    """What is heard now was said then, and what is not heard any more was never said."""
    speak()
    rebuild()
    later = noon + timedelta(days=40)
    with clock.at(later):
        SkillLink.objects.update(concept=Concept.objects.get(uri=TRUCK), linked_at=later)
        rebuild()
    lines = DemandLine.objects.order_by("pk").values_list("skill__uri", "since", "until")
    assert list(lines) == [(WELDING, noon, noon), (TRUCK, noon, None)]
    with clock.at(later), kept_map() as kept:
        [gap] = kept.balance.gaps(at=later)
    assert (gap.key, gap.asked, gap.change) == (TRUCK, 4, 0)


def test_what_is_heard_anew_begins_no_earlier_than_what_the_voice_says_now(speak: Speak, noon: datetime) -> None:
    """Else its lines would say two things of the same time, and nothing could be counted."""
    voice = speak()
    rebuild()
    with clock.at(noon + timedelta(days=10)):
        change_voice(voice=voice, said=Said(words=voice.words, people=9), horizon="now", level="", by=None)
        rebuild()
    with clock.at(noon + timedelta(days=20)):
        link = SkillLink.objects.get()
        link.pk, link.public_id, link.concept = None, new_public_id(), Concept.objects.get(uri=TRUCK)
        link.save(force_insert=True)
        rebuild()
        with kept_map() as kept:
            assert {gap.key: gap.asked for gap in kept.balance.gaps(at=clock.now())} == {WELDING: 9, TRUCK: 9}
    [line] = DemandLine.objects.filter(skill__uri=TRUCK)
    assert (line.people, line.since) == (9, noon + timedelta(days=10))
