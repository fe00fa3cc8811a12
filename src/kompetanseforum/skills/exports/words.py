"""Files given out: our own words for ESCO's concepts."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse

from kompetanseforum.core.files import json_response
from kompetanseforum.skills.queries import own_words


def own_words_as_json() -> HttpResponse:
    """URI → language → role → texts, with the sentence that ESCO asks for."""
    concepts: Mapping[str, object] = own_words()
    content = {
        "attribution": "This service uses the ESCO classification of the European Commission.",
        "note": "The labels and words here are the forum's own, not the Commission's.",
        "concepts": concepts,
    }
    response = json_response(content)
    response.headers["Content-Disposition"] = 'attachment; filename="skill-words.json"'
    return response
