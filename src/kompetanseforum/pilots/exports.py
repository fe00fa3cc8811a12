"""A pilot as a recipe that another forum can bring in."""

from __future__ import annotations

import json

from django.http import HttpResponse

from kompetanseforum.forum.models import Forum
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.pilots.queries.recipes import recipe_of


def recipe_response(pilot: Pilot, *, forum: Forum) -> HttpResponse:
    content = json.dumps(recipe_of(pilot, forum=forum), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="oppskrift-{pilot.public_id}.json"'
    return response
