"""The API's description: as JSON for programs, and as a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from kompetanseforum.api import rules
from kompetanseforum.api.exports import Publisher
from kompetanseforum.api.exports import catalogue as written_catalogue
from kompetanseforum.api.views.interface import LICENCE, description
from kompetanseforum.core.files import json_response
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.forum.queries import this_forum

_TAGS = {
    "needs": _("Needs"),
    "offers": _("Offers"),
    "gaps": _("Unmet needs"),
    "skills": _("Skills"),
    "organisations": _("Organisations"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    words: str
    # The values it takes, where they are few.
    values: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class ShownOperation:
    id: str
    method: str
    address: str
    summary: str
    words: str
    parameters: list[Parameter]
    takes_token: bool


@public
@require_safe
def openapi(request: Request) -> HttpResponse:
    response = json_response(_description(request))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
@conditional_page
def catalogue(request: Request) -> HttpResponse:
    """For data.norge.no and its like."""
    forum = this_forum()
    email = forum.duty_person.email if forum.duty_person else ""
    publisher = Publisher(name=str(forum), email=email or settings.DEFAULT_FROM_EMAIL)
    text = written_catalogue(root=request.build_absolute_uri("/"), publisher=publisher)
    return HttpResponse(text, content_type="text/turtle; charset=utf-8")


def _description(request: Request) -> dict[str, Any]:  # Any: JSON, as OpenAPI has it
    return {
        **description(address=_root()),
        "servers": [{"url": request.build_absolute_uri("/").rstrip("/")}],
    }


def _root() -> str:
    return reverse("api:openapi").removesuffix("openapi.json")


@public
@require_safe
def page(request: Request) -> HttpResponse:
    """Written from the same description, so that the two cannot differ."""
    schema = _description(request)
    operations = list(_operations(schema))
    context = {
        "address": request.build_absolute_uri(_root()),
        "example": request.build_absolute_uri(_root() + "needs?lang=nb&per_page=5"),
        "groups": [(label, [one for tag, one in operations if tag == name]) for name, label in _TAGS.items()],
        "licence": LICENCE,
        "most_by_network": rules.MOST_BY_NETWORK,
        "most_by_token": rules.MOST_BY_TOKEN,
    }
    return render(request, "api/page.html", context)


# Any: JSON, as OpenAPI has it.
def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, ShownOperation]]:
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield (
                operation["tags"][0],
                ShownOperation(
                    id=operation["operationId"],
                    method=method.upper(),
                    address=address,
                    summary=operation["summary"],
                    words=operation.get("description", ""),
                    parameters=[*_parameters(operation), *_body(operation, schema)],
                    takes_token={} not in operation["security"],
                ),
            )


def _parameters(operation: dict[str, Any]) -> Iterator[Parameter]:
    for each in operation["parameters"]:
        yield _parameter(each["name"], each["schema"], is_required=each["required"])


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> Iterator[Parameter]:
    body = operation.get("requestBody")
    if not body:
        return
    shape = _followed(body["content"]["application/json"]["schema"], schema)
    for name, part in shape["properties"].items():
        yield _parameter(name, part, is_required=name in shape.get("required", ()), schema=schema)


def _parameter(
    name: str, part: dict[str, Any], *, is_required: bool, schema: dict[str, Any] | None = None
) -> Parameter:
    values = _followed(part, schema).get("enum") or _followed(part.get("items", {}), schema).get("enum") or ()
    return Parameter(
        name=name, words=part.get("description", ""), values=", ".join(map(str, values)), is_required=is_required
    )


def _followed(part: dict[str, Any], schema: dict[str, Any] | None) -> dict[str, Any]:
    """The shape itself where it is only referred to, and the one that is not null of two."""
    others = [one for one in part.get("anyOf", ()) if one.get("type") != "null"]
    part = others[0] if others else part
    reference = part.get("$ref", "")
    found: dict[str, Any] = (
        schema["components"]["schemas"][reference.rsplit("/", 1)[-1]] if schema and reference else part
    )
    return found
