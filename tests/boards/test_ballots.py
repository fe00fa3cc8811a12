"""Votes that are not by dots: answered on a page, secret until closed, told by sector only where nobody stands out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kompetanse.board import PhaseKind, VoteMethod
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions import VoteRefusal, give_answers, put_dots, set_board
from kompetanseforum.boards.models import Ballot, Board, VoteRound
from kompetanseforum.boards.queries.ballots import outcomes_of
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.votes import open_round
from tests.boards.conftest import add_note, join, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(workshop: Board, leader: Who, person: Person, go_to: Callable[[Board, PhaseKind], None]):
    def begin(method: VoteMethod) -> VoteRound:
        go_to(workshop, PhaseKind.GROUP)
        for text in ("Ti kvelder", "To bedrifter deler"):
            add_note(workshop, leader, text)
        set_board(board=workshop, by=person, vote_method=method)
        go_to(workshop, PhaseKind.VOTE)
        found = open_round(workshop)
        assert found is not None
        return found

    return begin


def test_answered_on_a_page_changed_there_and_counted_once(
    workshop: Board, vote: Callable[[VoteMethod], VoteRound], device_of: Callable[[Who], Client]
):
    round = vote(VoteMethod.YES_NO)
    one, other = round.options
    phone = device_of(join(workshop, "Kari", "business"))
    assert "Shall we" not in phone.get(page_of(workshop, "ballot")).content.decode()
    phone.post(page_of(workshop, "ballot"), {f"a-{one}": "1", f"a-{other}": "3"})
    phone.post(page_of(workshop, "ballot"), {f"a-{one}": "2"})
    assert list(Ballot.objects.values_list("option", "value", "sector")) == [(one, 2, "business")]


@pytest.mark.parametrize("answer", ["4", "-1", "ja", "99999", "²"])
def test_what_is_no_answer_is_not_kept(
    workshop: Board, vote: Callable[[VoteMethod], VoteRound], device_of: Callable[[Who], Client], answer: str
):
    round = vote(VoteMethod.YES_NO)
    answered = device_of(join(workshop, "Kari")).post(page_of(workshop, "ballot"), {f"a-{round.options[0]}": answer})
    assert answered.status_code in (302, 422)
    assert not Ballot.objects.exists()


def test_no_place_is_given_twice_in_a_ranking(
    workshop: Board, vote: Callable[[VoteMethod], VoteRound], device_of: Callable[[Who], Client]
):
    round = vote(VoteMethod.RANKING)
    phone = device_of(join(workshop, "Kari"))
    wrong = phone.post(page_of(workshop, "ballot"), {f"a-{option}": "1" for option in round.options})
    assert wrong.status_code == 422
    assert "Ingen plass kan gis to ganger" in wrong.content.decode()
    phone.post(page_of(workshop, "ballot"), {f"a-{option}": str(n + 1) for n, option in enumerate(round.options)})
    assert [each.score for each in outcomes_of(round)] == ["1", "0"]


@pytest.mark.slow
def test_nobody_sees_an_answer_before_it_is_closed_and_a_small_sector_not_after(
    workshop: Board,
    vote: Callable[[VoteMethod], VoteRound],
    coordinator_client: Client,
    go_to: Callable[[Board, PhaseKind], None],
):
    round = vote(VoteMethod.CONSENT)
    option = round.options[0]
    for sector, number in (("business", 7), ("education", 6), ("public", 1)):
        for n in range(number):
            who = join(workshop, f"{sector}{n}", sector)
            value = 1 if sector == "public" else 2
            give_answers(
                round=round, voter=who.ref, sector=sector, said={option: value}, reasons={option: "Ingen vikar"}
            )
    names = ("wall", "list", "result", "canvas")
    before = "".join(coordinator_client.get(page_of(workshop, name)).content.decode() for name in names)
    assert "Ingen vikar" not in before
    assert "14 har stemt" in before
    go_to(workshop, PhaseKind.COMMIT)
    page = coordinator_client.get(page_of(workshop, "result")).content.decode()
    assert "«Ingen vikar»" in page
    shown = next(each for each in outcomes_of(round) if each.outcome.option == option)
    assert (shown.score, shown.objections) == ("13", ["Ingen vikar"])
    # The one from the public sector is not told apart, nor could they be found from the others.
    assert dict(shown.sectors)["Offentlig"] == "–"
    assert "–" in [score for sector, score in shown.sectors if sector != "Offentlig"]


def test_dots_are_not_put_where_one_answers_yes_or_no_and_none_after_it_is_closed(
    workshop: Board, vote: Callable[[VoteMethod], VoteRound], go_to: Callable[[Board, PhaseKind], None]
):
    round = vote(VoteMethod.SCALE)
    kari, option = join(workshop, "Kari"), round.options[0]
    assert put_dots(round=round, voter=kari.ref, sector="", option=option, dots=1) == VoteRefusal.NO_SUCH_OPTION
    go_to(workshop, PhaseKind.COMMIT)
    late = give_answers(round=round, voter=kari.ref, sector="", said={option: 5}, reasons={})
    assert late == VoteRefusal.CLOSED
    assert not Ballot.objects.exists()
