"""Pages of a skill, finding one, what is heard, and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.capability import resolve
from kompetanseforum.core.permissions import NOBODY, Viewer, may
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.skills.actions import link_words
from kompetanseforum.skills.imports import import_esco_files
from kompetanseforum.skills.models import Broader, Concept, Label, LinkVerdict, OccupationSkill, SkillLink
from kompetanseforum.skills.queries import groups_of, labels_of, search_concepts
from kompetanseforum.skills.rules import judge_for
from tests.kompetanse.esco.making import METAL, PLAN, WELD, WELDER, english, zipped
from tests.skills.conftest import NEED, VOICE, Concepts

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(concepts: Concepts, forum: Forum) -> SkillLink:
    words = "Vi må kunne sveise aluminium."
    links = link_words(subject=VOICE, whole=NEED, words=words, language="nb", assume=Polarity.NEED)
    return next(one for one in links if one.concept_id == concepts.weld.pk)


def get(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


# The page of a skill


def test_a_skills_page_tells_its_names_its_group_and_who_needs_it(
    client: Client, concepts: Concepts, forum: Forum, tmp_path: Path
):
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english())])
    Label.objects.create(concept=concepts.weld, language="sv", role="label", origin="official", text="svetsa metall")
    page = get(client, "/kompetanse/0001")
    assert "<h1>Sveise aluminium</h1>" in page
    assert "alusveising" in page
    assert '<a class="plain" href="/kompetanse/1001">Sveiser</a>' in page
    assert f'href="/kompetanse/{METAL.rsplit("/", 1)[-1]}" lang="en">Working with metal</a>' in page
    names = page[page.index("Hva andre kaller det") :]
    assert (
        names.index("<dt>Bokmål</dt>")
        < names.index("<dt>English</dt>")
        < names.index('<dd lang="sv">svetsa metall</dd>')
    )
    assert "<dt>Nynorsk</dt>" not in names  # it says the same as the title


def test_an_occupations_page_tells_the_skills_it_needs(client: Client, concepts: Concepts, forum: Forum):
    page = get(client, "/kompetanse/1001")
    always, at_times = page.index("<h3>Alltid</h3>"), page.index("<h3>Av og til</h3>")
    assert always < page.index('href="/kompetanse/0001">Sveise aluminium') < at_times
    assert at_times < page.index('href="/kompetanse/0002">Planlegge arbeid')


def test_a_groups_page_tells_what_lies_in_it(client: Client, concepts: Concepts, forum: Forum, tmp_path: Path):
    import_esco_files([zipped(tmp_path / "v1.1.1.zip", english())])
    assert 'href="/kompetanse/0001">Sveise aluminium' in get(client, "/kompetanse/S7.1")


def test_a_name_in_a_foreign_language_is_marked_as_such(client: Client, forum: Forum):
    concept = Concept.objects.create(uri=f"{WELD}9", kind="skill")
    Label.objects.create(concept=concept, language="sv", role="label", origin="official", text="svetsa")
    page = get(client, "/kompetanse/00019")
    assert '<h1 lang="sv">Svetsa</h1>' in page
    assert "Vi har ikke noe norsk ord for det ennå." in page


@pytest.mark.parametrize("slug", ["finnes-ikke", "%00", "0001%27", "å" * 200])
def test_an_unknown_skill_is_not_found(client: Client, concepts: Concepts, forum: Forum, slug: str):
    assert client.get(f"/kompetanse/{slug}").status_code == 404


@pytest.mark.alike
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_stands_in_three_languages(client: Client, concepts: Concepts, forum: Forum, language: str):
    client.cookies["forum_language"] = language
    said = {"nb": "Hvem som trenger det på jobb", "nn": "Kven som treng det på jobb", "en": "Who needs it at work"}
    assert said[language] in get(client, "/kompetanse/0001")


@pytest.mark.slow
def test_a_skill_that_many_need_shows_a_dozen_and_asks_no_more_queries(
    client: Client, concepts: Concepts, forum: Forum
):
    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, "/kompetanse/0003")
        return len(queries)

    counts = []
    for number in (1, 40):
        for each in range(number):
            occupation = Concept.objects.create(uri=f"{WELDER}-{number}-{each}", kind="occupation")
            Label.objects.create(
                concept=occupation, language="nb", role="label", origin="local", text=f"yrke {number} {each:02}"
            )
            OccupationSkill.objects.create(
                occupation=occupation, skill=concepts.care, is_essential=True, origin="local"
            )
        counts.append(measured())
    assert counts[0] == counts[1] <= 12
    page = get(client, "/kompetanse/0003")
    assert page.count("Yrke ") == 12
    assert '<a href="?alle">Vis 29 til</a>' in page
    assert get(client, "/kompetanse/0003?alle").count("Yrke ") == 41


def test_groups_that_lie_in_each_other_end(concepts: Concepts):
    upper = Concept.objects.create(uri=f"{METAL}.0", kind="skill_group")
    lower = Concept.objects.create(uri=METAL, kind="skill_group")
    for concept, broader in ((concepts.weld, lower), (lower, upper), (upper, lower)):
        Broader.objects.create(concept=concept, broader=broader)
    assert [group.uri for group in groups_of(concepts.weld)] == [METAL, f"{METAL}.0"]


def test_labels_fall_from_own_words_to_official_to_neighbour_to_english_to_any(db: None):
    concept = Concept.objects.create(uri=WELD, kind="skill")
    seen = []
    for language, origin, text in (
        ("fi", "official", "hitsata"),
        ("en", "official", "weld"),
        ("nb", "official", "sveise"),
        ("nn", "official", "sveise på nynorsk"),
        ("nn", "local", "sveise, seier vi"),
    ):
        Label.objects.create(concept=concept, language=language, role="label", origin=origin, text=text)
        label = labels_of([concept.pk], language="nn")[concept.pk]
        seen.append((label.text, label.is_foreign))
    assert seen == [
        ("hitsata", True),
        ("weld", True),
        ("sveise", False),
        ("sveise på nynorsk", False),
        ("sveise, seier vi", False),
    ]


def test_a_ref_to_a_skill_resolves_to_its_name_and_page(concepts: Concepts):
    named = resolve(Ref("skill", "0001"))
    assert named is not None
    assert (named.label, named.url) == ("Sveise aluminium", "/kompetanse/0001")
    assert resolve(Ref("skill", "none")) is None


def test_our_own_words_are_open_data(client: Client, concepts: Concepts, forum: Forum):
    content = client.get("/kompetanse/ord.json").json()
    assert content["attribution"] == "This service uses the ESCO classification of the European Commission."
    assert content["concepts"][PLAN]["nb"] == {"everyday": ["arbeidsplan"], "label": ["planlegge arbeid"]}


# Finding one


def test_whole_names_come_before_beginnings_and_own_language_before_others(concepts: Concepts):
    for number, text in enumerate(("sveiser på sjøen", "rørsveiser", "lærling, sveiser")):
        concept = Concept.objects.create(uri=f"{WELDER}-{number}", kind="occupation")
        Label.objects.create(concept=concept, language="nb", role="label", origin="local", text=text)
    found = [one.label for one in search_concepts("Sveiser", language="nb")]
    assert found == ["sveiser", "sveiser på sjøen", "lærling, sveiser", "rørsveiser"]
    assert [one.label for one in search_concepts("sveise", language="nb", kinds=["skill"])] == ["sveise aluminium"]


@pytest.mark.parametrize("typed", ["", " ", "s", "%", "__", "finnes ikke", "'; DROP TABLE", "\x00\x00\x00"])
def test_too_little_or_nothing_known_finds_nothing(concepts: Concepts, typed: str):
    assert search_concepts(typed, language="nb") == []


def test_search_answers_as_page_fragment_and_json(client: Client, concepts: Concepts, forum: Forum):
    page = get(client, "/kompetanse/sok?q=alusveis")
    assert '<a class="plain strong" href="/kompetanse/0001">Sveise aluminium</a>' in page
    fragment = get(client, "/kompetanse/sok?q=alusveis", **{"HX-Request": "true"})
    assert 'name="skill" value="0001"' in fragment
    assert "<html" not in fragment
    answer = client.get("/kompetanse/sok?q=alusveis", headers={"Accept": "application/json"}).json()
    row = {"slug": "0001", "uri": WELD, "kind": "skill", "label": "sveise aluminium", "language": "nb"}
    assert answer == {"found": [row]}


def test_what_was_typed_is_shown_as_text(client: Client, concepts: Concepts, forum: Forum):
    assert "«&lt;script&gt;»" in get(client, "/kompetanse/sok?q=%3Cscript%3E")


# Hearing


def test_chips_are_ticked_when_sure_and_tell_why(client: Client, concepts: Concepts, forum: Forum):
    words = "Vi trenger folk som kan sveise aluminium, men ikke stelle pasienter."
    response = client.post("/kompetanse/hor", {"words": words})
    text = response.content.decode()
    assert 'name="skill" value="0001" checked>Sveise aluminium' in text
    assert '<input type="hidden" name="shown" value="0001">' in text
    assert "fra «<mark>sveise aluminium</mark>»" in text
    assert "0003" not in text
    assert "<html" not in text


def test_hearing_wants_a_post_with_its_token_and_takes_any_length(concepts: Concepts, forum: Forum):
    careful = Client(enforce_csrf_checks=True)
    assert careful.get("/kompetanse/hor").status_code == 405
    assert careful.post("/kompetanse/hor", {"words": "sveise"}).status_code == 403
    assert Client().post("/kompetanse/hor", {"words": "sveise aluminium " * 50_000}).status_code == 200


@pytest.mark.slow
def test_hearing_is_limited_for_each_network(
    client: Client, concepts: Concepts, forum: Forum, limits: None, noon: object
):
    statuses = [client.post("/kompetanse/hor", {"words": "x"}).status_code for _ in range(121)]
    assert (statuses[119], statuses[120]) == (200, 429)
    assert client.post("/kompetanse/hor", {"words": "x"}, REMOTE_ADDR="10.1.1.1").status_code == 200


# Verdicts


def test_the_holder_of_the_voices_link_judges_in_the_voices_name(
    link: SkillLink, holder_client: Callable[[Ref], Client]
):
    viewer = Viewer(holds=frozenset({VOICE, Ref("voice", "other00001")}))
    assert judge_for(viewer, link) == VOICE
    assert may(viewer, "skills.judge_link", link)
    assert not may(NOBODY, "skills.judge_link", link)


def test_a_person_judges_and_takes_it_back(coordinator_client: Client, person: Person, link: SkillLink):
    url = f"/kompetanse/kobling/{link.public_id}"
    response = coordinator_client.post(f"{url}/vurder", {"is_right": "0"}, follow=True)
    text = response.content.decode()
    assert "Sveise aluminium er tatt bort. Takk." in text
    assert f'action="{url}/angre"' in text
    link.refresh_from_db()
    assert (link.confirmed_by, link.rejected_by) == (0, 1)
    assert LinkVerdict.objects.get().by == str(ref(person))
    coordinator_client.post(f"{url}/angre")
    link.refresh_from_db()
    assert (link.confirmed_by, link.rejected_by) == (0, 0)


def test_with_htmx_the_verdict_and_the_message_come_alone(coordinator_client: Client, link: SkillLink):
    url = f"/kompetanse/kobling/{link.public_id}/vurder"
    response = coordinator_client.post(url, {"is_right": "1"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "Bekreftet av én." in text
    assert "Sveise aluminium stemmer. Takk." in text
    assert "<html" not in text


def test_nobody_cannot_judge_and_a_get_changes_nothing(client: Client, coordinator_client: Client, link: SkillLink):
    url = f"/kompetanse/kobling/{link.public_id}/vurder"
    assert client.post(url, {"is_right": "1"}).status_code == 403
    assert coordinator_client.get(url).status_code == 405
    assert client.post("/kompetanse/kobling/finnesikke/vurder", {"is_right": "1"}).status_code == 404
    assert not LinkVerdict.objects.exists()


def test_a_verdict_in_nynorsk_is_told_in_nynorsk(coordinator_client: Client, link: SkillLink):
    coordinator_client.cookies["forum_language"] = "nn"
    with translation.override("nn"):
        url = f"/kompetanse/kobling/{link.public_id}/vurder"
        text = coordinator_client.post(url, {"is_right": "0"}, follow=True).content.decode()
    assert "Sveise aluminium er teken bort. Takk." in text
