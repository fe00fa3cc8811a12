"""What people and robots may send in a field or an address: never a page that failed, and what is refused is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote_plus

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoDbBlocker

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.forum.actions import give_role
from kompetanseforum.forum.models import Role
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.offers.models import LearningOutcome, Offer
from kompetanseforum.skills.models import SkillLink
from tests.architecture.doors import FOREIGN, Route, routes
from tests.architecture.things import ARGUMENTS, Things, make_things
from tests.architecture.things.standing import as_it_was, one_transaction
from tests.conftest import install

pytestmark = pytest.mark.slow

ROUTES = [route for route in routes() if route.name not in FOREIGN]
MUCH = "å sveise aluminium 🙂 " * 500_000
FORM = "application/x-www-form-urlencoded"

# As bytes in a form or an address; whatever a browser would never write stands here too.
STRANGE = {
    "nothing": "",
    "blanks": quote_plus(" \t\r\n\u00a0\u200b "),
    "nul": "sveise%00aluminium",
    "lone surrogate": "sveise%ED%A0%80aluminium",
    "not utf-8": "sm%F8rbr%F8d%FF%FE",
    "right to left": quote_plus("\u202eevil\u202c \u200fsveise\u200e \u2066x\u2069"),
    "markup": quote_plus("<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"),
    "template": quote_plus("{{ 7|add:7 }}{% load static %}%(count)s %s {0}"),
    "sql": quote_plus("'; DROP TABLE needs_need; --"),
    "newlines": quote_plus("a\r\nSet-Cookie: x=1\r\n\r\nb"),
    "huge number": "9" * 400,
    "below nought": "-1",
    "other figures": quote_plus("²٣๔"),
    "infinity": "1e999",
    "nan": "NaN",
    "path": quote_plus("../../../../etc/passwd"),
    "emoji": quote_plus("👩🏽‍🏭👨‍👩‍👧‍👦🇳🇴 sveising" * 20),
    "combining": quote_plus("a" + "\u0301" * 500),
}
QUERIES = ("side", "q", "kommune", "nar", "tilstand", "sektor", "kompetanse", "yrke", "sorter", "skill", "words", "added",
           "shown", "alle", "form", "niva", "start", "tilbyder", "type", "sprak", "utvidet", "kind", "next", "fra", "til",
           "horisont", "gruppe", "vis", "hvem", "hva", "ting")  # fmt: skip
LISTS = {"needs", "offers", "map"}
_FIELD = re.compile(r'name="([\w-]+)"')


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with one_transaction(django_db_blocker):
        yield


@dataclass(frozen=True, slots=True)
class Standing:
    things: Things
    # What a coordinator's browser holds.
    key: str


@pytest.fixture(scope="module")
def standing(db: None) -> Standing:
    with translation.override("nb"):
        install("codes", "accounts", "forum", "organisations")
        things = make_things()
        kari = add_person(name="Kari Lunde")
        give_role(person=kari, role=Role.COORDINATOR)
        client = Client()
        client.force_login(kari)
        return Standing(things=things, key=client.cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def things(standing: Standing) -> Iterator[Things]:
    with as_it_was():
        yield standing.things


@pytest.fixture
def coordinator_client(standing: Standing, things: Things) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = standing.key
    return client


def address(route: Route, things: Things) -> str:
    arguments = ARGUMENTS[route.name](things) if route.name in ARGUMENTS else {}
    return reverse(route.name, kwargs=arguments)


def is_failed(response: Any) -> bool:  # Any: the test client's own response type is private
    return response.status_code >= 500 or b"<script>alert" in (b"" if response.streaming else response.content)


def visitor(route: Route, coordinator_client: Client) -> Client:
    """Anybody where anybody may come; else one who may."""
    return coordinator_client if route.permission else Client(raise_request_exception=False)


@pytest.fixture
def reads_of_query(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of those pages that have looked at their query."""
    reads: list[str] = []
    parsed = WSGIRequest.GET.func  # type: ignore[attr-defined]

    def noted(request: WSGIRequest) -> QueryDict:
        reads.append(request.path)
        return cast(QueryDict, parsed(request))

    monkeypatch.setattr(WSGIRequest, "GET", property(noted))
    return reads


