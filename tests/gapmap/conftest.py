"""A small region for the tests of the gap map: two skills, three firms, one school, and lines kept fresh by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kompetanseforum.codes.models import Municipality
from kompetanseforum.forum.models import Forum
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.needs.actions import Said, join_need, voice_need
from kompetanseforum.needs.models import Horizon, Need, Voice
from kompetanseforum.offers.actions import register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.organisations.actions import add_organisation
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.skills.models import Concept, Label

WELDING = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000001"
TRUCK = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000002"
COOKING = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000003"
WELDING_SLUG = WELDING.rsplit("/", 1)[-1]

Speak = Callable[..., Voice]
Teach = Callable[..., Offer]


@pytest.fixture
def region(forum: Forum) -> Forum:
    for uri, label in [(WELDING, "sveise aluminium"), (TRUCK, "kjøre gaffeltruck"), (COOKING, "lage kjøttkaker")]:
        concept = Concept.objects.create(uri=uri, kind="skill")
        Label.objects.create(concept=concept, language="nb", role="label", origin="local", text=label)
    return forum


def firm(name: str, *, municipality: str = "3107", sector: str = "business") -> Organisation:
    known = Organisation.objects.filter(name=name).first()
    place = Municipality.objects.get(code=municipality)
    return known or add_organisation(name=name, kind="boatbuilder", sector=sector, size="5-19", municipality=place)


@pytest.fixture
def speak(region: Forum) -> Speak:
    """`speak("Vi må lære å sveise aluminium", firm="Båt AS", people=4)`; with `need` it joins that one."""

    def say(
        words: str = "Vi må lære å sveise aluminium",
        *,
        by: str = "Hemmelig Båt AS",
        need: Need | None = None,
        people: int = 4,
        municipality: str = "3107",
        sector: str = "business",
        kept: tuple[str, ...] = (),
        is_confirmed: bool = True,
        horizon: str = Horizon.NOW,
        is_public: bool = False,
    ) -> Voice:
        said = Said(words=words, people=people, skills_shown=kept, skills_kept=kept, words_are_public=is_public)
        organisation = firm(by, municipality=municipality, sector=sector)
        if need is None:
            return voice_need(said=said, by=None, organisation=organisation, is_confirmed=is_confirmed, horizon=horizon)
        return join_need(need=need, said=said, by=None, organisation=organisation, is_confirmed=is_confirmed)[0]

    return say


@pytest.fixture
def teach(region: Forum) -> Teach:
    """`teach("sveise aluminium", "sveise aluminium og stål", places=12)`."""

    def offer(*outcomes: str, places: int | None = 12, municipality: str = "3105", counted: bool = True) -> Offer:
        content = Content(
            title="Kurs",
            provider="Glomma videregående",
            municipality=municipality,
            places_per_year=places,
            outcomes=tuple(OutcomeContent(text, is_counted=counted) for text in outcomes),
        )
        return register_offer(content=content, source="form", by=None)

    return offer


@pytest.fixture
def counted() -> Callable[[], int]:
    """Bring all lines up to date, as the listeners do after each change."""
    return rebuild
