"""A small ESCO with words of our own, for tests of skills."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kompetanse.refs import Ref
from kompetanse.vocabulary import Entry, Pair, Vocabulary
from kompetanseforum.skills.actions import load_vocabulary
from kompetanseforum.skills.models import Concept
from tests.kompetanse.esco.making import PLAN, WELD, WELDER

VOICE = Ref("voice", "v000000001")
NEED = Ref("need", "n000000001")
CARE = "http://data.europa.eu/esco/skill/0003"


def entry(uri: str, nb: str, nn: str, en: str, *words: str) -> Entry:
    return Entry(
        uri=uri,
        kind="occupation" if "/occupation/" in uri else "skill",
        trade="industry",
        labels={language: text for language, text in (("nb", nb), ("nn", nn), ("en", en)) if text},
        words={"nb": words, "nn": (), "en": ()},
    )


def small_vocabulary() -> Vocabulary:
    return Vocabulary(
        skills=(
            entry(WELD, "sveise aluminium", "sveise aluminium", "weld aluminium", "alusveising", "aluminiumssveising"),
            entry(PLAN, "planlegge arbeid", "planleggje arbeid", "plan work", "arbeidsplan"),
            entry(CARE, "stelle pasienter", "stelle pasientar", "care for patients", "pasientstell"),
        ),
        occupations=(entry(WELDER, "sveiser", "sveisar", "welder"),),
        pairs=(Pair(WELDER, WELD, "essential"), Pair(WELDER, PLAN, "optional")),
    )


@dataclass(frozen=True, slots=True)
class Concepts:
    weld: Concept
    plan: Concept
    care: Concept
    welder: Concept


@pytest.fixture
def concepts(db: None) -> Concepts:
    """The small vocabulary, loaded."""
    load_vocabulary(small_vocabulary())
    rows = Concept.objects.in_bulk([WELD, PLAN, CARE, WELDER], field_name="uri")
    return Concepts(weld=rows[WELD], plan=rows[PLAN], care=rows[CARE], welder=rows[WELDER])
