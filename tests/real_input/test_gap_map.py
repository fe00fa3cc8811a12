"""Every figure of the gap map is the sum of what it opens, and statistics are in none of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kompetanse.esco import is_styrk, styrk_to_isco
from kompetanse.gap import EVERYTHING, Balance, Gap, Groups, Selection
from kompetanseforum.core.permissions import NOBODY
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.gapmap.models import DemandLine, SupplyLine
from kompetanseforum.gapmap.queries.behind import opened
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut
from kompetanseforum.gapmap.queries.groups import groups_of_skills
from kompetanseforum.gapmap.queries.kept import kept_map
from kompetanseforum.needs.models import Shortage, Voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.models import SkillLink
from tests.real_input.building import bring_shortages

# One group: with `--dist loadgroup` the region is built once.
pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.xdist_group("real_input")]


def told(gap: Gap) -> tuple[int, ...]:
    return (
        gap.confirmed,
        gap.unconfirmed,
        gap.machine_linked,
        gap.voices,
        gap.needs,
        gap.places,
        gap.offers,
        gap.offers_without_places,
    )


def summed(balance: Balance, gap: Gap, selection: Selection, *, at: object, groups: Groups | None) -> tuple[int, ...]:
    """The gap's figures, added up once more from the voices and outcomes that it opens."""
    behind = balance.behind(gap.key, selection, at=at, groups=groups)  # type: ignore[arg-type]
    places = {outcome.offer: outcome.places for outcome in behind.outcomes}
    return (
        sum(voice.people for voice in behind.voices if voice.is_confirmed),
        sum(voice.people for voice in behind.voices if not voice.is_confirmed),
        sum(voice.people for voice in behind.voices if not voice.is_link_confirmed),
        len({voice.voice for voice in behind.voices}),
        len({voice.need for voice in behind.voices}),
        sum(count or 0 for count in places.values()),
        len(places),
        sum(count is None for count in places.values()),
    )  # fmt: skip


CUTS = {
    "whole": EVERYTHING,
    "now": Selection(horizons=frozenset({"now"})),
    "Fredrikstad": Selection(municipalities=frozenset({"3107"})),
    "health": Selection(occupation_groups=frozenset({"22", "32", "53"})),
    "business": Selection(sectors=frozenset({"business"})),
}


@pytest.mark.parametrize("by", ["skill", "group"])
@pytest.mark.parametrize("cut", CUTS)
def test_every_figure_is_the_sum_of_what_it_opens(cut: str, by: str) -> None:
    groups = groups_of_skills() if by == "group" else None
    with kept_map() as kept:
        gaps = kept.balance.gaps(CUTS[cut], at=kept.at, groups=groups)
        wrong = {
            gap.key: (told(gap), again)
            for gap in gaps
            if (again := summed(kept.balance, gap, CUTS[cut], at=kept.at, groups=groups)) != told(gap)
        }
    assert wrong == {}
    assert len(gaps) > (10 if by == "group" else 40)


def test_every_figure_is_what_the_voices_and_links_in_the_tables_say() -> None:
    """The same sums by another way: from links and voices, past the lines and the library."""
    people = dict(Voice.objects.values_list("public_id", "people"))
    asking = SkillLink.objects.filter(
        subject_kind="voice", concept__kind="skill", polarity__in=("need", "nice_to_have"), rejected_by=0
    )
    asked: dict[str, set[str]] = defaultdict(set)
    for uri, voice in asking.values_list("concept__uri", "subject_id"):
        asked[uri].add(voice)
    with kept_map() as kept:
        gaps = kept.balance.gaps(at=kept.at)
    assert {gap.key: (gap.voices, gap.asked) for gap in gaps if gap.voices} == {
        uri: (len(voices), sum(people[voice] for voice in voices)) for uri, voices in asked.items()
    }


def test_only_outcomes_of_the_curriculum_in_force_are_supply() -> None:
    counted = set(SupplyLine.objects.values_list("outcome_id", flat=True))
    outcomes = LearningOutcome.objects.filter(public_id__in=counted)
    assert set(outcomes.values_list("curriculum", "is_counted")) == {("LK20", True)}
    [welding] = LearningOutcome.objects.filter(code="K4034")
    assert (welding.public_id in counted, counted == set(outcomes.values_list("public_id", flat=True))) == (False, True)


