"""Asking for a talk: one line, yes or a no that nobody sees, and no advertising."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.network.actions import ask_for_talk, close_lapsed_talks, decline_talk, send_owed_letters
from kompetanseforum.network.capability import CAPABILITY
from kompetanseforum.network.models import Card, Talk
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    confirm_representation,
    present_organisation,
)
from kompetanseforum.skills.models import SkillLink
from tests.network.conftest import MakePerson, browser_of, carded

pytestmark = pytest.mark.django_db
_ROW = re.compile(r'<li class="row">.*?</li>', re.DOTALL)


def _asks(asker, card, about: str = "Om sveising"):
    return browser_of(asker).post(f"/hvem-er-med/{card.public_id}/be-om-samtale", {"about": about})


def _talks(person) -> str:
    """The person's page, but for the token that is new in every form."""
    page = browser_of(person).get("/hvem-er-med/samtaler").content.decode()
    return re.sub(r'(name="csrfmiddlewaretoken" value)="[^"]+"', r"\1", page)


@pytest.mark.slow
def test_a_yes_lets_both_see_how_to_reach_each_other(somebody: MakePerson, noon: datetime):
    ola, liv = somebody("Ola Nes", phone="400 00 111"), somebody("Liv Berg", phone="400 00 222")
    card = carded(ola)
    assert _asks(liv, card).status_code == 302
    for page in (_talks(ola), _talks(liv), browser_of(liv).get(f"/hvem-er-med/{card.public_id}").content.decode()):
        assert not any(secret in page for secret in ("400 00 111", "400 00 222", "@firm.example"))
    talk = Talk.objects.get()
    browser_of(ola).post(f"/hvem-er-med/samtaler/{talk.public_id}/svar", {"answer": "yes"})
    assert "liv.berg@firm.example" in _talks(ola) and "400 00 222" in _talks(ola)
    assert "ola.nes@firm.example" in _talks(liv) and "400 00 111" in _talks(liv)
    assert list(FactRow.objects.filter(about_kind="talk").values_list("name", flat=True)) == [
        "network.TalkAsked",
        "network.TalkAgreed",
    ]


@pytest.mark.slow
def test_a_no_is_seen_by_nobody_but_the_one_who_gave_it(somebody: MakePerson, noon: datetime):
    """The asker's page, the log and the letters are the same, to the letter, as if nothing had been answered."""
    ola, per, liv = somebody("Ola Nes"), somebody("Per Ås"), somebody("Liv Berg")
    for one in (ola, per):
        _asks(liv, carded(one))
    unanswered_page = _talks(liv)
    log = FactRow.objects.count()
    talk = Talk.objects.get(asked=ola)
    browser_of(ola).post(f"/hvem-er-med/samtaler/{talk.public_id}/svar", {"answer": "no"})
    assert (_talks(liv), FactRow.objects.count()) == (unanswered_page, log)
    assert "Om sveising" not in _talks(ola)
    assert _asks(liv, ola.card).status_code == 302
    assert Talk.objects.filter(asked=ola).count() == 1
    for moment in (timedelta(days=29), timedelta(days=31)):
        with clock.at(noon + moment):
            close_lapsed_talks()
            page = _talks(liv)
            rows = {
                name: row.replace(name, "")
                for row in _ROW.findall(page)
                for name in ("Ola Nes", "Per Ås")
                if name in row
            }
            assert rows["Ola Nes"] == rows["Per Ås"]


def test_after_it_has_lapsed_one_may_ask_again(somebody: MakePerson, noon: datetime):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    card = carded(ola)
    _asks(liv, card)
    decline_talk(Talk.objects.get())
    with clock.at(noon + timedelta(days=31)):
        assert "Du kan spørre igjen" in _talks(liv)
        _asks(liv, card, "Om lærlinger")
        assert "Om lærlinger" in _talks(ola)


