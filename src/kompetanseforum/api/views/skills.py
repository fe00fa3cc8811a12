"""Skills and occupations: found by name, one of them, and those heard in a text."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field

from kompetanse.linking import guess_language
from kompetanseforum.api.rules import MOST_TEXTS_BY_NETWORK, MOST_TEXTS_BY_TOKEN, SECONDS
from kompetanseforum.api.views.shapes import PROBLEMS, PROBLEMS_OF_ONE, Asked, Language, SkillNamed, skill_named
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.skills.models import ConceptKind
from kompetanseforum.skills.queries import (
    MOST_CHARACTERS,
    concept_by_slug,
    groups_of,
    hear,
    named,
    occupations_asking,
    search_concepts,
    skills_asked_by,
    words_for,
)

router = Router(tags=["skills"])

MOST_FOUND = 50
# A general skill stands in a thousand occupations.
MOST_BESIDE = 200


class SkillsAsked(Asked):
    q: str = Field(min_length=2, max_length=80, description=_("A part of a name."))
    kind: list[Literal["skill", "occupation"]] = Field([], description=_("Left out: both."))
    most: int = Field(20, ge=1, le=MOST_FOUND, description=_("How many, at most 50."))


class ConceptShape(SkillNamed):
    kind: str


class Concepts(Schema):
    items: list[ConceptShape]


class Beside(SkillNamed):
    is_essential: bool


class Word(Schema):
    language: str
    text: str
    role: str


class ConceptInFull(ConceptShape):
    words: list[Word] = Field(description=_("All it is called, in every language we have."))
    groups: list[SkillNamed] = Field(description=_("The groups it lies in, the nearest first."))
    beside: list[Beside] = Field(
        description=_(
            "Of a skill: occupations that ask for it. Of an occupation: skills that it asks for. At most 200."
        )
    )


class TextGiven(Schema):
    words: str = Field(max_length=MOST_CHARACTERS, description=_("A text, such as a need or a job advertisement."))
    language: Language | None = Field(None, description=_("The language of the text; left out: guessed."))
    most: int = Field(8, ge=1, le=MOST_FOUND)


class HeardShape(ConceptShape):
    score: float = Field(description=_("From 0 to 1."))
    is_sure: bool
    polarity: str = Field(description=_("Whether it is needed, or only wished for."))
    cause_words: list[str] = Field(description=_("The words in the text that made us think of it."))
    causes: list[tuple[int, int]] = Field(description=_("Where they stand, as offsets in the text."))


class HeardShapes(Schema):
    language: str
    items: list[HeardShape]


@router.get("", response={200: Concepts, **PROBLEMS}, summary=_("Skills and occupations by name"))
@public
def skills(request: Request, asked: Query[SkillsAsked]) -> dict[str, object]:
    kinds = asked.kind or ["skill", "occupation"]
    found = search_concepts(asked.q, language=get_language() or "nb", kinds=kinds, limit=asked.most)
    return {"items": [_concept(one) for one in found]}


@router.post(
    "/heard",
    response={200: HeardShapes, **PROBLEMS},
    summary=_("Which skills a text asks for"),
    description=_("The text is read and forgotten: nothing is stored."),
)
@public
def hear_skills(request: Request, given: TextGiven, asked: Query[Asked]) -> dict[str, object]:
    token = request.viewer.token
    most = MOST_TEXTS_BY_TOKEN if token else MOST_TEXTS_BY_NETWORK
    limit(str(token or request.viewer.network), "api.heard", most=most, per_seconds=SECONDS)
    language = given.language or guess_language(given.words)
    found = hear(given.words, language=language, limit=given.most)
    return {
        "language": language,
        "items": [
            _concept(one)
            | {
                "score": one.score,
                "is_sure": one.is_sure,
                "polarity": one.polarity,
                "cause_words": one.cause_words,
                "causes": one.causes,
            }
            for one in found
        ],
    }


@router.get("/{slug}", response={200: ConceptInFull, **PROBLEMS_OF_ONE}, summary=_("One skill, occupation or group"))
@public
def skill(request: Request, slug: str, asked: Query[Asked]) -> dict[str, object]:
    concept = concept_by_slug(slug)
    if concept is None:
        raise Http404
    language = get_language() or "nb"
    if concept.kind == ConceptKind.OCCUPATION:
        beside = skills_asked_by(concept, language=language)
    else:
        beside = [(one.concept, one.is_essential) for one in occupations_asking(concept, language=language)]
    [own] = named([concept], language=language)
    return _concept(own) | {
        "words": [
            {"language": tongue, "text": text, "role": role}
            for tongue, texts in words_for(concept.pk).items()
            for text, role in texts
        ],
        "groups": [skill_named(one) for one in groups_of(concept, language=language)],
        "beside": [skill_named(one) | {"is_essential": essential} for one, essential in beside[:MOST_BESIDE]],
    }


# Any: a concept however it was found; pydantic checks each value against the shape.
def _concept(one: Any) -> dict[str, object]:
    return skill_named(one) | {"kind": one.kind}
