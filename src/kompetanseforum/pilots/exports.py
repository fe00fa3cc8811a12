"""A pilot as a recipe that another forum can bring in, and what is attached to its log."""

from __future__ import annotations

import json

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kompetanseforum.forum.models import Forum
from kompetanseforum.pilots.actions import Attached
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.pilots.queries.recipes import recipe_of


def recipe_response(pilot: Pilot, *, forum: Forum) -> HttpResponse:
    content = json.dumps(recipe_of(pilot, forum=forum), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="oppskrift-{pilot.public_id}.json"'
    return response


def attached_response(attached: Attached) -> HttpResponse:
    """A picture is shown, anything else is taken home; a browser believes the type that we have checked.

    At most MOST_MEGABYTES, so it is read at once.
    """
    with default_storage.open(attached.stored_as) as file:
        response = HttpResponse(file.read(), content_type=attached.type)
    how = "inline" if attached.type.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = content_disposition_header(how == "attachment", attached.name) or how
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