def test_one_open_at_a_time_for_each_pair_however_often_it_is_sent(somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    first = ask_for_talk(asker=liv, asked=ola, about="Om sveising")
    assert ask_for_talk(asker=liv, asked=ola, about="Om lærlinger") == first
    assert Talk.objects.get().about == "Om sveising"


def test_two_who_ask_each_other_have_agreed(somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    ask_for_talk(asker=liv, asked=ola, about="Om sveising")
    assert ask_for_talk(asker=ola, asked=liv, about="Om lærlinger").agreed_at is not None
    assert Talk.objects.count() == 1


def test_one_who_declined_may_ask_later_and_nothing_is_told(somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    decline_talk(ask_for_talk(asker=liv, asked=ola, about="Om sveising"))
    assert ask_for_talk(asker=ola, asked=liv, about="Om noe annet").agreed_at is None


@pytest.mark.slow
def test_five_a_day_and_no_more(somebody: MakePerson, noon: datetime):
    liv = somebody("Liv Berg")
    cards = [carded(somebody(f"Tal{n} Nes")) for n in range(7)]
    assert [_asks(liv, card).status_code for card in cards[:6]] == [302] * 5 + [422]
    assert "Prøv igjen i morgen" in _asks(liv, cards[5]).content.decode()
    with clock.at(noon + timedelta(days=1, minutes=1)):
        assert _asks(liv, cards[5]).status_code == 302


def test_only_those_who_may_be_asked_are_and_only_by_those_signed_in(client, somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    card = carded(ola, may_be_asked=False)
    assert _asks(liv, card).status_code == 403
    card = carded(ola)
    address = f"/hvem-er-med/{card.public_id}/be-om-samtale"
    assert client.post(address, {"about": "Hei"}).status_code == 403
    assert _asks(ola, card).status_code == 403
    assert _asks(liv, card, about="").status_code == 422
    assert not Talk.objects.exists()


def test_only_the_one_who_is_asked_answers_and_only_once(somebody: MakePerson, coordinator_client, noon: datetime):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    talk = ask_for_talk(asker=liv, asked=ola, about="Om sveising")
    address = f"/hvem-er-med/samtaler/{talk.public_id}/svar"
    for stranger in (browser_of(liv), browser_of(somebody("Per Ås")), coordinator_client):
        assert stranger.post(address, {"answer": "yes"}).status_code == 403
    with clock.at(noon + timedelta(days=31)):
        assert browser_of(ola).post(address, {"answer": "yes"}).status_code == 403
    assert browser_of(ola).post(address, {"answer": "no"}).status_code == 302
    assert browser_of(ola).post(address, {"answer": "yes"}).status_code == 403
    talk.refresh_from_db()
    assert talk.agreed_at is None


def test_the_one_who_is_asked_gets_one_letter_in_their_own_language(somebody: MakePerson, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://forum.example"
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    ola.language = "nn"
    ola.save()
    talk = ask_for_talk(asker=liv, asked=ola, about="Om sveising <& slikt>")
    assert send_owed_letters()
    assert not send_owed_letters()
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Liv Berg bed om ein samtale", ["ola.nes@firm.example"])
    assert "«Om sveising <& slikt>»" in letter.body and "https://forum.example/hvem-er-med/samtaler" in letter.body
    assert "liv.berg@firm.example" not in letter.body
    decline_talk(talk)
    decline_talk(ask_for_talk(asker=somebody("Per Ås"), asked=ola, about="Hei"))
    assert not send_owed_letters()


def test_an_organisations_page_says_whom_one_may_ask(client, forum: Forum, somebody: MakePerson):
    ola, per, liv = somebody("Ola Nes"), somebody("Per Ås"), somebody("Liv Berg")
    firm = add_organisation(name="Elvekanten AS")
    present_organisation(firm, said=Presented(wants_to_be_found=True), by=None)
    for one in (ola, per):
        confirm_representation(ask_to_represent(person=one, organisation=firm, wants_to_be_shown=True), by=one)
        carded(one, may_be_asked=one is ola)
    address = f"/virksomheter/{firm.public_id}"
    page = browser_of(liv).get(address).content.decode()
    assert ("Be Ola Nes om en samtale" in page, "Be Per Ås om en samtale" in page) == (True, False)


def test_a_guest_is_led_to_sign_in_first(client, forum: Forum, somebody: MakePerson):
    ola = somebody("Ola Nes")
    firm = add_organisation(name="Elvekanten AS")
    present_organisation(firm, said=Presented(wants_to_be_found=True), by=None)
    confirm_representation(ask_to_represent(person=ola, organisation=firm, wants_to_be_shown=True), by=ola)
    card = carded(ola)
    page = client.get(f"/virksomheter/{firm.public_id}").content.decode()
    assert f'href="/logg-inn?next=/hvem-er-med/{card.public_id}/be-om-samtale"' in page


def test_one_who_is_erased_leaves_neither_card_nor_talks(few_words: Forum, somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    carded(ola, knows="sveise aluminium")
    ask_for_talk(asker=liv, asked=ola, about="Om sveising")
    copy = CAPABILITY.personal_copy(ref(ola))
    assert (copy["card"]["knows"], copy["talks"][0]["with"]) == ("sveise aluminium", "Liv Berg")
    CAPABILITY.erase(Erasure(person=ref(ola), holds=frozenset(), email=ola.email, withdraws_voices=False))
    assert not Talk.objects.exists() and not Card.objects.exists()
    assert not SkillLink.objects.filter(whole_kind="card").exists()
    assert CAPABILITY.personal_copy(ref(ola)) == {"card": None, "talks": []}


def test_my_page_says_that_somebody_asks(somebody: MakePerson):
    ola, liv = somebody("Ola Nes"), somebody("Liv Berg")
    ask_for_talk(asker=liv, asked=ola, about="Om sveising")
    assert "Én ber deg om en samtale." in browser_of(ola).get("/min-side").content.decode()
    assert "ber deg om en samtale" not in browser_of(liv).get("/min-side").content.decode()