def test_what_nobody_teaches_has_no_counted_outcome_and_what_is_taught_has() -> None:
    taught = set(
        SkillLink.objects.filter(
            concept__kind="skill",
            subject_kind="learningoutcome",
            subject_id__in=LearningOutcome.objects.filter(is_counted=True).values("public_id"),
        )
        .exclude(polarity="not_needed")
        .values_list("concept__uri", flat=True)
    )
    with kept_map() as kept:
        gaps = kept.balance.gaps(at=kept.at)
    assert {gap.key for gap in gaps if gap.offers} == taught


def test_statistics_are_in_no_figure(region: Path) -> None:
    def figures() -> list[tuple[str, tuple[int, ...]]]:
        with kept_map() as kept:
            return [(gap.key, told(gap)) for gap in kept.balance.gaps(at=kept.at)]

    before = figures()
    Shortage.objects.all().delete()
    assert (rebuild(), figures()) == (0, before)
    bring_shortages(region)
    assert (rebuild(), figures()) == (0, before)
    said = sum(Voice.objects.values_list("people", flat=True))
    with kept_map() as kept:
        totals = kept.balance.totals(at=kept.at)
    assert totals.people <= said


def test_lines_written_fact_by_fact_are_those_of_a_rebuild() -> None:
    assert rebuild() == 0
    assert (DemandLine.objects.exclude(until=None).count(), SupplyLine.objects.exclude(until=None).count()) == (0, 0)


# What its reader sees


def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u00a0]*", text)]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def test_the_page_of_statistics_shows_every_occupation_with_nurses_first() -> None:
    page = Client().get(reverse("gapmap:statistics") + "?alle=1").content.decode()
    rows = [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)][1:]
    assert re.match(r"Sykepleiere 2223 425\b", rows[0])
    people = [int(re.sub(r"\D", "", found)) for found in re.findall(r'<td class="number[^>]*>([^<]+)</td>', page)]
    assert (len(rows), people[0], sum(people), people) == (136, 425, 1_350, sorted(people, reverse=True))


def test_the_page_of_statistics_says_what_is_not_mapped() -> None:
    page = Client().get(reverse("gapmap:statistics") + "?alle=1").content.decode()
    rows = [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)][1:]
    unmapped = {row.split(" Ikke koblet")[0] for row in rows if "Ikke koblet" in row}
    norwegian_only = {
        row.occupation_name
        for row in Shortage.objects.all()
        if not is_styrk(row.occupation_code) or not styrk_to_isco(row.occupation_code)
    }
    assert {name for name in norwegian_only if not any(row.startswith(name) for row in unmapped)} == set()
    assert "Sykepleiere" not in " ".join(unmapped)


def test_the_skill_page_opens_as_many_voices_and_offers_as_its_figures_say() -> None:
    with kept_map() as kept:
        first = kept.balance.gaps(at=kept.at)[0]
    whole = Cut(horizon=ALL_HORIZONS)
    shown = opened(first.key, whole, viewer=NOBODY)
    assert shown is not None
    assert (len(shown.voices), sum(voice.people for voice in shown.voices)) == (first.voices, first.asked)
    assert len(shown.offers) == first.offers
    page = Client().get(reverse("gapmap:skill", kwargs={"slug": first.key.rsplit("/", 1)[-1]}) + whole.query)
    assert page.status_code == 200
    assert first.asked in numbers(plain(page.content.decode()))
    # Firms spoke for members: none of their words stands on the open page.
    words = Voice.objects.filter(public_id__in=[voice.shown.voice.public_id for voice in shown.voices])
    assert [text for text in words.values_list("words", flat=True) if text in page.content.decode()] == []


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_the_export_says_the_same_as_the_map(extension: str) -> None:
    response = Client().get(reverse("gapmap:export", kwargs={"extension": extension}) + f"?nar={ALL_HORIZONS}")
    text = response.content.decode("utf-8-sig")
    if extension == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
    else:
        rows = next(value for value in json.loads(text).values() if isinstance(value, list))
    with kept_map() as kept:
        gaps = kept.balance.gaps(at=kept.at)
    assert [(row["key"], int(row["people"]), int(row["places"])) for row in rows] == [
        (gap.key, gap.asked, gap.places) for gap in gaps
    ]


def test_every_offer_that_counts_is_in_the_map_or_teaches_nothing_we_know() -> None:
    linked = SkillLink.objects.filter(whole_kind="offer", concept__kind="skill").exclude(polarity="not_needed")
    counted = LearningOutcome.objects.filter(is_counted=True).values("public_id")
    teaching = set(linked.filter(subject_id__in=counted).values_list("whole_id", flat=True))
    assert set(SupplyLine.objects.values_list("offer_id", flat=True)) == teaching
    assert teaching <= set(Offer.objects.filter(is_counted=True).values_list("public_id", flat=True))
