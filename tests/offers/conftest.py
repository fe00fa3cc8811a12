"""A small region for the tests of offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kompetanseforum.forum.models import Forum
from kompetanseforum.offers.actions import register_offer
from kompetanseforum.offers.models import HeldReason, Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.skills.models import Concept, Label

WELDING = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000001"
TRUCK = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000002"

WELDING_COURSE = Content(
    title="Sveising for folk i jobb",
    kind="course",
    provider="Glomma videregående",
    level="trade",
    municipality="3107",
    delivery=("classroom", "evening"),
    weeks=5,
    hours_per_week=30,
    starts=(date(2027, 1, 11),),
    places_per_year=12,
    price_nok=4900,
    outcomes=(OutcomeContent("sveise aluminium med MIG"), OutcomeContent("lese tegninger")),
)


@pytest.fixture
def region(forum: Forum) -> Forum:
    """Two skills are enough to hear with."""
    for uri, label, word in [
        (WELDING, "sveise aluminium", "alusveising"),
        (TRUCK, "kjøre gaffeltruck", "truckførerbevis"),
    ]:
        concept = Concept.objects.create(uri=uri, kind="skill")
        Label.objects.create(concept=concept, language="nb", role="label", origin="local", text=label)
        Label.objects.create(concept=concept, language="nb", role="everyday", origin="local", text=word)
    return forum


MakeOffer = Callable[..., Offer]


@pytest.fixture
def offered(region: Forum) -> MakeOffer:
    """`offered(WELDING_COURSE, held=True)`."""

    def make(
        content: Content = WELDING_COURSE, *, held: bool = False, source: str = "form", source_id: str = ""
    ) -> Offer:
        return register_offer(
            content=content,
            source=source,
            source_id=source_id,
            by=None,
            held_reason=HeldReason.VISITOR if held else None,
        )

    return make
