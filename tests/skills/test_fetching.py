"""ESCO fetched from its open API: page by page, on from where it was, whatever ESCO answers, and in at once at the end."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kompetanse.esco import read_page
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Bounds, Transport
from kompetanseforum.skills import jobs
from kompetanseforum.skills.actions.fetching import start_fetching
from kompetanseforum.skills.clients import EscoClient
from kompetanseforum.skills.models import Concept, EscoUpload, Label, OccupationSkill
from tests.core.outside import Handler, Outside, outside, says, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forum")]

BASE = "http://data.europa.eu/esco"
BOUNDS = Bounds(timeout_seconds=0.3, deadline_seconds=0.6, attempts=1)


def concept(kind: str, number: int, **links: object) -> tuple[str, dict[str, Any]]:
    uri = f"{BASE}/{kind}/{number:08d}"
    return uri, {
        "uri": uri, "status": "released", "code": f"{number}" if kind != "skill" else None,
        "preferredLabel": {"en": f"{kind} {number}", "no": f"{kind} {number} på norsk", "fr": "non"},
        "alternativeLabel": {"no": [f"annet navn {number}", f"{kind} {number} på norsk"]},
        "_links": links,
    }  # fmt: skip


GROUPS = [concept("isco", number) for number in range(3)]
OCCUPATIONS = [
    concept(
        "occupation",
        number,
        broaderIscoGroup=[{"uri": f"{BASE}/isco/C7212"}],
        relatedEssentialSkill=[{"uri": f"{BASE}/skill/{number:08d}"}],
        relatedOptionalSkill={"uri": f"{BASE}/skill/00000060"},
    )
    for number in range(7)
]
SKILLS = [concept("skill", number) for number in range(120)]
LISTS = {"/concept-list/by-scheme": GROUPS, "/occupation-list/by-scheme": OCCUPATIONS, "/skill-list/by-scheme": SKILLS}


def page_of(things: list[tuple[str, dict[str, Any]]], *, offset: int, limit: int, version: str) -> dict[str, object]:
    some = things[offset : offset + limit]
    links = [{"href": f"x?selectedVersion=v{version}", "uri": uri} for uri, _one in some]
    return {"total": len(things), "_links": {"concepts": links}, "_embedded": dict(some)}


@pytest.fixture
def esco() -> Iterator[Outside]:
    """An ESCO of version 1.2.1, as large as a test can bear."""
    with outside() as place:
        for path in LISTS:
            place.at[path] = answering("1.2.1")
        yield place


def answering(version: str):
    def answer(handler: Handler) -> None:
        parts = urlsplit(handler.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        said = page_of(LISTS[parts.path], offset=int(asked["offset"]), limit=int(asked["limit"]), version=version)
        says(said)(handler)

    return answer


def client_to(place: Outside) -> EscoClient:
    return EscoClient(place.address, Transport(hosts=(place.address,), inside=True, bounds=BOUNDS), clock.now)


def fetch(place: Outside, upload: EscoUpload, *, rests: list[float] | None = None) -> EscoUpload:
    """As the worker does, one job after the other."""
    while jobs.fetch_some(upload.public_id, client=client_to(place), sleep=(rests or []).append):
        pass
    upload.refresh_from_db()
    return upload


def begun() -> EscoUpload:
    return start_fetching(languages=["en", "no"], by=None, enqueue=str)


@pytest.mark.slow
def test_all_of_esco_comes_in_the_languages_asked_for(esco: Outside):
    rests: list[float] = [0]
    upload = fetch(esco, begun(), rests=rests)
    assert (upload.state, upload.version, upload.done, upload.pages.count()) == ("done", "1.2.1", 130, 0)
    assert {kind: Concept.objects.filter(kind=kind).count() for kind in ("skill", "occupation", "isco_group")} == {
        "skill": 120,
        "occupation": 7,
        "isco_group": 3,
    }
    assert sorted(Label.objects.filter(concept__uri=SKILLS[5][0]).values_list("language", "role", "text")) == [
        ("en", "label", "skill 5"),
        ("nb", "alternative", "annet navn 5"),
        ("nb", "label", "skill 5 på norsk"),
    ]
    assert OccupationSkill.objects.filter(is_essential=True).count() == 7
    assert Concept.objects.get(uri=OCCUPATIONS[0][0]).isco_group == "7212"
    assert set(rests) == {0, jobs.PAUSE_SECONDS}


@pytest.mark.slow
def test_the_version_is_pinned_once_it_is_known(esco: Outside):
    fetch(esco, begun())
    asked = [parse_qs(urlsplit(path).query).get("selectedVersion") for path in esco.paths()]
    assert (asked[0], set(map(str, asked[1:]))) == (None, {"['v1.2.1']"})


def test_it_goes_on_from_where_it_was(esco: Outside, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "PAGES_AT_A_TIME", 2)
    upload = begun()
    assert jobs.fetch_some(upload.public_id, client=client_to(esco), sleep=lambda seconds: None)
    assert upload.pages.count() == 2
    fetch(esco, upload)
    assert len(esco.asked) == len(set(esco.paths())) == 5


class Killed(BaseException):
    """As when the machine stops."""


def test_a_stop_in_the_middle_leaves_the_old_version_and_what_has_come(esco: Outside):
    old = Concept.objects.create(uri=f"{BASE}/skill/gammel", kind="skill", version="1.1.0")
    upload, left = begun(), [2]

    def stop(seconds: float) -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    with pytest.raises(Killed):
        jobs.fetch_some(upload.public_id, client=client_to(esco), sleep=stop)
    assert (upload.pages.count(), list(Concept.objects.all())) == (2, [old])
    assert fetch(esco, upload).state == "done"


@pytest.mark.alike
@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (status(429, Retry_After="3600"), "Busy"),
        (status(503), "Busy"),
        (status(404), "Missing"),
        (status(410), "Gone"),
        (status(422), "Refused"),
        (says({"total": 3, "things": []}), "Unreadable"),
        (status(200, b"<html>"), "Unreadable"),
    ],
)
@pytest.mark.slow
def test_a_bad_answer_is_waited_out_and_told_in_plain_words(
    esco: Outside, behaviour: Any, problem: str, coordinator_client: Client
):
    good, esco.at["/occupation-list/by-scheme"] = esco.at["/occupation-list/by-scheme"], behaviour
    upload = fetch(esco, begun())
    assert (upload.state, upload.problem, upload.pages.count(), upload.retry_at is not None) == (
        "waiting",
        problem,
        1,
        True,
    )
    html = coordinator_client.get(f"/kompetanse/esco/{upload.public_id}").content.decode()
    assert "127.0.0.1" in html and "Vi spør igjen klokka" in html
    esco.at["/occupation-list/by-scheme"] = good
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert (jobs.ask_again(), jobs.ask_again()) == (True, False)
        assert DBTaskResult.objects.count() == 1
        assert fetch(esco, upload).state == "done"


@pytest.mark.slow
def test_after_six_rests_a_person_must_press_and_it_goes_on(esco: Outside):
    good, esco.at["/skill-list/by-scheme"] = esco.at["/skill-list/by-scheme"], status(500)
    upload, now = begun(), clock.now()
    for day in range(7):
        with clock.at(now + timedelta(days=day)):
            jobs.ask_again()
            fetch(esco, upload)
    upload.refresh_from_db()
    assert (upload.state, upload.retry_at, upload.pages.count()) == ("failed", None, 2)
    esco.at["/skill-list/by-scheme"] = good
    assert begun() == upload
    assert fetch(esco, upload).state == "done"


@pytest.mark.slow
def test_another_version_in_the_middle_begins_anew(esco: Outside, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "PAGES_AT_A_TIME", 2)
    upload = begun()
    jobs.fetch_some(upload.public_id, client=client_to(esco), sleep=lambda seconds: None)
    for path in LISTS:
        esco.at[path] = answering("1.3.0")
    done = fetch(esco, upload)
    assert (done.state, done.version, set(Concept.objects.values_list("version", flat=True))) == (
        "done",
        "1.3.0",
        {"1.3.0"},
    )


@pytest.mark.slow
def test_what_is_short_of_what_esco_said_does_not_come_in(esco: Outside):
    esco.at["/skill-list/by-scheme"] = says(page_of(SKILLS, offset=0, limit=10, version="1.2.1"))
    upload = fetch(esco, begun())
    assert (upload.state, upload.problem, Concept.objects.count()) == ("failed", "much_is_missing", 0)


@pytest.mark.slow
def test_one_press_by_a_coordinator_and_two_are_one(coordinator_client: Client, client: Client):
    for _ in range(2):
        answer = coordinator_client.post("/kompetanse/esco/hent", {"languages": ["sv", "xx"]})
        assert answer.status_code == 302
    coordinator_client.post("/kompetanse/esco/hent", {"languages": ["sv"]})
    assert client.post("/kompetanse/esco/hent").status_code == 403
    assert sorted(upload.languages for upload in EscoUpload.objects.all()) == [["en", "no"], ["en", "no", "sv"]]
    html = coordinator_client.get("/kompetanse/esco").content.decode()
    assert "Hent norske navn fra ESCO" in html and "ESCO hentes nå" in html


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("scheme", "name", "total"),
    [("skills", "skill", 13939), ("occupations", "occupation", 3039), ("isco", "concept", 619)],
)
def test_what_esco_really_answered_is_understood(real_data: Path, scheme: str, name: str, total: int):
    folder = real_data / "01_esco/api_v2_fixtures/baselines/list/ListBySchemeTest"
    recorded = json.loads(gzip.decompress((folder / f"{name}_by_scheme.json.gz").read_bytes()))["body"]
    page = read_page(scheme, recorded, languages=["no", "en"])
    assert (page.total, page.version, page.count, len(page.rows)) == (total, "1.2.1", 5, 5)
    assert all({"en"} <= {language for language, _role, _text in row[3]} for row in page.rows)
    if scheme == "occupations":
        assert all(row[2].isdigit() and row[4] for row in page.rows)
