"""A person's own copy, and being gone: from rows, log, letters, sessions and the file on the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from kompetanseforum.accounts.actions import erase_person, keep_for
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.capability import CannotBeErased
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import give_role, invite_by_letter, put_on_duty
from kompetanseforum.forum.models import Invitation, Member, Role
from kompetanseforum.needs.actions import Said, answer_need, voice_need
from kompetanseforum.needs.models import Answer, Need, Voice
from kompetanseforum.organisations.actions import add_organisation
from tests.accounts.conftest import who_is

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SignedIn = Callable[..., HttpResponse]
OLA = "ola@firma.example"


@pytest.fixture
def ola(person: Person, client: Client, signed_in: SignedIn) -> Person:
    """Has joined, has spoken for his firm and for himself, and is signed in here."""
    signed_in(OLA)
    client.post("/logg-inn/navn", {"name": "Ola Vik"})
    ola = Person.objects.get(email=OLA)
    firm = voice_need(
        said=Said(words="Verftet mangler sveisere", email=OLA),
        by=ref(ola),
        organisation=add_organisation(name="Verftet"),
    )
    own = voice_need(said=Said(words="Jeg vil lære å sveise"), by=ref(ola))
    keep_for(person=ola, which="held", things=[ref(firm), ref(own)])
    return ola


@pytest.mark.slow
def test_a_copy_has_all_that_is_kept_from_every_capability(ola: Person, client: Client):
    give_role(person=ola, role=Role.PARTICIPANT)
    copy = json.loads(client.get("/min-side/opplysninger.json").content)
    assert copy["accounts"]["person"]["email"] == OLA
    assert [role["role"] for role in copy["forum"]["roles"]] == ["participant"]
    assert {voice["words"] for voice in copy["needs"]["voices"]} == {
        "Verftet mangler sveisere",
        "Jeg vil lære å sveise",
    }
    assert "accounts.PersonJoined" in {fact["what"] for fact in copy["accounts"]["did"]}


@pytest.mark.slow
def test_a_copy_has_nothing_of_others(ola: Person, person: Person, client: Client):
    voice_need(said=Said(words="Hemmelig for andre"), by=ref(person), organisation=add_organisation(name="Andre"))
    copy = client.get("/min-side/opplysninger.json").content.decode()
    assert ("Hemmelig" in copy, "kari@" in copy, ref(person).id in copy) == (False, False, False)


@pytest.mark.slow
def test_an_erased_person_is_signed_out_everywhere_and_comes_back_as_a_stranger(
    ola: Person, client: Client, signed_in: SignedIn
):
    phone = Client()
    signed_in(OLA, by=phone)
    client.post("/min-side/slett-meg", {"voices": "keep", "is_sure": "on"})
    assert (who_is(client), who_is(phone), Person.objects.filter(email=OLA).exists()) == ("", "", False)
    assert signed_in(OLA)["Location"] == "/logg-inn/navn"


@pytest.mark.slow
def test_what_a_firm_stands_behind_stays_without_the_person_and_the_rest_goes(ola: Person, client: Client):
    client.post("/min-side/slett-meg", {"voices": "keep", "is_sure": "on"})
    kept = Voice.objects.order_by("pk").values_list("words", "email", "link_hash", "withdrawn_at")
    firm, own = kept
    assert firm == ("Verftet mangler sveisere", "", "", None)
    assert (own[0], own[3] is not None) == ("", True)


@pytest.mark.slow
def test_all_of_it_is_withdrawn_when_one_wants_that(ola: Person, client: Client):
    client.post("/min-side/slett-meg", {"voices": "withdraw", "is_sure": "on"})
    assert set(Voice.objects.values_list("words", "email")) == {("", "")}
    assert not Voice.objects.filter(withdrawn_at=None).exists()


@pytest.mark.slow
def test_the_log_does_not_say_who(ola: Person, client: Client):
    who = str(ref(ola))
    assert FactRow.objects.filter(actor=who).exists()
    client.post("/min-side/slett-meg", {"voices": "keep", "is_sure": "on"})
    assert who not in str(list(FactRow.objects.values_list()))
    assert ola.public_id not in str(list(FactRow.objects.values_list()))


@pytest.mark.slow
def test_nobody_is_erased_by_accident(ola: Person, client: Client):
    assert client.get("/min-side/slett-meg").status_code == 200
    assert client.post("/min-side/slett-meg", {"voices": "keep"}).status_code == 422
    assert who_is(client) == "Ola Vik"


def test_the_forum_is_not_left_without_anybody_who_answers(person: Person):
    put_on_duty(person=person, by=None)
    with pytest.raises(CannotBeErased, match="har vakt"):
        erase_person(person=person, withdraws_voices=False)
    successor = Person.objects.create(name="Liv Ny", joined_at=clock.now())
    give_role(person=successor, role=Role.COORDINATOR)
    put_on_duty(person=successor, by=None)
    Member.objects.filter(person=successor).delete()
    with pytest.raises(CannotBeErased, match="siste koordinatoren"):
        erase_person(person=person, withdraws_voices=False)
    assert Person.objects.filter(name="Kari Lunde").exists()


def test_what_one_has_answered_is_the_forums_afterwards(person: Person):
    voice = voice_need(said=Said(words="Sveisere"), by=None, organisation=add_organisation(name="Verft"), owner=person)
    answer_need(
        need=voice.need, by=person, words="Vi ser på det", state="answered", next_answer_on=clock.today(), owner=person
    )
    successor = Person.objects.create(name="Liv Ny", joined_at=clock.now())
    give_role(person=successor, role=Role.COORDINATOR)
    put_on_duty(person=successor, by=None)
    erase_person(person=person, withdraws_voices=False)
    assert (Answer.objects.get().by.name, Need.objects.get().owner) == ("Kompetanseforum", successor)
    assert not Person.objects.filter(name="Kari Lunde").exists()


@pytest.mark.slow
def test_a_letter_of_invitation_does_not_become_everybodys(person: Person, ola: Person):
    invite_by_letter(email=OLA, role=Role.COORDINATOR, language="nb", by=person, address="http://forum.example")
    erase_person(person=ola, withdraws_voices=False)
    left = Invitation.objects.get()
    assert (left.email, left.revoked_at is not None) == ("", True)


@pytest.mark.slow
def test_a_session_on_the_way_in_forgets_the_address(ola: Person):
    other = Client()
    other.post("/logg-inn", {"email": OLA})
    erase_person(person=ola, withdraws_voices=False)
    assert OLA not in str([session.get_decoded() for session in Session.objects.all()])


# In a process of its own, on a file of its own: what SQLite keeps of a row that is gone lies in its pages and its log.
_CANARY = """
import django; django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from kompetanseforum.accounts.actions import keep_for
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.actions import Said, send_owed_letters, voice_need
call_command("prepare")
settings.ALLOWED_HOSTS = ["*"]
client = Client()
client.post("/bli-med", {"name": "Kanari Fugleberg", "email": "kanari@bur.example"})
letter = max((Path(settings.DATA_DIR) / "mail").iterdir()).read_text()
code = letter.split("Subject:")[1].split("\\n")[0].split(":")[-1].replace(" ", "").strip()
assert client.post("/logg-inn/kode", {"code": code}).status_code == 302
person = Person.objects.get(email="kanari@bur.example")
client.post("/min-side/om-meg", {"name": "Kanari Fugleberg", "phone": "987 65 432", "language": "nb", "notices": "at_once"})
voice = voice_need(said=Said(words="Kvitrende sangundervisning", email="kanari@bur.example"), by=ref(person))
keep_for(person=person, which="held", things=[ref(voice)])
while send_owed_letters(): pass
kept = b"".join(path.read_bytes() for path in Path(settings.DATA_DIR).rglob("*") if path.is_file())
told = [text for text in TEXTS if text.encode() in kept]
assert len(told) == len(TEXTS), told
client.post("/min-side/slett-meg", {"voices": "withdraw", "is_sure": "on"})
kept = b"".join(path.read_bytes() for path in Path(settings.DATA_DIR).rglob("*") if path.is_file())
opened = client.get("/behov/alle.json").content + client.get("/behov/alle.csv").content
print([text for text in [*TEXTS, person.public_id] if text.encode() in kept + opened])
"""


@pytest.mark.slow
def test_nothing_of_an_erased_person_is_left_on_the_disk(tmp_path: Path):
    texts = ["Kanari Fugleberg", "kanari@bur.example", "987 65 432", "Kvitrende"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KF_", "DJANGO_"))}
    told = subprocess.run(
        [sys.executable, "-c", f"TEXTS = {texts!r}\n{_CANARY}"],
        env=clean
        | {
            "KF_DATA_DIR": str(tmp_path),
            "KF_LIMITS": "0",
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "kompetanseforum.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.strip().splitlines()[-1:], told.returncode) == (["[]"], 0), told.stderr[-2000:]
