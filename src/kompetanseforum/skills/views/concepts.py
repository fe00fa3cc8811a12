"""The page of a skill, an occupation or a group; finding one; and our own words as open data."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.core.same_page import same_page_for_strangers
from kompetanseforum.core.text import capital
from kompetanseforum.skills.exports import own_words_as_json
from kompetanseforum.skills.models import Concept, ConceptKind
from kompetanseforum.skills.queries import (
    NamedConcept,
    concept_by_slug,
    groups_of,
    is_foreign,
    named,
    narrower_of,
    occupations_asking,
    search_concepts,
    skills_asked_by,
    words_for,
)

# More than this folds behind "show all": a general skill stands in a thousand occupations.
FIRST_SHOWN = 12
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class WordsInLanguage:
    """What a concept is called in one language."""

    code: str
    language: str
    words: list[str]
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Concepts of one sort beside this one; `hidden` are those that "show all" brings."""

    shown: list[NamedConcept]
    hidden: int

    @property
    def count(self) -> int:
        return len(self.shown) + self.hidden


def _related(concepts: list[NamedConcept], *, is_all: bool) -> Related:
    shown = concepts if is_all else concepts[:FIRST_SHOWN]
    return Related(shown=shown, hidden=len(concepts) - len(shown))


@public
@require_safe
@same_page_for_strangers
def skill(request: Request, slug: str) -> HttpResponse:
    concept = concept_by_slug(slug)
    if concept is None:
        raise Http404
    language = get_language() or "nb"
    own = named([concept], language=language)[0]
    context = {
        "concept": concept,
        "own": own,
        "words": _words(concept, own=own, language=language),
        "groups": groups_of(concept, language=language),
    }
    return render(request, "skills/skill.html", context | _beside(concept, language, is_all="alle" in request.GET))


def _beside(concept: Concept, language: str, *, is_all: bool) -> dict[str, Related]:
    """What stands beside the concept, by its kind."""
    if concept.kind == ConceptKind.SKILL:
        asking = [(one.concept, one.is_essential) for one in occupations_asking(concept, language=language)]
    elif concept.kind == ConceptKind.OCCUPATION:
        asking = skills_asked_by(concept, language=language)
    else:
        return {"narrower": _related(narrower_of(concept, language=language), is_all=is_all)}
    return {
        "essential": _related([one for one, is_essential in asking if is_essential], is_all=is_all),
        "optional": _related([one for one, is_essential in asking if not is_essential], is_all=is_all),
    }


def _words(concept: Concept, *, own: NamedConcept, language: str) -> list[WordsInLanguage]:
    """The reader's languages first, the foreign ones last; the title is not said again."""
    found = [
        WordsInLanguage(
            code=code,
            language=_language_name(code),
            words=[text for text, _ in texts if text != own.label],
            is_foreign=is_foreign(code, asked=language),
        )
        for code, texts in words_for(concept.pk).items()
    ]
    told = [one for one in found if one.words]
    return sorted(
        told, key=lambda one: (one.is_foreign, one.code != language, one.code not in ("nb", "nn", "en"), one.code)
    )


def _language_name(code: str) -> str:
    """As those who speak it write it."""
    ours = dict(settings.LANGUAGES)
    return capital(str(ours.get(code) or LANG_INFO.get(code, {}).get("name_local", code)))


@public
@require_safe
@vary_on_headers("Accept", "HX-Request")
def search(request: Request) -> HttpResponse:
    """Skills by what one types: a page, a fragment for htmx, or JSON for who asks for it."""
    limit(request.viewer.network, "skills.search", most=240, per_seconds=60)
    typed = request.GET.get("q", "")[:80]
    kinds = [kind for kind in request.GET.getlist("kind") if kind in ("skill", "occupation")] or ["skill", "occupation"]
    found = search_concepts(typed, language=get_language() or "nb", kinds=kinds, limit=MOST_FOUND)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        rows = [
            {"slug": one.slug, "uri": one.uri, "kind": one.kind, "label": one.label, "language": one.label_language}
            for one in found
        ]
        return JsonResponse({"found": rows})
    template = "skills/_found.html" if request.htmx else "skills/search.html"
    return render(request, template, {"typed": typed, "found": found})


@public
@require_safe
def words(request: Request) -> HttpResponse:
    """Open data: the words that the forum itself has for skills and occupations."""
    return own_words_as_json()
