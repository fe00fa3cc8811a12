"""The API put together, and its description: OpenAPI 3.1, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from kompetanseforum.api.views import errors, gaps, needs, offers, organisations, skills, voicing
from kompetanseforum.api.views.doors import BearerToken
from kompetanseforum.core.problems import MEDIA_TYPE

VERSION = "1.0"
LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}

# What each answer is, by its status.
_ANSWERS = {
    "200": _("What was asked for"),
    "201": _("It is voiced"),
    "400": _("What was sent cannot be read"),
    "401": _("The token is missing, unknown or over"),
    "403": _("Not open to you"),
    "404": _("There is nothing here"),
    "422": _("Something in the question is not as it should be"),
    "429": _("Too many requests; Retry-After says when"),
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_TAKES_A_TOKEN = {voicing.voice_need_for.__name__}


class _Letters(JSONRenderer):
    """Æ, ø and å as they are."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class _Interface(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


interface = _Interface(
    title="Kompetanseforum",
    version=VERSION,
    description=_("What is asked for, what is taught, and what is missing. Open to read; writing takes a token."),
    urls_namespace="api",
    auth=BearerToken(),
    renderer=_Letters(),
    # Our own page and address for both: no script from elsewhere, and the language of whoever asks.
    docs_url=None,
    openapi_url=None,
    openapi_extra={"info": {"license": LICENCE}},
)
for address, part in (
    ("/needs", needs),
    ("/offers", offers),
    ("/gaps", gaps),
    ("/skills", skills),
    ("/organisations", organisations),
):
    interface.add_router(address, part.router)
errors.connect(interface)


# Any: JSON, as OpenAPI has it.
def description(*, address: str) -> Mapping[str, Any]:
    """With the words in the language that is on. `address` is where the operations are."""
    return _described(address, get_language())


# It takes a tenth of a second, and changes with the program and the language alone; nobody writes in it.
@cache
def _described(address: str, _language: str | None) -> Mapping[str, Any]:
    schema: dict[str, Any] = interface.get_openapi_schema(path_prefix=address.lstrip("/"))
    for operation in _operations(schema):
        for status, answer in operation["responses"].items():
            answer["description"] = _ANSWERS[str(status)]
            content = answer.get("content", {}).get("application/json")
            if content and content["schema"] == _PROBLEM:
                answer["content"] = {MEDIA_TYPE: content}
        if operation["operationId"] not in _TAKES_A_TOKEN:
            # Either: a token opens more requests a minute, not more to read.
            operation["security"] = [*operation.get("security", ()), {}]
    for shape in schema["components"]["schemas"].values():
        # A class tells those who read the code what it is; here its fields do.
        shape.pop("description", None)
    _translate(schema)
    return dict(schema)


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()


def _translate(part: Any) -> None:
    """Every summary and description, in place; but an enumeration's own, which is for those who read the code."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("summary", "description") and isinstance(value, str) and value:
                part[name] = gettext(value)
            else:
                for each in (value,) if name == "items" else value if name in ("anyOf", "allOf") else ():
                    each.pop("description", None)
                _translate(value)
    elif isinstance(part, list):
        for each in part:
            _translate(each)
