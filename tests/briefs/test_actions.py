"""A brief is made once, sent when education can answer it, and answered; those who voiced the needs are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.actions import (
    AnswerSaid,
    Asked,
    BriefNotComplete,
    answer_brief,
    close_brief,
    make_brief,
    make_pledge,
    send_brief,
    send_owed_letters,
    withdraw_pledge,
)
from kompetanseforum.briefs.models import Brief, BriefAnswer, Kind, Pledge, Recipient, State
from kompetanseforum.briefs.queries.shown import answer_secret
from kompetanseforum.briefs.queries.words import summary_of
from kompetanseforum.challenges.actions import open_challenge
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.secret_links import hash_of
from kompetanseforum.needs.actions import answer_need
from kompetanseforum.needs.models import Need, Notice
from kompetanseforum.needs.models import State as NeedState
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.models import Edge
from tests.briefs.conftest import CANARY_EMAIL, whole

pytestmark = pytest.mark.django_db


def _facts(about: object) -> list[str]:
    return list(FactRow.objects.filter(about_id=about.public_id).order_by("pk").values_list("name", flat=True))


def test_the_same_form_sent_twice_is_one_brief(need: Need, person: Person):
    first = make_brief(said=whole(), needs=[need], by=person, sending_key="a-key")
    again = make_brief(said=whole(title="Noe annet"), needs=[need], by=person, sending_key="a-key")
    assert (first.pk, Brief.objects.get().title, _facts(first)) == (
        again.pk,
        "Sveising på kveldstid",
        ["briefs.BriefMade"],
    )


def test_what_education_cannot_answer_is_not_sent(need: Need, school: Organisation, person: Person):
    brief = make_brief(
        said=whole(payer="", hours_per_week=None, delivery=["place"], place=None), needs=[need], by=person
    )
    with pytest.raises(BriefNotComplete) as refused:
        send_brief(brief=brief, to=[Asked(organisation=school)], by=person)
    assert [field for field, _reason in refused.value.missing] == ["hours_per_week", "place", "payer"]
    need.refresh_from_db()
    assert (Recipient.objects.count(), need.state, Brief.objects.get().state) == (0, NeedState.HEARD, State.DRAFT)


@pytest.mark.slow
def test_who_is_only_online_needs_no_place(need: Need, school: Organisation, person: Person):
    brief = make_brief(said=whole(delivery=["online"], place=None), needs=[need], by=person)
    assert len(send_brief(brief=brief, to=[Asked(organisation=school)], by=person)) == 1


def test_sending_briefs_the_needs_and_tells_those_who_voiced_them(sent: Brief, need: Need, college: Organisation):
    need.refresh_from_db()
    answer = need.answers.get()
    assert (need.state, need.next_answer_on) == (NeedState.BRIEFED, sent.answer_by)
    assert answer.words == "Vi har spurt Elvebakken skole og Fjellheim fagskole. De svarer innen 7. desember."
    assert [(str(edge.upstream), str(edge.downstream), edge.relation) for edge in Edge.objects.all()] == [
        (str(ref(need)), str(ref(sent)), "ordered_by")
    ]


def test_the_one_who_left_an_address_is_owed_a_letter_of_it(
    need: Need, school: Organisation, person: Person, django_capture_on_commit_callbacks: Callable[..., object]
):
    brief = make_brief(said=whole(), needs=[need], by=person)
    before = Notice.objects.count()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        send_brief(brief=brief, to=[Asked(organisation=school)], by=person)
    assert [letter.voice.email for letter in Notice.objects.order_by("pk")[before:] if letter.is_letter] == [
        CANARY_EMAIL
    ]


def test_sent_again_nobody_gets_it_twice(sent: Brief, school: Organisation, person: Person, need: Need):
    assert send_brief(brief=sent, to=[Asked(organisation=school)], by=person) == []
    assert (Recipient.objects.count(), need.answers.count()) == (2, 1)
    assert _facts(sent).count("briefs.BriefSent") == 2


def test_a_need_that_has_come_further_is_not_moved_back(need: Need, school: Organisation, person: Person, noon: object):
    answer_need(
        need=need, by=person, words="Prøves", state="in_pilot", next_answer_on=need.next_answer_on, owner=person
    )
    brief = make_brief(said=whole(), needs=[need], by=person)
    send_brief(brief=brief, to=[Asked(organisation=school)], by=person)
    need.refresh_from_db()
    assert need.state == NeedState.IN_PILOT


def _recipient(brief: Brief, organisation: Organisation) -> Recipient:
    return Recipient.objects.select_related("brief", "organisation").get(brief=brief, organisation=organisation)


def _answer(brief: Brief, organisation: Organisation, kind: Kind, **said: object) -> BriefAnswer:
    return answer_brief(
        recipient=_recipient(brief, organisation),
        said=AnswerSaid(kind=kind, **said),  # type: ignore[arg-type]
        by=None,
    )


def test_a_yes_answers_the_need_and_its_words_are_told(sent: Brief, need: Need, school: Organisation):
    _answer(sent, school, Kind.ADAPT, words="På kveld i stedet for dag.")
    need.refresh_from_db()
    assert (need.state, need.answers.last().words) == (
        NeedState.ANSWERED,
        "Elvebakken skole: ja, men på kveld i stedet for dag.",
    )


def test_a_date_is_passed_on(sent: Brief, need: Need, school: Organisation):
    until = clock.today() + timedelta(days=60)
    _answer(sent, school, Kind.DECIDING, until=until)
    need.refresh_from_db()
    assert (need.state, need.next_answer_on) == (NeedState.BRIEFED, until)


def test_only_the_last_no_answers_the_need(sent: Brief, need: Need, school: Organisation, college: Organisation):
    _answer(sent, school, Kind.NO, reason="rooms", words="Vi ikke har sveisehall.")
    need.refresh_from_db()
    assert need.state == NeedState.BRIEFED
    _answer(sent, college, Kind.NO, reason="teachers", words="vi mangler lærer")
    need.refresh_from_db()
    assert (need.state, need.answers.last().words) == (
        NeedState.ANSWERED,
        "Alle som ble spurt, har sagt nei. Fjellheim fagskole: nei, fordi vi mangler lærer.",
    )


@pytest.mark.slow
def test_the_same_answer_sent_twice_is_one(sent: Brief, school: Organisation, need: Need):
    recipient = _recipient(sent, school)
    for _time in range(2):
        answer_brief(recipient=recipient, said=AnswerSaid(kind=Kind.ACCEPT), by=None, sending_key="once")
    assert (BriefAnswer.objects.count(), need.answers.count()) == (1, 2)


def test_an_answer_leaves_what_belongs_to_another_kind(sent: Brief, school: Organisation):
    answer = _answer(sent, school, Kind.ACCEPT, reason="rooms", until=clock.today())
    assert (answer.reason, answer.until) == ("", None)


def test_the_link_is_kept_as_a_hash_only(sent: Brief, college: Organisation):
    recipient = _recipient(sent, college)
    secret = answer_secret(recipient)
    assert recipient.link_hash == hash_of(secret) and secret not in recipient.link_hash
    assert answer_secret(recipient) == secret


def test_the_letter_goes_once_to_the_address_given(sent: Brief, college: Organisation, mailoutbox: list):
    assert send_owed_letters() is True
    assert send_owed_letters() is False
    [letter] = mailoutbox
    assert letter.to == ["post@college.example"]
    assert answer_secret(_recipient(sent, college)) in letter.body
    assert "5 personer" in letter.body


def test_pledges_are_made_once_and_taken_back(sent: Brief, school: Organisation):
    own = Ref("voice", "7h3k2m9qxa")
    values = {"organisation": school, "gift": "rooms", "words": "Hallen er ledig.", "name_is_public": True}
    first = make_pledge(brief=sent, by=own, sending_key="p", **values)
    assert make_pledge(brief=sent, by=own, sending_key="p", **values).pk == first.pk
    withdraw_pledge(pledge=first, by=own)
    withdraw_pledge(pledge=first, by=own)
    assert Pledge.objects.get().withdrawn_at is not None
    assert [name for name in _facts(sent) if "Pledge" in name] == ["briefs.PledgeMade", "briefs.PledgeWithdrawn"]


def test_a_closed_brief_stays_closed(sent: Brief, person: Person):
    close_brief(brief=sent, by=person)
    close_brief(brief=sent, by=person)
    assert Brief.objects.get().state == State.CLOSED
    assert _facts(sent).count("briefs.BriefClosed") == 1


def test_a_challenge_that_gathered_the_needs_stands_in_the_thread(need: Need, school: Organisation, person: Person):
    by = Viewer(person=ref(person), roles=frozenset({"coordinator"}))
    challenge = open_challenge(question="Hvordan får vi flere sveisere?", about="", cycle=None, by=by)
    brief = make_brief(said=whole(), needs=[need], by=person, challenge=challenge)
    assert not Edge.objects.filter(downstream_id=brief.public_id).exists()
    send_brief(brief=brief, to=[Asked(organisation=school)], by=person)
    edges = Edge.objects.filter(downstream_id=brief.public_id).values_list("upstream_kind", "relation")
    assert sorted(edges) == [("challenge", "ordered_by"), ("need", "ordered_by")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "5 personer, på dagtid og i samlinger, i Fredrikstad"),
        ("nn", "5 personar, på dagtid og i samlingar, i Fredrikstad"),
    ],
)
def test_a_brief_is_told_in_one_line(need: Need, person: Person, language: str, words: str):
    brief = make_brief(said=whole(times=["day", "gatherings"]), needs=[need], by=person)
    with translation.override(language):
        assert summary_of(brief) == words