@pytest.fixture
def reads_of_form(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of those that have looked at what was sent, parsed or raw."""
    reads: list[str] = []
    load, read = WSGIRequest._load_post_and_files, WSGIRequest.read

    def noted_load(request: WSGIRequest) -> None:
        reads.append(request.path)
        load(request)

    def noted_read(request: WSGIRequest, *size: int) -> bytes:
        reads.append(request.path)
        return read(request, *size)

    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", noted_load)
    monkeypatch.setattr(WSGIRequest, "read", noted_read)
    return reads


def reads_forms(at: str, client: Client, reads: list[str]) -> bool:
    """What looks at nothing that is sent cannot trip over it."""
    reads.clear()
    return bool(client.post(at, "", content_type=FORM).status_code != 405 and reads)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_query_makes_a_page_fail(
    route: Route, things: Things, coordinator_client: Client, reads_of_query: list[str]
) -> None:
    at = address(route, things)
    queries = ["&".join(f"{name}={value}" for name in QUERIES) for value in STRANGE.values()]
    queries += [f"{name}=-1" for name in QUERIES] if route.name.partition(":")[2] in LISTS else []
    queries += ["&".join(f"kommune={n}&kompetanse={n}" for n in range(400)), "%", "&&&===&", "side=" + "9" * 5000]
    # First what breaks out of a page, for the address itself may be shown in it.
    queries.insert(0, "&".join(f"{name}={STRANGE['markup']}" for name in QUERIES))
    client = visitor(route, coordinator_client)
    for query in queries:
        assert (query[:80], is_failed(client.get(f"{at}?{query}"))) == (query[:80], False)
        if not reads_of_query:
            # What looks at no query cannot trip over the next one either.
            return


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_no_text_in_any_field_makes_a_page_fail(
    route: Route, things: Things, coordinator_client: Client, reads_of_form: list[str]
) -> None:
    at = address(route, things)
    client = visitor(route, coordinator_client)
    if not reads_forms(at, client, reads_of_form):
        return
    page = client.get(at)
    names = set() if page.streaming else set(_FIELD.findall(page.content.decode("utf-8", "replace")))
    names |= {"words", "sending_key", "skill", "shown", "added", "organisation", "spokesperson", "email"}
    fields = sorted(names - {"step", "csrfmiddlewaretoken"})
    steps = ("words", "details", "send") if route.name == "needs:voice" else ("send",)
    failed = [
        (what, step)
        for what, value in STRANGE.items()
        for step in steps
        if is_failed(
            client.post(at, f"step={step}&" + "&".join(f"{name}={value}" for name in fields), content_type=FORM)
        )
    ]
    assert failed == []


@pytest.mark.parametrize("path", ["/behov/{}", "/kompetanse/{}", "/tilbud/{}", "/behov/lenke/{}", "/start/{}", "/{}"])
@pytest.mark.parametrize("name", STRANGE)
def test_no_address_makes_a_page_fail(path: str, name: str, things: Things) -> None:
    response = Client(raise_request_exception=False).get(path.format(STRANGE[name] or "%20"))
    assert (response.status_code < 500, b"<script>alert" in response.content) == (True, False)


TOO_LONG = {
    "nb": "Dette er for langt. Hold deg under 2000 tegn.",
    "nn": "Dette er for langt. Hald deg under 2000 teikn.",
    "en": "This is too long. Keep it under 2000 characters.",
}


@pytest.mark.parametrize("language", TOO_LONG)
def test_ten_megabytes_of_words_are_refused_in_the_readers_language(language: str, things: Things) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    before = Need.objects.count()
    for step in ("details", "send"):
        response = client.post("/behov/meld", {"step": step, "words": MUCH[:10_000_000]})
        assert (response.status_code, TOO_LONG[language] in response.content.decode()) == (422, True)
    assert Need.objects.count() == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_ten_megabytes_make_no_page_fail(
    route: Route, things: Things, coordinator_client: Client, reads_of_form: list[str]
) -> None:
    at = address(route, things)
    if not reads_forms(at, coordinator_client, reads_of_form):
        return
    fields = ("words", "organisation", "spokesperson", "sending_key", "title", "outcomes", "reason", "name", "next")
    every = "&".join(f"{name}={'sveise+' * 150_000}" for name in fields)
    assert coordinator_client.post(at, f"step=send&{every}", content_type=FORM).status_code < 500


UNDERSTOOD = {"nb": "Det skjønte vi ikke", "nn": "Det skjøna vi ikkje", "en": "We did not understand that"}


@pytest.mark.parametrize("language", UNDERSTOOD)
@pytest.mark.parametrize("size", ["100,000 chips", "more than a form holds"])
def test_what_no_form_sends_is_refused_in_the_readers_language(language: str, size: str, things: Things) -> None:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    body = "step=send&words=x" + ("&skill=weld" * 100_000 if size == "100,000 chips" else "&q=" + "x" * 13_000_000)
    response = client.post("/behov/meld", body, content_type=FORM)
    assert (response.status_code, UNDERSTOOD[language] in response.content.decode()) in {(400, True), (413, True)}


@pytest.mark.parametrize(
    "words",
    [
        "👩🏽‍🏭👨‍👩‍👧‍👦 Vi må lære å sveise aluminium 🙂, ikke 🇳🇴 skrive.",
        "\u202eVi må\u202c lære å SVEISE\u200b ALUMINIUM.",
        "İİİ ẞß ﬁ å sveise aluminium ǅ",
        "a\u0301\u0301 sveise  aluminium\r\n\r\nsveise\taluminium",
        "𝓼𝓿𝓮𝓲𝓼𝓮 aluminium; sveise aluminium",
    ],
)
def test_what_caused_a_skill_always_stands_in_the_words(words: str, things: Things) -> None:
    client = Client()
    assert client.post("/behov/meld", {"step": "send", "words": words, "organisation": "Emoji AS"}).status_code == 302
    voice = Voice.objects.latest("pk")
    links = SkillLink.objects.filter(subject_id=voice.public_id)
    assert links.exists()
    for link in links:
        assert [voice.words[start:end] for start, end in link.causes] == link.cause_words
        assert all(0 <= start < end <= len(voice.words) for start, end in link.causes)
    assert client.get(f"/behov/{voice.need.public_id}").status_code == 200


def test_markup_in_words_and_names_is_shown_as_text(things: Things) -> None:
    client = Client()
    evil = "<script>alert(1)</script> sveise aluminium"
    client.post(
        "/behov/meld",
        {"step": "send", "words": evil, "organisation": evil[:60], "words_are_public": "on", "name_is_public": "on"},
    )
    need = Need.objects.latest("pk")
    pages = [client.get(at).content.decode() for at in ("/", "/behov/", f"/behov/{need.public_id}", "/behov/mine")]
    assert [("<script>alert" in page, "&lt;script&gt;" in page) for page in pages[1:]] == [(False, True)] * 3
    assert "<script>alert" not in pages[0]


def test_nothing_strange_was_stored_by_what_was_refused(things: Things) -> None:
    def stored() -> tuple[int, ...]:
        return tuple(model._default_manager.count() for model in (Need, Voice, Offer, LearningOutcome, SkillLink))

    before = stored()
    client = Client(raise_request_exception=False)
    for value in ("sveise%00aluminium", "", quote_plus("   ")):
        assert client.post("/behov/meld", f"step=send&words={value}", content_type=FORM).status_code == 422
    assert stored() == before
