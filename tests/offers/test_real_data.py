"""Udir's goals of all programmes, as Udir wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompetanseforum.core.models import FactRow
from kompetanseforum.offers.actions import bring_offers
from kompetanseforum.offers.imports import udir_offers
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.offers.queries import offers_teaching
from kompetanseforum.offers.queries.comparing import Tally
from kompetanseforum.skills.models import SkillLink

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


@pytest.fixture
def goals(real_data: Path) -> Path:
    return real_data / "02_norwegian_texts" / "grep_kompetansemaal" / "kompetansemaal_dev.jsonl.gz"


def test_every_goal_of_every_programme(vocabulary, goals: Path):
    offers = udir_offers(goals)
    assert bring_offers(offers=offers, source="udir", by=None) == Tally(new=103)
    # 4,224 goals; a goal may stand under several areas, once in each.
    assert (LearningOutcome.objects.count(), LearningOutcome.objects.values("code").distinct().count()) == (6316, 4224)
    assert Offer.objects.filter(is_counted=False).count() == 75

    # K4034 is about welding, stands under TP, and is of the expired curriculum.
    goal = LearningOutcome.objects.select_related("offer").get(code="K4034")
    assert (goal.offer.source_id, goal.offer.description) == ("TPBLK2----", "Teknologi- og industrifag")
    assert (goal.curriculum, goal.is_counted, goal.offer.is_counted) == ("LK06", False, False)
    concepts = list(SkillLink.objects.filter(subject_id=goal.public_id).values_list("concept_id", flat=True))
    assert concepts
    assert goal.offer.public_id not in {one.offer_id for one in offers_teaching(concepts)}

    # The same file again changes nothing and says nothing.
    facts, links = FactRow.objects.count(), SkillLink.objects.count()
    assert bring_offers(offers=udir_offers(goals), source="udir", by=None) == Tally(unchanged=103)
    assert (FactRow.objects.count(), SkillLink.objects.count(), LearningOutcome.objects.count()) == (facts, links, 6316)
