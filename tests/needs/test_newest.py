"""What the indexes find and count in an invented forum is what a look at every row finds and counts, whatever is asked."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.forum.queries import duty_person, this_forum
from kompetanseforum.home.queries.front import totals
from kompetanseforum.needs.actions import Said, answer_need, join_need, set_next_answer, voice_need, withdraw_voice
from kompetanseforum.needs.models import CLOSED_STATES, HeldReason, Horizon, Need, State, Together, Voice
from kompetanseforum.needs.queries import newest
from kompetanseforum.needs.queries.facets import facets
from kompetanseforum.needs.queries.filing import late_needs, places_of, tallied_together, together
from kompetanseforum.needs.queries.first_and_last import first_voiced_at, newest_in_words
from kompetanseforum.needs.queries.heard import heard_by_place
from kompetanseforum.needs.queries.search import Search, find_needs, found_needs
from kompetanseforum.needs.queries.shown import longest_owed, open_counts
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Sector
from kompetanseforum.skills.actions import load_vocabulary
from tests.architecture.things.standing import as_it_was, one_transaction
from tests.conftest import install, words_of_metal_trades

WORDS = ("sveise aluminium", "kjøre truck", "PLS-programmering", "bake brød", "lede folk", "E-post og C++")
SECTORS = Sector.values[:3]


def _pick(rng: random.Random, values: list[str], *, most: int = 2) -> tuple[str, ...]:
    return tuple(rng.sample(values, rng.randint(0, most)))


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with one_transaction(django_db_blocker):
        yield


@dataclass(frozen=True, slots=True)
class Invented:
    places: list[Municipality]
    region: list[Need]
    # The state of chance when all is said.
    chance: object


@pytest.fixture(scope="module", params=[1, 2, 3])
def standing(request: pytest.FixtureRequest, db: None) -> Iterator[Invented]:
    """A forum for each chance, built once: no test here changes it."""
    rng = random.Random(request.param)
    with as_it_was(), translation.override("nb"):
        install("codes", "accounts", "forum", "organisations")
        load_vocabulary(words_of_metal_trades())
        places = list(Municipality.objects.filter(county_code=this_forum().county_code).order_by("code")[:3])
        region = _region(rng, places)
        yield Invented(places=places, region=region, chance=rng.getstate())


@pytest.fixture
def rng(standing: Invented) -> random.Random:
    chance = random.Random()
    chance.setstate(standing.chance)  # type: ignore[arg-type]
    return chance


@pytest.fixture
def places(standing: Invented) -> list[Municipality]:
    return standing.places


@pytest.fixture
def region(standing: Invented) -> Iterator[list[Need]]:
    with as_it_was():
        yield standing.region


def _region(rng: random.Random, places: list[Municipality]) -> list[Need]:
    """Thirty needs, some joined, answered, promised another day, held or withdrawn."""
    firms = [
        add_organisation(name=f"Firma {n}", sector=rng.choice([*SECTORS, ""]), municipality=rng.choice([*places, None]))
        for n in range(8)
    ]
    owner = duty_person()
    for n in range(30):
        with clock.at(clock.now() - timedelta(days=60 - n)):
            voice = voice_need(
                said=Said(words=f"Vi trenger folk som kan {rng.choice(WORDS)}", words_are_public=rng.random() < 0.8,
                          place=rng.choice([*places, None])),
                by=None, organisation=rng.choice(firms), horizon=rng.choice(Horizon.values),
                held_reason=HeldReason.PHONE_NUMBER if rng.random() < 0.1 else None,
            )  # fmt: skip
        need = voice.need
        for _ in range(rng.randint(0, 2)):
            join_need(need=need, said=Said(words="Vi også"), by=None, organisation=rng.choice(firms))
        if rng.random() < 0.5:
            answer_need(need=need, by=owner, words="Ja", state=rng.choice(["in_dialogue", "in_pilot", "met", "not_met"]),
                        next_answer_on=clock.today() + timedelta(days=rng.randint(-5, 5)), owner=owner)  # fmt: skip
        elif rng.random() < 0.3:
            set_next_answer(need=need, on=clock.today() - timedelta(days=rng.randint(0, 3)))
        for spoken in need.voices.all():
            if rng.random() < 0.15:
                withdraw_voice(voice=spoken, by=None)
    return list(Need.objects.order_by("pk"))


def _searches(rng: random.Random, places: list[Municipality], *, many: int = 60) -> list[Search]:
    return [
        Search(
            words=rng.choice(["", "", "", "sveis", "vi", "C++", "finnesikke", "folk kan"]),
            states=_pick(rng, [state for state in State.values if state != State.WITHDRAWN]),
            horizons=_pick(rng, Horizon.values),
            municipalities=_pick(rng, [place.code for place in places], most=1 if rng.random() < 0.7 else 3),
            sectors=_pick(rng, SECTORS, most=1 if rng.random() < 0.7 else 3),
            occupation_groups=rng.choice([(), (), (), ("7",), ("8", "7")]),
            order=rng.choice(["newest", "newest", "most", "waiting"]),
        )
        for _ in range(many)
    ]


def _naive(search: Search) -> list[int]:
    return list(found_needs(search, viewer=NOBODY).values_list("pk", flat=True))


def _told(search: Search) -> dict[str, dict[str, int]]:
    return {facet.name: {one.value: int(one.count) for one in facet.choices} for facet in facets(search)}


@pytest.mark.slow
def test_whatever_is_asked_the_same_is_found(region: list[Need], rng: random.Random, places: list[Municipality]):
    for search in _searches(rng, places):
        everything, found = _naive(search), find_needs(search)
        assert (search, list(found.needs.values_list("pk", flat=True))) == (search, everything)
        assert (found.count, found.is_cut) == (len(everything), False)


@pytest.mark.parametrize("lists", [1, 16])
@pytest.mark.slow
def test_each_choice_tells_how_many_it_would_give(
    region: list[Need], rng: random.Random, places: list[Municipality], lists: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(newest, "_MOST_LISTS", lists)
    fields = {"tilstand": "states", "nar": "horizons", "kommune": "municipalities", "sektor": "sectors"}
    for search in _searches(rng, places, many=12):
        told = _told(search)
        for name, own in fields.items():
            for value, count in told[name].items():
                given = len(_naive(replace(search, **{own: (value,), "order": "newest"})))
                assert (search, name, value, count) == (search, name, value, given)


@pytest.mark.slow
def test_with_a_bound_the_newest_come_and_no_count_is_too_high(
    region: list[Need], rng: random.Random, places: list[Municipality], monkeypatch: pytest.MonkeyPatch
):
    for name, bound in (("MOST", 4), ("KEPT", 3), ("MOST_LOOKED_AT", 6), ("_ENOUGH", 2)):
        monkeypatch.setattr(newest, name, bound)
    cut = 0
    for search in _searches(rng, places):
        everything, found = _naive(search), find_needs(search)
        rows = list(found.needs.values_list("pk", flat=True))
        assert set(rows) <= set(everything)
        if not search.is_narrowed:
            continue
        assert found.count == len(everything) if not found.is_cut else len(rows) <= found.count <= len(everything)
        # Nothing that is there is told not to be.
        assert (search, bool(rows)) == (search, bool(everything)) or search.order == "waiting"
        cut += found.is_cut
    assert cut > 0


@pytest.mark.slow
def test_what_is_kept_is_what_is_there(region: list[Need]):
    there = {pk: together(some) for pk, some in places_of([need.pk for need in region]).items()}
    kept: dict[int, set[str]] = {}
    for pk, under in Together.objects.values_list("need", "under"):
        kept.setdefault(pk, set()).add(under)
    assert kept == {pk: some for pk, some in there.items() if some}
    counts = Counter(under for some in there.values() for under in some)
    assert tallied_together(list(counts)) == counts
    assert "nar:now tilstand:heard" in counts


@pytest.mark.slow
def test_the_front_page_and_the_desk_count_what_is_there(region: list[Need]):
    shown = [need for need in region if not need.held_reason and need.state != State.WITHDRAWN]
    still = [need for need in shown if need.state not in CLOSED_STATES]
    late = [need for need in still if need.next_answer_on < clock.today()]
    assert (open_counts().open, open_counts().late, late_needs()) == (len(still), len(late), len(late))
    first = sorted(late, key=lambda need: (need.next_answer_on, need.pk))
    assert longest_owed(most=3) == [need.pk for need in first[:3]]
    voices = Voice.objects.filter(withdrawn_at=None, need__held_reason="").select_related("organisation__municipality")
    firms = {voice.organisation for voice in voices if voice.organisation}
    where = Counter(firm.municipality.code if firm.municipality else None for firm in firms)
    assert {code: one.workplaces for code, one in heard_by_place().items()} == where
    last: dict[str | None, str] = {}
    for voice in voices:
        if voice.organisation:
            code = voice.organisation.municipality.code if voice.organisation.municipality else None
            last[code] = max(last.get(code, ""), voice.voiced_at.date().isoformat())
    assert {code: one.last_at.date().isoformat() for code, one in heard_by_place().items()} == last
    sums = totals()
    assert (sums.workplaces, sums.needs, sums.late) == (len(firms), len(shown), len(late))
    assert sums.met == sum(need.state == State.MET for need in shown)
    assert sums.in_pilot == sum(need.state == State.IN_PILOT for need in shown)
    assert sums.municipalities == len(where.keys() - {None})


def test_the_first_and_the_newest_in_words_are_those_of_all_that_stand(region: list[Need]):
    shown = [need for need in region if not need.held_reason and need.state != State.WITHDRAWN]
    assert first_voiced_at() == min(need.voiced_at for need in shown)
    read_by_all = set(Voice.objects.filter(withdrawn_at=None, words_are_public=True).values_list("need", flat=True))
    in_words = [need for need in shown if need.pk in read_by_all]
    newest_one = max(in_words, key=lambda need: (need.voiced_at, need.pk), default=None)
    assert newest_in_words() == ([newest_one.pk] if newest_one else [])
