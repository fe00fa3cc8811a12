"""The API's description: what it says is so, in three languages, and on a page for people."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from kompetanseforum.forum.models import Forum


@pytest.fixture
def schema(forum: Forum, client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json?lang=en").json()
    return found


def _operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {operation["operationId"]: operation for path in schema["paths"].values() for operation in path.values()}


@pytest.mark.slow
def test_every_operation_says_what_can_go_wrong_and_how(schema: dict[str, Any]):
    assert schema["openapi"].startswith("3.1")
    for name, operation in _operations(schema).items():
        assert {"400", "401", "422", "429"} <= set(map(str, operation["responses"])), name
        for status, answer in operation["responses"].items():
            expected = "application/json" if str(status).startswith("2") else "application/problem+json"
            assert list(answer["content"]) == [expected], (name, status)
        assert any(parameter["name"] == "lang" for parameter in operation["parameters"]) or name == "voice_need_for"


@pytest.mark.slow
def test_it_says_what_takes_a_token(schema: dict[str, Any]):
    takes = {name for name, operation in _operations(schema).items() if {} not in operation["security"]}
    assert takes == {"voice_need_for"}
    assert schema["components"]["securitySchemes"]["BearerToken"] == {"type": "http", "scheme": "bearer"}
    headers = [each["name"] for each in _operations(schema)["voice_need_for"]["parameters"] if each["in"] == "header"]
    assert headers == ["Idempotency-Key"]


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Behov som er meldt"), ("nn", "Behov som er melde"), ("en", "Needs that have been voiced")],
)
def test_it_is_in_the_language_asked_for(language: str, words: str, forum: Forum, client: Client):
    schema = client.get(f"/api/v1/openapi.json?lang={language}").json()
    assert _operations(schema)["needs"]["summary"] == words


@pytest.mark.slow
def test_nothing_in_it_is_left_in_english(forum: Forum, client: Client):
    """What is the same in both is code, or has no words."""

    def words(schema: Any) -> set[str]:
        if isinstance(schema, list):
            return set().union(*map(words, schema))
        if not isinstance(schema, dict):
            return set()
        own = {schema[name] for name in ("summary", "description") if isinstance(schema.get(name), str)}
        return own.union(*map(words, schema.values()))

    english, norwegian = (words(client.get(f"/api/v1/openapi.json?lang={code}").json()) for code in ("en", "nb"))
    assert english & norwegian == set()


@pytest.mark.slow
def test_the_page_lists_every_operation(schema: dict[str, Any], client: Client):
    page = client.get("/apne-data/api").content.decode()
    assert [name for name in _operations(schema) if f'id="{name}"' not in page] == []
    assert json.dumps(schema["info"]["license"]["url"]).strip('"') in page
