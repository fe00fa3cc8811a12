"""What happens to a need when somebody speaks, joins, changes, withdraws or answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import (
    Said,
    answer_need,
    change_voice,
    join_need,
    owe_letters,
    release_need,
    send_owed_letters,
    voice_need,
    withdraw_voice,
)
from kompetanseforum.needs.models import HeldReason, Need, Voice
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import SkillLink
from tests.needs.conftest import TRUCK, WELDING

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def facts() -> list[tuple[str, str]]:
    return list(FactRow.objects.order_by("pk").values_list("name", "actor"))


def test_a_new_need_has_owner_state_and_a_date_from_the_first_second(
    boat_builder: Organisation, coordinator: Person
) -> None:
    with clock.at(MONDAY):
        voice = voice_need(said=Said(words="Vi må lære truck."), by=None, organisation=boat_builder)
    assert (voice.need.state, voice.need.next_answer_on, voice.need.owner.name) == (
        "heard",
        date(2026, 12, 7),
        "Kompetanseforum",
    )


def test_the_words_are_linked_to_skills_with_the_letters_that_caused_it(voice: Voice) -> None:
    links = SkillLink.objects.filter(subject_id=voice.public_id).select_related("concept")
    assert [
        (link.concept.uri, [voice.words[start:end] for start, end in link.causes], link.polarity) for link in links
    ] == [(WELDING, ["sveise aluminium"], "need")]


def test_the_same_form_sent_twice_is_one_need(boat_builder: Organisation) -> None:
    first = voice_need(said=Said(words="Truck"), by=None, organisation=boat_builder, sending_key="k1")
    again = voice_need(said=Said(words="Truck"), by=None, organisation=boat_builder, sending_key="k1")
    assert (again.pk, Need.objects.count(), Voice.objects.count()) == (first.pk, 1, 1)


def test_an_organisation_has_one_voice_behind_a_need(
    voice: Voice, boat_builder: Organisation, workshop: Organisation
) -> None:
    again, is_new_again = join_need(need=voice.need, said=Said(), by=None, organisation=boat_builder)
    other, is_new_other = join_need(need=voice.need, said=Said(people=5), by=None, organisation=workshop)
    assert (again.pk, is_new_again, is_new_other) == (voice.pk, False, True)
    assert list(voice.need.voices.values_list("pk", "people")) == [(voice.pk, 2), (other.pk, 5)]


def test_chips_left_ticked_are_confirmed_and_chips_tapped_away_are_rejected(boat_builder: Organisation) -> None:
    said = Said(words="Sveise aluminium og ta truckførerbevis", skills_shown=[WELDING, TRUCK], skills_kept=[WELDING])
    voice = voice_need(said=said, by=None, organisation=boat_builder)
    links = SkillLink.objects.filter(subject_id=voice.public_id).select_related("concept").order_by("concept__uri")
    assert [(link.concept.uri, link.is_confirmed, link.is_rejected) for link in links] == [
        (TRUCK, False, True),
        (WELDING, True, False),
    ]


def test_changed_words_are_heard_anew(voice: Voice) -> None:
    change_voice(voice=voice, said=Said(words="Vi trenger truckførerbevis."), horizon="later", level="intro", by=None)
    links = SkillLink.objects.filter(subject_id=voice.public_id)
    assert [link.concept.uri for link in links] == [TRUCK]
    assert (voice.need.horizon, voice.need.level) == ("later", "intro")


def test_a_need_whose_last_voice_withdraws_is_withdrawn_and_the_address_is_gone(voice: Voice) -> None:
    Voice.objects.filter(pk=voice.pk).update(email="kari@batten.example")
    voice.refresh_from_db()
    withdraw_voice(voice=voice, by=ref(voice))
    voice.refresh_from_db()
    assert (voice.need.state, voice.email, SkillLink.objects.count()) == ("withdrawn", "", 0)


def test_one_who_withdraws_leaves_the_others_standing(voice: Voice, workshop: Organisation) -> None:
    join_need(need=voice.need, said=Said(), by=None, organisation=workshop)
    withdraw_voice(voice=voice, by=None)
    assert Need.objects.get().state == "heard"


def test_one_who_withdrew_may_come_back(voice: Voice, boat_builder: Organisation, workshop: Organisation) -> None:
    join_need(need=voice.need, said=Said(), by=None, organisation=workshop)
    withdraw_voice(voice=voice, by=None)
    _back, is_new = join_need(need=voice.need, said=Said(), by=None, organisation=boat_builder)
    assert is_new


def test_an_answer_moves_state_owner_and_date_together(voice: Voice, coordinator: Person) -> None:
    day = clock.today() + timedelta(days=20)
    answer_need(
        need=voice.need,
        by=coordinator,
        words="Vi har ringt.",
        state="in_dialogue",
        next_answer_on=day,
        owner=coordinator,
    )
    need = Need.objects.get()
    assert (need.state, need.next_answer_on, need.owner) == ("in_dialogue", day, coordinator)
    assert [(answer.words, answer.by) for answer in need.answers.all()] == [("Vi har ringt.", coordinator)]


def test_released_words_have_lost_their_phone_number(boat_builder: Organisation) -> None:
    voice = voice_need(
        said=Said(words="Ring Berit på 900 00 123 om regnskap", words_are_public=True),
        by=None,
        organisation=boat_builder,
        held_reason=HeldReason.PHONE_NUMBER,
    )
    release_need(need=voice.need, by=None, remove_numbers=True)
    voice.refresh_from_db()
    assert (voice.words, voice.need.held_reason) == ("Ring Berit på … om regnskap", "")


def test_the_log_tells_what_happened_in_order_and_who_did_it(
    voice: Voice, workshop: Organisation, coordinator: Person
) -> None:
    other, _is_new = join_need(need=voice.need, said=Said(), by=None, organisation=workshop)
    answer_need(
        need=voice.need, by=coordinator, words="Ja", state="answered", next_answer_on=clock.today(), owner=coordinator
    )
    withdraw_voice(voice=other, by=None)
    assert [told for told in facts() if told[0].startswith("needs.")] == [
        ("needs.NeedVoiced", str(ref(voice))),
        ("needs.VoiceAdded", str(ref(other))),
        ("needs.NeedAnswered", str(Ref("person", coordinator.public_id))),
        ("needs.VoiceWithdrawn", str(ref(other))),
    ]


@pytest.mark.parametrize("words", ["", "   "])
def test_a_voice_without_words_links_nothing(boat_builder: Organisation, words: str) -> None:
    voice_need(said=Said(words=words), by=None, organisation=boat_builder)
    assert SkillLink.objects.count() == 0


def test_a_voice_with_an_address_gets_one_letter_per_answer(
    boat_builder: Organisation, coordinator: Person, mailoutbox: list[EmailMessage]
) -> None:
    voice = voice_need(
        said=Said(words="Truckførerbevis", email="kari@batten.example"), by=None, organisation=boat_builder
    )
    owe_letters(need_id=voice.need.public_id, fact_id=1, voice_id=voice.public_id)
    owe_letters(need_id=voice.need.public_id, fact_id=1, voice_id=voice.public_id)
    send_owed_letters()
    send_owed_letters()
    answer_need(
        need=voice.need,
        by=coordinator,
        words="Vi har ringt.",
        state="answered",
        next_answer_on=clock.today(),
        owner=coordinator,
    )
    owe_letters(need_id=voice.need.public_id, fact_id=2)
    send_owed_letters()
    assert [(letter.to, "Vi har ringt." in letter.body) for letter in mailoutbox] == [
        (["kari@batten.example"], False),
        (["kari@batten.example"], True),
    ]
    assert all(link_secret(voice) in letter.body for letter in mailoutbox)


def test_who_withdraws_gets_no_more_letters(boat_builder: Organisation, mailoutbox: list[EmailMessage]) -> None:
    voice = voice_need(said=Said(words="Truck", email="kari@batten.example"), by=None, organisation=boat_builder)
    owe_letters(need_id=voice.need.public_id, fact_id=1)
    withdraw_voice(voice=voice, by=None)
    send_owed_letters()
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("choice", "at_once", "next_day"), [("at_once", 2, 3), ("daily", 1, 2), ("never", 0, 0)], ids=str
)
def test_news_come_as_often_as_one_has_chosen(
    boat_builder: Organisation,
    coordinator: Person,
    mailoutbox: list[EmailMessage],
    choice: str,
    at_once: int,
    next_day: int,
) -> None:
    now = clock.now()
    add_person(name="Kari", email="KARI@batten.example")
    Person.objects.filter(name="Kari").update(notices=choice)
    voice = voice_need(
        said=Said(words="Truckførerbevis", email="kari@batten.example"), by=None, organisation=boat_builder
    )
    told = []
    for fact_id, later in ((901, timedelta(0)), (902, timedelta(0)), (903, timedelta(days=1, minutes=1))):
        with clock.at(now + later):
            owe_letters(need_id=voice.need.public_id, fact_id=fact_id)
            while send_owed_letters():
                pass
        told.append(len(mailoutbox))
    assert told[1:] == [at_once, next_day]
