"""Where one is signed in: seen and ended by its owner, by nobody else; and being asked again before the ways in change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from kompetanseforum.accounts.actions import add_person, join
from kompetanseforum.accounts.models import Person, SignIn
from kompetanseforum.core import clock
from kompetanseforum.core.browsers import browser_and_system
from tests.accounts.conftest import code_in, who_is

pytestmark = pytest.mark.django_db
KARI = "kari@forum.example"
SignedIn = Callable[..., HttpResponse]
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18 Safari/604"
)
MACHINE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def two(person: Person, signed_in: SignedIn) -> tuple[Client, Client]:
    """Kari on her phone, and on a machine."""
    phone, machine = Client(headers={"user-agent": PHONE}), Client(headers={"user-agent": MACHINE})
    signed_in(KARI, by=phone)
    signed_in(KARI, by=machine)
    return phone, machine


def _on(device: str) -> SignIn:
    return SignIn.objects.get(device=device)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("said", "names"),
    [
        (PHONE, "Safari, iPhone"),
        (MACHINE, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome, Chromebook"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_known_by_two_names_and_nothing_else_is_kept(said: str, names: str):
    assert browser_and_system(said) == names


def test_one_sees_where_one_is_signed_in_and_which_is_this_one(two: tuple[Client, Client]):
    page = two[1].get("/min-side/enheter").content.decode()
    assert ("Safari, iPhone" in page, page.index("Denne enheten") < page.index("Safari, iPhone")) == (True, True)
    assert page.index("Firefox, Windows") < page.index("Denne enheten")
    assert page.count("Denne enheten") == 1


def test_one_that_is_ended_is_out_at_once_and_the_other_stays(two: tuple[Client, Client]):
    phone, machine = two
    machine.post(f"/min-side/enheter/{_on('Safari, iPhone').public_id}/avslutt")
    assert (who_is(phone), who_is(machine)) == ("", "Kari Lunde")
    assert list(SignIn.objects.values_list("device", flat=True)) == ["Firefox, Windows"]


def test_all_others_are_ended_and_only_this_one_is_listed(two: tuple[Client, Client]):
    phone, machine = two
    machine.post("/min-side/andre-enheter")
    assert (who_is(phone), who_is(machine)) == ("", "Kari Lunde")
    assert "Denne enheten" in machine.get("/min-side/enheter").content.decode()
    assert SignIn.objects.count() == 1


def test_nobody_ends_or_sees_anothers(two: tuple[Client, Client], signed_in: SignedIn):
    join(name="Ola Vik", email="ola@firma.example")
    ola = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Safari/537.36"})
    signed_in("ola@firma.example", by=ola)
    karis = _on("Safari, iPhone")
    assert ola.post(f"/min-side/enheter/{karis.public_id}/avslutt").status_code == 403
    page = ola.get("/min-side/enheter").content.decode()
    assert ("Chrome, Android" in page, "iPhone" in page) == (True, False)
    assert who_is(two[0]) == "Kari Lunde"


def test_signing_out_takes_it_off_the_list(two: tuple[Client, Client]):
    two[0].post("/logg-ut")
    assert list(SignIn.objects.values_list("device", flat=True)) == ["Firefox, Windows"]


def test_one_that_was_not_used_for_a_week_is_forgotten_at_the_next_sign_in(
    two: tuple[Client, Client], signed_in: SignedIn
):
    with clock.at(clock.now() + timedelta(days=8)):
        signed_in(KARI, by=Client(headers={"user-agent": MACHINE}))
        assert list(SignIn.objects.values_list("device", flat=True)) == ["Firefox, Windows"]


def test_a_session_from_before_they_were_listed_is_listed_when_it_is_used(two: tuple[Client, Client]):
    SignIn.objects.all().delete()
    with clock.at(clock.now() + timedelta(hours=2)):
        two[0].get("/min-side")
        assert list(SignIn.objects.values_list("device", flat=True)) == ["Safari, iPhone"]


def test_a_copy_of_ones_data_tells_where_one_is_signed_in_and_no_key(two: tuple[Client, Client]):
    copy = two[0].get("/min-side/opplysninger.json").content.decode()
    assert ("Firefox, Windows" in copy, _on("Firefox, Windows").session_key in copy) == (True, False)


# A coordinator for somebody who cannot


@pytest.mark.slow
def test_a_coordinator_signs_somebody_out_everywhere(person: Person, two: tuple[Client, Client], signed_in: SignedIn):
    ola = add_person(name="Ola Vik", email="ola@firma.example")
    device = Client()
    signed_in("ola@firma.example", by=device)
    assert who_is(device) == "Ola Vik"
    assert device.post(f"/medlemmer/{person.public_id}/logg-ut").status_code == 403
    two[0].post(f"/medlemmer/{ola.public_id}/logg-ut")
    assert (who_is(device), who_is(two[0]), SignIn.objects.filter(person=ola).count()) == ("", "Kari Lunde", 0)


# Asked again


def test_the_address_is_not_changed_from_an_old_session_before_it_is_shown_who_it_is(
    person: Person, client: Client, signed_in: SignedIn, mailoutbox: list[EmailMessage], noon: datetime
):
    signed_in(KARI)
    with clock.at(noon + timedelta(minutes=16)):
        answer = client.post("/min-side/e-post", {"email": "tyv@ny.example"})
        assert answer.headers["Location"].startswith("/min-side/er-det-deg?")
        assert [letter.to for letter in mailoutbox] == [[KARI]]
        client.post("/min-side/er-det-deg", {"next": "/min-side/e-post"})
        wrong = client.post("/min-side/er-det-deg", {"code": "000000", "next": "/min-side/e-post"})
        assert (wrong.status_code, mailoutbox[-1].to) == (422, [KARI])
        right = client.post("/min-side/er-det-deg", {"code": code_in(mailoutbox[-1]), "next": "/min-side/e-post"})
        assert right.headers["Location"] == "/min-side/e-post"
        client.post("/min-side/e-post", {"email": "kari@ny.example"})
        assert mailoutbox[-1].to == ["kari@ny.example"]


@pytest.mark.parametrize("path", ["/min-side/e-post", "/min-side/slett-meg", "/min-side/passnokler"])
def test_what_changes_the_ways_in_asks_who_it_is(
    path: str, person: Person, client: Client, signed_in: SignedIn, noon: datetime
):
    signed_in(KARI)
    assert client.get(path).status_code == 200
    with clock.at(noon + timedelta(minutes=16)):
        assert client.get(path).headers["Location"].startswith("/min-side/er-det-deg?")
        page = client.get("/min-side/er-det-deg", {"next": path}).content.decode()
    assert ("Send en kode til kari@forum.example" in page, f'value="{path}"' in page) == (True, True)


def test_nobody_is_led_to_another_site_from_there(person: Person, client: Client, signed_in: SignedIn):
    signed_in(KARI)
    page = client.get("/min-side/er-det-deg", {"next": "https://ond.example/"}).content.decode()
    assert ('name="next" value="/min-side"' in page, 'value="https://ond' in page) == (True, False)
