"""What NAV, Udir and 200 firms say stands in the tables as they said it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Sum

from kompetanseforum.core.models import Delivery, FactRow
from kompetanseforum.needs.models import Need, Shortage, Voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.offers.queries.comparing import Tally
from kompetanseforum.skills.models import SkillLink
from tests.real_input.building import bring_goals, bring_shortages, needs, voice_all_needs

# One group: with `--dist loadgroup` the region is built once.
pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.xdist_group("real_input")]


def test_nurses_top_the_statistical_demand() -> None:
    first, second = Shortage.objects.order_by("-people")[:2]
    assert (first.occupation_code, first.occupation_name, first.people) == ("2223", "Sykepleiere", 425)
    assert second.people < 425


def test_the_countys_rows_sum_to_what_nav_says() -> None:
    rows = Shortage.objects.filter(source="nav", year=2017, county="ostfold")
    assert (rows.count(), rows.aggregate(Sum("people"))["people__sum"]) == (136, 1_350)


def test_every_goal_stands_under_its_programme() -> None:
    assert (Offer.objects.filter(source="udir").count(), LearningOutcome.objects.values("code").distinct().count()) == (
        103, 4_224,
    )  # fmt: skip


def test_only_the_curriculum_in_force_counts_as_supply() -> None:
    assert Counter(LearningOutcome.objects.values_list("curriculum", "is_counted")) == {
        ("LK06", False): 5_418,
        ("LK20", True): 898,
    }


def test_the_welding_goal_of_the_old_curriculum_is_kept_and_not_counted() -> None:
    [goal] = LearningOutcome.objects.filter(code="K4034").select_related("offer")
    assert goal.text == "sveise med dekkgass, TIG- og motstandspunktsveising"
    assert (goal.offer.description, goal.offer.source_id) == ("Teknologi- og industrifag", "TPBLK2----")
    assert (goal.curriculum, goal.is_counted, goal.offer.is_counted) == ("LK06", False, False)
    assert SkillLink.objects.filter(subject_kind="learningoutcome", subject_id=goal.public_id).exists()


def test_each_of_the_needs_is_one_need_with_one_voice_in_its_own_words() -> None:
    said = {row["id"]: (row["text"], int(row["people"]), row["municipality"], row["horizon"]) for row in needs()}
    here = {
        voice.sending_key: (voice.words, voice.people, voice.place and voice.place.code, voice.need.horizon)
        for voice in Voice.objects.select_related("need", "place")
    }
    assert (len(said), here) == (200, said)


def test_each_cause_of_each_link_stands_in_the_words() -> None:
    words = dict(Voice.objects.values_list("public_id", "words")) | dict(
        LearningOutcome.objects.values_list("public_id", "text")
    )
    links = SkillLink.objects.values_list("subject_id", "causes", "cause_words")
    wrong = [
        (subject, causes)
        for subject, causes, said in links
        if [words[subject][start:end] for start, end in causes] != said or not all(start < end for start, end in causes)
    ]
    assert (wrong, links.count() > 3_000) == ([], True)


def test_most_needs_are_heard_to_ask_for_something() -> None:
    asking = SkillLink.objects.filter(whole_kind="need", polarity__in=("need", "nice_to_have"))
    assert asking.values("whole_id").distinct().count() >= 0.8 * Need.objects.count()


def test_every_fact_has_been_heard_by_all_who_listen() -> None:
    assert Counter(FactRow.objects.values_list("name", flat=True))["needs.NeedVoiced"] == 200
    assert Delivery.objects.count() == 0


def test_the_same_statistics_goals_and_needs_again_change_nothing(region: Path) -> None:
    def everything() -> tuple[list[tuple[object, ...]], ...]:
        return (
            list(Shortage.objects.order_by("pk").values_list("pk", "occupation_code", "people")),
            list(Offer.objects.order_by("pk").values_list("pk", "title", "version", "is_counted")),
            list(LearningOutcome.objects.order_by("pk").values_list("pk", "code", "text", "is_counted")),
            list(Voice.objects.order_by("pk").values_list("pk", "words", "people")),
            list(SkillLink.objects.order_by("pk").values_list("pk", "subject_id", "concept_id")),
        )

    before = everything()
    bring_shortages(region)
    tally = bring_goals(region)
    voice_all_needs()
    assert (tally, everything() == before) == (Tally(new=0, changed=0, unchanged=103), True)
