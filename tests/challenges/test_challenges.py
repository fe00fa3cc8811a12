"""Challenges: what one gathers, who is in its team, and who is missing there."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions import add_person, erase_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.challenges.actions import gather, invite_to_team, join_team, open_challenge, send_owed_letters
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.challenges.queries.missing import missing, needs_gathered, organisations_behind
from kompetanseforum.challenges.queries.shown import gathered, team_of
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.needs.actions import Said, merge_needs, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Organisation, Sector
from kompetanseforum.threads.models import Edge
from tests.boards.conftest import board_with
from tests.threads.test_shown import CANARY, a_need

pytestmark = pytest.mark.django_db


def a_challenge(question: str = "Hvordan kan vi lodde mer?") -> Challenge:
    return open_challenge(question=question, about="", cycle=None, by=NOBODY)


def an_organisation(name: str, sector: str, place: str = "3107") -> Organisation:
    return add_organisation(name=name, sector=sector, municipality=Municipality.objects.get(code=place))


def voiced_by(organisation: Organisation) -> Need:
    said = Said(words=f"Noe {organisation.name} trenger", words_are_public=True)
    return voice_need(said=said, by=None, organisation=organisation).need


def missing_in(challenge: Challenge, viewer: Viewer = NOBODY) -> list[tuple[str, int, bool]]:
    behind = organisations_behind(needs_gathered(challenge, viewer=viewer))
    return [(side.key, side.behind, side.is_invited) for side in missing(behind, team_of(challenge))]


def page(client: Client, challenge: Challenge) -> str:
    return client.get(f"/utfordringer/{challenge.public_id}").content.decode()


@pytest.mark.slow
def test_who_is_missing_follows_needs_and_team(forum: object) -> None:
    challenge = a_challenge()
    assert missing_in(challenge) == []
    verft, skole, sykehjem = (
        an_organisation("Verftet", "business"),
        an_organisation("Skolen", "education"),
        an_organisation("Hjemmet", "public", "3110"),
    )
    for firm in (verft, an_organisation("Smia", "business"), sykehjem):
        gather(challenge, ref(voiced_by(firm)), by=NOBODY)
    assert missing_in(challenge) == [
        ("business", 2, False),
        ("public", 1, False),
        ("3107", 2, False),
        ("3110", 1, False),
    ]
    join_team(challenge, organisation=skole, by=NOBODY)
    assert missing_in(challenge) == [("business", 2, False), ("public", 1, False), ("3110", 1, False)]
    member = invite_to_team(challenge, organisation=sykehjem, by=NOBODY)
    assert missing_in(challenge) == [("business", 2, False), ("public", 1, True), ("3110", 1, True)]
    assert invite_to_team(challenge, organisation=sykehjem, by=NOBODY) == member
    join_team(challenge, organisation=sykehjem, by=NOBODY)
    assert missing_in(challenge) == [("business", 2, False)]
    join_team(challenge, organisation=verft, by=NOBODY)
    assert missing_in(challenge) == []
    assert TeamMember.objects.count() == 3


@pytest.mark.slow
def test_each_who_is_missing_leads_on(client: Client, coordinator_client: Client) -> None:
    """To an invitation by those who may invite, for others to what is asked for there."""
    challenge = a_challenge()
    gather(challenge, ref(voiced_by(an_organisation("Verftet", "business"))), by=NOBODY)
    address = f"/utfordringer/{challenge.public_id}/inviter"
    for where in ("sektor=business", "kommune=3107"):
        assert f'href="/behov/?{where}"' in page(client, challenge)
        assert f"{address}?{where}" not in page(client, challenge)
        assert f"{address}?{where}" in page(coordinator_client, challenge)
        assert "Verftet trenger" in client.get(f"/behov/?{where}").content.decode()


firms = st.lists(st.tuples(st.sampled_from(Sector.values), st.sampled_from(["3107", "3110", "3103"])), max_size=8)


@given(behind=firms, team=firms)
@pytest.mark.slow
def test_missing_is_what_stands_behind_less_what_is_in(
    behind: list[tuple[str, str]], team: list[tuple[str, str]]
) -> None:
    def firm(number: int, sector: str, place: str) -> Organisation:
        return Organisation(pk=number, sector=sector, municipality=Municipality(pk=int(place), code=place, name=place))

    asked = [firm(number, *one) for number, one in enumerate(behind)]
    members = [
        TeamMember(organisation=firm(100 + number, *one), sector=one[0], joined_at=clock.now())
        for number, one in enumerate(team)
    ]
    sides = {(side.kind, side.key): side.behind for side in missing(asked, members)}
    expected = {("sektor", sector) for sector, _ in behind if sector not in {one for one, _ in team}}
    expected |= {("kommune", place) for _, place in behind if place not in {one for _, one in team}}
    assert set(sides) == expected
    assert all(number == sum(key in one for one in behind) for (_, key), number in sides.items())


def test_a_held_need_tells_nobody_else_who_is_missing(forum: object, coordinator: Viewer) -> None:
    challenge = a_challenge()
    gather(challenge, ref(a_need(CANARY, is_held=True)), by=coordinator)
    assert missing_in(challenge) == [] != missing_in(challenge, coordinator)


@pytest.mark.slow
def test_a_merged_need_counts_once(forum: object, person: Person) -> None:
    challenge = a_challenge()
    first, second = (voiced_by(an_organisation(name, "business")) for name in ("Smia", "Verftet"))
    for need in (first, second):
        gather(challenge, ref(need), by=NOBODY)
    merge_needs(kept=first, merged=second, by=person)
    assert [need.pk for need in needs_gathered(challenge, viewer=NOBODY)] == [first.pk]
    assert missing_in(challenge)[0] == ("business", 2, False)


@pytest.mark.slow
def test_a_challenge_begins_with_an_idea_and_the_form_sent_twice_is_one(
    client: Client, coordinator_client: Client, forum: object
) -> None:
    idea = say_idea(words="Et øverom på hjul", language="nb", by=NOBODY)
    address = f"/utfordringer/ny?fra=idea:{idea.public_id}"
    assert address in coordinator_client.get(f"/ideer/{idea.public_id}").content.decode()
    assert address not in client.get(f"/ideer/{idea.public_id}").content.decode()
    assert "Et øverom på hjul" in coordinator_client.get(address).content.decode()
    form = {"question": "Hvordan kan vi øve?", "sending_key": "k", "start": f"idea:{idea.public_id}"}
    for _ in range(2):
        coordinator_client.post("/utfordringer/ny", form)
    challenge = Challenge.objects.get()
    assert gathered(challenge) == [ref(idea)]
    assert "Hvordan kan vi øve?" in client.get(f"/ideer/{idea.public_id}").content.decode()
    assert coordinator_client.post("/utfordringer/ny", {"question": ""}).status_code == 422


@pytest.mark.slow
def test_needs_and_ideas_are_gathered_from_its_page(client: Client, coordinator_client: Client, forum: object) -> None:
    challenge, need = a_challenge(), a_need("Lodde")
    idea = say_idea(words="Loddekveld", language="nb", by=NOBODY)
    assert "Lodde" in coordinator_client.get(f"/utfordringer/{challenge.public_id}/behov").content.decode()
    coordinator_client.post(f"/utfordringer/{challenge.public_id}/behov/{need.public_id}")
    coordinator_client.post(f"/utfordringer/{challenge.public_id}/ideer/{idea.public_id}")
    assert gathered(challenge) == [ref(need), ref(idea)]
    html = page(client, challenge)
    assert "«Lodde»" in html and "«Loddekveld»" in html


def test_names_in_the_team_stand_only_with_consent(client: Client, coordinator_client: Client, forum: object) -> None:
    challenge = a_challenge()
    join_team(challenge, organisation=an_organisation(f"{CANARY} AS", "business"), by=NOBODY)
    join_team(challenge, organisation=an_organisation("Åpen AS", "business"), name_is_public=True, by=NOBODY)
    join_team(challenge, person=add_person(name=f"Ola {CANARY}"), sector="student", by=NOBODY)
    invite_to_team(challenge, organisation=an_organisation(f"{CANARY} skole", "education"), by=NOBODY)
    html = page(client, challenge)
    assert "Tre i laget" in html and "Åpen AS" in html and CANARY not in html
    assert page(coordinator_client, challenge).count(CANARY) >= 3


@pytest.mark.slow
def test_inviting_lists_those_behind_the_needs_from_that_side(coordinator_client: Client, forum: object) -> None:
    challenge = a_challenge()
    for name, sector in (("Smia", "business"), ("Skolen", "education")):
        gather(challenge, ref(voiced_by(an_organisation(name, sector))), by=NOBODY)
    address = f"/utfordringer/{challenge.public_id}/inviter?sektor=education"
    html = coordinator_client.get(address).content.decode()
    assert ">Skolen<" in html and ">Smia<" not in html
    coordinator_client.post(address, {"organisation": "Skolen"})
    coordinator_client.post(address, {"organisation": "Skolen"})
    member = TeamMember.objects.get()
    assert (member.organisation and member.organisation.name, member.joined_at) == ("Skolen", None)
    coordinator_client.post(f"/utfordringer/lag/{member.public_id}/ja")
    member.refresh_from_db()
    assert member.joined_at is not None


def test_one_joins_oneself_and_is_gone_when_one_leaves_the_forum(client: Client, person: Person) -> None:
    challenge, ola = a_challenge(), add_person(name=f"Ola {CANARY}")
    client.force_login(ola)
    client.post(f"/utfordringer/{challenge.public_id}/bli-med", {"sector": "student", "name_is_public": "on"})
    assert CANARY in page(Client(), challenge)
    erase_person(person=ola, withdraws_voices=False)
    assert TeamMember.objects.count() == 0 and CANARY not in page(Client(), challenge)


def test_a_device_follows_and_stops(client: Client, forum: object) -> None:
    challenge = a_challenge()
    client.post(f"/utfordringer/{challenge.public_id}/folg")
    assert challenge.question in client.get("/behov/mine").content.decode()
    client.post(f"/utfordringer/{challenge.public_id}/slutt-a-folge")
    assert challenge.question not in client.get("/behov/mine").content.decode()


def test_the_house_follows_too(coordinator_client: Client) -> None:
    challenge = a_challenge()
    assert f"/utfordringer/{challenge.public_id}/folg" in page(coordinator_client, challenge)


@pytest.mark.slow
def test_a_closed_challenge_tells_where_it_ended(client: Client, coordinator_client: Client, forum: object) -> None:
    challenge, need = a_challenge(), a_need("Lodde")
    gather(challenge, ref(need), by=NOBODY)
    address = f"/utfordringer/{challenge.public_id}/avslutt"
    assert coordinator_client.post(address, {"words": ""}).status_code == 422
    coordinator_client.post(address, {"words": "Kurset fantes fra før"})
    assert "Kurset fantes fra før" in page(client, challenge)
    assert "Kurset fantes fra før" in client.get(f"/behov/{need.public_id}").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_no_more_for_many(client: Client, forum: object, number: int) -> None:
    for each in range(number):
        a_challenge(f"Hvordan kan vi {each}?")
    challenge = a_challenge()
    for each in range(number):
        gather(challenge, ref(voiced_by(an_organisation(f"Firma {each}", "business"))), by=NOBODY)
        join_team(challenge, organisation=an_organisation(f"Skole {each}", "education"), by=NOBODY)
    counts = []
    for address in ("/utfordringer/", f"/utfordringer/{challenge.public_id}"):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] <= 9 and counts[1] <= 20, counts


def test_what_a_challenge_holds_of_no_kind_it_knows_breaks_nothing(client: Client, forum: object) -> None:
    challenge = a_challenge()
    gather(challenge, Ref("boardnote", "7h3k2m9qxa"), by=NOBODY)
    assert "En ting er tatt bort" in page(client, challenge) or "Én ting er tatt bort" in page(client, challenge)


def test_who_is_invited_with_an_address_gets_one_letter_and_the_address_is_forgotten(forum, coordinator_client) -> None:
    challenge = a_challenge()
    invite = f"/utfordringer/{challenge.public_id}/inviter"
    sent = {"organisation": "Moss bakeri", "email": "eva@bakeri.example", "language": "nn"}
    for _twice in range(2):
        coordinator_client.post(invite, sent)
        send_owed_letters()
    [letter] = mail.outbox
    assert (letter.to, letter.body.count("/utfordringer/")) == (["eva@bakeri.example"], 1)
    assert "Vil de leite" in letter.subject
    member = TeamMember.objects.get(organisation__name="Moss bakeri")
    assert (member.email, member.told_at is None, member.joined_at) == ("", False, None)


def test_who_is_only_written_down_as_asked_gets_no_letter(forum, coordinator_client) -> None:
    challenge = a_challenge()
    coordinator_client.post(f"/utfordringer/{challenge.public_id}/inviter", {"organisation": "Moss bakeri"})
    assert not send_owed_letters()
    assert (mail.outbox, TeamMember.objects.count()) == ([], 1)


def test_the_label_and_what_one_writes_after_it_are_one_question(forum, coordinator_client) -> None:
    for written in ("få flere som lodder?", "… få flere som lodder?", "Hvordan kan vi få flere som lodder?"):
        coordinator_client.post("/utfordringer/ny", {"question": written})
    assert set(Challenge.objects.values_list("question", flat=True)) == {"Hvordan kan vi få flere som lodder?"}


# From a board


@pytest.mark.slow
def test_the_chosen_notes_become_a_challenge_once_and_tell_so(coordinator_client: Client, person: Person):
    board, ids = board_with("Ti kvelder", "Start klokka 18", "Ikke valgt", by=person)
    address = f"/utfordringer/ny/av-lapper/{board.public_id}"
    wall = coordinator_client.get(f"/tavler/{board.public_id}").content.decode()
    assert f'formaction="{address}"' in wall
    page = coordinator_client.post(address, {"note": ids[:2]}).content.decode()
    assert "«Ti kvelder»\n«Start klokka 18»" in page and "Ikke valgt" not in page
    sent = {"note": ids[:2], "question": "lære om kvelden?", "about": "", "cycle": "", "sending_key": "k1k1k1k1"}
    answers = [coordinator_client.post(address, sent) for _ in range(2)]
    challenge = Challenge.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/utfordringer/{challenge.public_id}"}
    edges = Edge.objects.filter(downstream_id=challenge.public_id).values_list("upstream_id", "relation")
    assert set(edges) == {(board.public_id, "raised_in"), (ids[0], "became"), (ids[1], "became")}
    assert Client().post(address, sent).status_code == 403
    assert coordinator_client.post(address, {}).headers["Location"] == f"/tavler/{board.public_id}"
