"""Asked anything its description allows, and a lot that it does not, the API answers as it says, and never breaks.

KF_FUZZ_EXAMPLES (10) says how many questions each operation gets: thousands before a release.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer
from tests.gapmap.conftest import WELDING_SLUG, Speak, Teach

EXAMPLES = int(os.environ.get("KF_FUZZ_EXAMPLES", "10"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = (
    "needs", "need", "voice_need_for", "offers", "offer", "gaps", "gap", "skills", "skill", "hear_skills", "organisations",
)  # fmt: skip


@pytest.fixture
def region_with_rows(speak: Speak, teach: Teach, counted: Any) -> None:
    speak(is_public=True)
    teach("sveise aluminium", "kjøre gaffeltruck")
    counted()


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_it_answers_as_its_description_says(name: str, mode: GenerationMode, region_with_rows: None, secret: str):
    operation = _operation(name)

    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @hypothesis.given(case=_questions(operation, mode))
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {secret}"})
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_every_operation_is_asked(forum: object, client: Client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert sorted(OPERATIONS) == sorted(one["operationId"] for path in paths.values() for one in path.values())


def _questions(operation: Any, mode: GenerationMode) -> Any:
    """Of an operation for one thing, as often for one that is there as for one that is not."""
    there = {
        "need": {"public_id": str(ref(Need.objects.get()))},
        "offer": {"public_id": Offer.objects.get().public_id},
        "gap": {"slug": WELDING_SLUG},
        "skill": {"slug": WELDING_SLUG},
    }
    any_thing = operation.as_strategy(generation_mode=mode)
    known = there.get(operation.definition.raw["operationId"])
    return any_thing | operation.as_strategy(generation_mode=mode, path_parameters=known) if known else any_thing


def _operation(name: str) -> Any:  # Any: schemathesis' own, of its own type for OpenAPI
    return next(one for one in _operations() if one.definition.raw["operationId"] == name)


@cache
def _operations() -> list[Any]:
    """The description is the same in every forum, and takes longer to read than its questions to answer."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [found.ok() for found in schema.get_all_operations()]
