"""A newer version of ESCO: asked for each week, fetched by itself, and what it changed is told; what people said stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.skills import jobs
from kompetanseforum.skills.actions import judge_link, link_words
from kompetanseforum.skills.actions.versions import watch_esco
from kompetanseforum.skills.imports import import_esco_files
from kompetanseforum.skills.models import Concept, Edition, EscoUpload, EscoWatch, SkillLink
from kompetanseforum.skills.queries.versions import newest_change, shown_changes_of
from tests.core.outside import Outside, outside, says, silent, status
from tests.kompetanse.esco.making import PLAN, WELD, WELDER, english, needs_skill, skills, zipped
from tests.skills.conftest import NEED, VOICE
from tests.skills.test_fetching import GROUPS, LISTS, SKILLS, answering, client_to, fetch, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forum")]

NEW = f"{WELD}-new"
NEWER = english() | {
    "skills_en.csv": skills((WELD, "fuse metal", "welding"), (NEW, "print metal", "")),
    "occupationSkillRelations.csv": needs_skill((WELDER, "essential", NEW)),
}


@pytest.fixture
def confirmed(tmp_path: Path) -> list[SkillLink]:
    """Links of English 1.1.1 that a person has said are right."""
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english())])
    links = link_words(
        subject=VOICE, whole=NEED, words="We need people who can join metal and plan work.", language="en",
        assume=Polarity.NEED,
    )  # fmt: skip
    for link in links:
        judge_link(link=link, by=Ref("person", "kari"), is_right=True)
    assert {link.concept.uri for link in links} == {WELD, PLAN}
    return links


def test_a_newer_version_keeps_what_people_confirmed_and_tells_what_it_changed(
    confirmed: list[SkillLink], tmp_path: Path, coordinator_client: Client
):
    import_esco_files([zipped(tmp_path / "v1.2.zip", NEWER)])
    stand = set(SkillLink.objects.values_list("concept__uri", "confirmed_by", "polarity"))
    assert stand == {(WELD, 1, "need"), (PLAN, 1, "need")}
    change = newest_change("en")
    assert change is not None
    assert {name: change.changes[name] for name in ("new", "gone", "renamed")} == {"new": 1, "gone": 1, "renamed": 1}
    told = {(one.label, one.what, one.was, one.links) for one in shown_changes_of(change, most=9, language="en")}
    assert told == {
        ("plan work", "gone", "", 1),
        ("fuse metal", "renamed", "weld metal", 1),
        ("print metal", "new", "", 0),
    }
    html = coordinator_client.get("/kompetanse/esco").content.decode()
    assert "Dette endret ESCO 1.2" in html and "Het «weld metal», nevnt én gang her" in html


def test_the_first_version_and_the_same_again_change_nothing(confirmed: list[SkillLink], tmp_path: Path):
    assert newest_change("en") is None
    import_esco_files([zipped(tmp_path / "again-v1.1.1.zip", english())])
    assert (newest_change("en"), set(Edition.objects.exclude(version="starter").values_list("version", flat=True))) == (
        None,
        {"1.1.1"},
    )


def test_an_older_version_changes_nothing_that_is_told(confirmed: list[SkillLink], tmp_path: Path):
    import_esco_files([zipped(tmp_path / "v1.0.8.zip", NEWER)])
    assert newest_change("en") is None
    assert not Concept.objects.filter(is_obsolete=True).exists()


# Each week


@pytest.fixture
def esco() -> Iterator[Outside]:
    with outside() as place:
        for path in LISTS:
            place.at[path] = answering("1.2.1")
        yield place


def ask(place: Outside) -> EscoUpload | None:
    return jobs.ask_now(client=client_to(place))


@pytest.mark.slow
def test_a_newer_version_is_fetched_by_itself_once(esco: Outside):
    watch_esco(is_on=True, languages=["en", "no"])
    upload = ask(esco)
    assert upload is not None and upload.languages == ["en", "no"]
    assert fetch(esco, upload).state == "done"
    links = link_words(subject=VOICE, whole=NEED, words="skill 5 på norsk", language="nb", assume=Polarity.NEED)
    judge_link(link=links[0], by=Ref("person", "kari"), is_right=True)
    confirmed = links[0].concept.uri
    # The same a week later: nothing to fetch.
    assert (ask(esco), EscoUpload.objects.count()) == (None, 1)

    old, lists = SKILLS[7], [one for one in SKILLS if one is not SKILLS[7] and one[0] != confirmed]
    _uri, renamed = next(one for one in SKILLS if one[0] == confirmed)
    newer = [*lists, (confirmed, renamed | {"preferredLabel": {"en": "skill, renamed", "no": "omdøpt"}})]
    for path, things in {**LISTS, "/skill-list/by-scheme": newer}.items():
        esco.at[path] = _version_of(things, "1.3.0")
    upload = ask(esco)
    assert upload is not None
    assert (fetch(esco, upload).state, upload.version) == ("done", "1.3.0")
    change = newest_change("nb")
    assert change is not None and {name: change.changes[name] for name in ("new", "gone", "renamed")} == {
        "new": 0, "gone": 1, "renamed": 1,
    }  # fmt: skip
    told = shown_changes_of(change, most=9, language="nb")
    assert (told[0].label, told[0].what, told[0].links) == ("omdøpt", "renamed", 1)
    assert (told[1].slug, told[1].what) == (old[0].rsplit("/", 1)[-1], "gone")
    assert SkillLink.objects.get(concept__uri=confirmed).confirmed_by == 1


def _version_of(things: list[tuple[str, dict[str, Any]]], version: str) -> Any:
    def answer(handler: Any) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        says(page_of(things, offset=int(asked["offset"]), limit=int(asked["limit"]), version=version))(handler)

    return answer


@pytest.mark.alike
@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (status(204), "svarte på en måte forumet ikke forstår"),
        (status(304), "svarte"),
        (status(404), "har ingenting på den adressa"),
        (status(410), "har tatt det bort for godt"),
        (status(429, Retry_After="3600"), "har for mye å gjøre"),
        (status(500), "har for mye å gjøre"),
        (says({"total": 3}), "svarte på en måte forumet ikke forstår"),
        (says(page_of(GROUPS, offset=0, limit=1, version="neste")), "svarte på en måte forumet ikke forstår"),
        (silent(1.0), "svarte ikke"),
    ],
)
@pytest.mark.slow
def test_when_esco_does_not_say_it_is_asked_again_tomorrow_and_what_is_here_stands(
    behaviour: Any, words: str, esco: Outside, coordinator_client: Client
):
    watch_esco(is_on=True, languages=["en", "no"])
    esco.at["/concept-list/by-scheme"] = behaviour
    before = sorted(Concept.objects.values_list())
    assert ask(esco) is None
    watch = EscoWatch.objects.get()
    assert timedelta(hours=23) < watch.next_at - clock.now() <= timedelta(days=1)
    assert (sorted(Concept.objects.values_list()), EscoUpload.objects.count()) == (before, 0)
    assert words in coordinator_client.get("/kompetanse/esco").content.decode()


def test_it_is_asked_once_when_it_is_time_however_the_clock_has_jumped():
    def asked() -> int:
        for _ in range(3):
            jobs.look_again()
        return DBTaskResult.objects.filter(task_path__endswith="ask_esco").count()

    watch_esco(is_on=True, languages=["en", "no"])
    assert asked() == 1
    with clock.at(clock.now() + timedelta(days=400)):
        assert asked() == 2
    # Set right again: it does not wait for 400 days.
    assert asked() == 3


def test_a_coordinator_turns_it_on_and_off_and_nobody_else(coordinator_client: Client, client: Client, esco: Outside):
    assert client.post("/kompetanse/esco/folg", {"on": "1"}).status_code == 403
    assert not EscoWatch.objects.exists()
    coordinator_client.post("/kompetanse/esco/folg", {"on": "1"})
    assert EscoWatch.objects.get().is_on
    assert "Slutt å spørre ESCO" in coordinator_client.get("/kompetanse/esco").content.decode()
    coordinator_client.post("/kompetanse/esco/folg", {"on": "0"})
    assert not EscoWatch.objects.get().is_on
    assert (ask(esco), esco.asked, jobs.look_again()) == (None, [], False)
