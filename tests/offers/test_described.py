"""Courses described for machines: schema.org's and ELM's, whole or broken; what our own page says comes back equal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kompetanseforum.core import clock
from kompetanseforum.core.bringing import Given
from kompetanseforum.core.tables import TableError
from kompetanseforum.offers.actions import change_offer, register_offer
from kompetanseforum.offers.exports import course_json_ld
from kompetanseforum.offers.imports.courses import read_courses
from kompetanseforum.offers.imports.elm import read_opportunities
from kompetanseforum.offers.imports.intakes import CATALOGUE
from kompetanseforum.offers.models import Delivery, Level, Offer, OfferKind
from kompetanseforum.offers.queries.content import Content, OutcomeContent
from kompetanseforum.offers.queries.courses import told_description
from kompetanseforum.skills.models import Concept, SkillLink
from tests.offers.conftest import TRUCK, WELDING, WELDING_COURSE

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent / "files"
NOWHERE = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000"
CNC = OutcomeContent("programmere CNC-styringsenhet", skills=(NOWHERE,))


def course(content: bytes, provider: str = "Glomma") -> Content:
    [found] = read_courses(content, provider=provider)
    assert found.brought, found.problem
    return found.brought.content


def test_a_course_of_schema_org_is_an_offer(forum):
    assert course((FILES / "schema_org_course.jsonld").read_bytes()) == Content(
        title="CNC-programmering for fagarbeidere",
        provider="Eksempel fagskole",
        description="Kort modul",
        level="college",
        nkr_level=5,
        municipality="3107",
        delivery=("classroom", "online"),
        weeks=8,
        hours_per_week=5,
        starts=(date(2027, 1, 15),),
        price_nok=0,
        outcomes=(CNC,),
    )


def test_a_learning_opportunity_of_elm_is_an_offer(forum):
    [found] = read_opportunities((FILES / "elm_loq.ttl").read_bytes(), provider="")
    assert found.brought and (found.brought.source_id, found.brought.content) == (
        "urn:kf:lo:1",
        Content(
            title="CNC-programmering, januar 2027",
            provider="Eksempel fagskole",
            url="https://kf.example/tilbud/1",
            isced="0715",
            outcomes=(OutcomeContent("kan programmere en CNC-styringsenhet", skills=(NOWHERE,)),),
        ),
    )


@pytest.mark.parametrize("form", ["xml", "json-ld"])
def test_elm_reads_the_same_in_all_its_forms(forum, form: str):
    graph = Graph().parse(FILES / "elm_loq.ttl", format="turtle")
    turtle, other = (
        read_opportunities(content, provider="")
        for content in ((FILES / "elm_loq.ttl").read_bytes(), graph.serialize(format=form).encode())
    )
    assert [one.brought for one in turtle] == [one.brought for one in other]


def test_elm_with_more_to_say(forum):
    more = """@prefix elm: <http://data.europa.eu/snb/model/elm/> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <urn:a> a elm:LearningOpportunity ; dct:title "Welding"@en, "Sveising"@nb ; elm:mode <http://x/mode/online> ;
      elm:duration "P6W"^^xsd:duration ; dct:temporal [ elm:startDate "2027-01-15T00:00:00"^^xsd:dateTime ] ;
      elm:providedBy [ elm:location [ elm:address [ elm:postName "Fredrikstad"@nb ] ] ] ;
      elm:learningAchievementSpecification [ elm:EQFLevel <http://data.europa.eu/snb/eqf/4> ;
        elm:creditPoint [ elm:point "7.5" ] ] ."""
    [found] = read_opportunities(more.encode(), provider="Glomma")
    assert found.brought and found.brought.content == Content(
        title="Sveising", provider="Glomma", level="trade", nkr_level=4, municipality="3107", delivery=("online",),
        credits=Decimal("7.5"), weeks=6, starts=(date(2027, 1, 15),),
    )  # fmt: skip


def test_a_context_on_the_web_is_not_fetched(forum):
    far = {
        "@context": "http://data.europa.eu/snb/model/context/edc-ap",
        "id": "urn:a",
        "type": "LearningOpportunity",
        "title": {"@value": "Sveising", "@language": "nb"},
    }
    [found] = read_opportunities(json.dumps(far).encode(), provider="Glomma")
    assert found.brought and found.brought.content.title == "Sveising"


def test_a_whole_page_is_read_by_its_script_blocks(forum):
    page = """<!doctype html><html><head><script type="application/ld+json">{broken</script>
    <script>{"@type": "Course", "name": "ikke dette"}</script>
    <script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["Course"], "name": "Sveising"}]}</script>
    <script type='application/ld+json; charset=utf-8'>{"@type": "ItemList", "itemListElement":
      [{"@type": "ListItem", "item": {"@type": "Course", "name": "Truck", "@id": "https://x.example/truck"}}]}</script>"""
    found = read_courses(page.encode(), provider="Glomma")
    assert [(one.brought.source_id[:24], one.brought.content.title) for one in found if one.brought] == [
        (found[0].brought.source_id[:24], "Sveising"),
        ("https://x.example/truck", "Truck"),
    ]


def test_a_course_without_a_name_is_told_and_the_others_come(forum):
    bad, good = read_courses(b'[{"@type": "Course"}, {"@type": "Course", "name": "Sveising"}]', provider="")
    assert (bad.brought, bad.problem and bad.problem.text) == (None, "«name» mangler. Spør den som laget fila.")
    assert good.brought


HOSTILE = {
    "half a JSON": (b'{"@type": "Course", "name": "Sv', "not_json"),
    "no course": (b'{"@type": "Recipe", "name": "Suppe"}', "no_courses"),
    "a page without data": (b"<html><body>Kurs</body></html>", "no_courses"),
    "deep": (b"[" * 100_000, "not_json"),
    "half a Turtle": ((FILES / "elm_loq.ttl").read_bytes()[:700], "not_rdf"),
    "Turtle of something else": (b"@prefix a: <http://a/> . a:b a a:c .", "no_courses"),
    "an entity that grows": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>',
        "not_rdf",
    ),
    "an entity that reads our files": (
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;</rdf:RDF>',
        "not_rdf",
    ),
    "bytes of no encoding": (b'{"@type": "Course", "name": "\xff"}', "not_text"),
}


@pytest.mark.alike
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(forum, what: str):
    content, code = HOSTILE[what]
    with pytest.raises(TableError) as refused:
        CATALOGUE.read(Given(content=content, file_name="kurs", name="Glomma"))
    assert refused.value.problem.code == code
    assert refused.value.problem.text and "%" not in refused.value.problem.text


def test_values_that_make_no_sense_are_left_out(forum):
    odd = {
        "@type": "Course", "name": ["Sveising"], "inLanguage": "klingon", "educationalLevel": {"@type": "DefinedTerm"},
        "offers": {"price": "mye"}, "numberOfCredits": {"value": "NaN"}, "url": "javascript:alert(1)",
        "maximumEnrollment": -4, "hasCourseInstance": ["x", {"startDate": "snart", "courseMode": 7, "courseWorkload": "P1Y"}],
        "teaches": [None, 4, {"name": ""}, "https://x.example", {"name": "måle", "url": 5}],
    }  # fmt: skip
    content = course(json.dumps(odd).encode())
    assert content == Content(
        title="Sveising", provider="Glomma", outcomes=(OutcomeContent("4"), OutcomeContent("måle"))
    )


# What our own page says comes back


def told_by_our_page(client: Client, offer: Offer) -> bytes:
    return client.get(f"/tilbud/{offer.public_id}").content


def test_what_our_page_publishes_comes_back_equal(client: Client, region):
    offer = register_offer(content=WELDING_COURSE, source="form", by=None)
    assert course(told_by_our_page(client, offer), provider="") == WELDING_COURSE


TEXT = st.from_regex(r"[A-Za-zæøå<>&\"'/;,-][A-Za-zæøå <>&\"'/;,-]{0,30}[a-zæøå]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
OUTCOMES = st.builds(
    OutcomeContent,
    text=TEXT.filter(lambda text: not text.startswith("http")),
    language=st.sampled_from(["nb", "nn"]),
    code=st.sampled_from(["", "KM1234"]),
    curriculum=st.just(""),
    is_counted=st.booleans(),
    skills=st.sampled_from([(), (WELDING,), (WELDING, TRUCK)]),
).map(lambda one: replace(one, code="") if one.skills else replace(one, curriculum="LK20") if one.code else one)
CONTENTS = st.builds(
    Content,
    title=TEXT,
    kind=st.sampled_from(OfferKind.values),
    provider=TEXT,
    language=st.sampled_from(["nb", "nn"]),
    description=TEXT | st.just(""),
    level=st.sampled_from(["", *Level.values]),
    nkr_level=st.none() | st.integers(1, 8),
    municipality=st.sampled_from(["", "3107", "3103"]),
    delivery=st.lists(st.sampled_from(Delivery.values), unique=True).map(tuple),
    credits=st.none() | st.integers(1, 3000).map(lambda tenths: Decimal(tenths) / 10),
    weeks=st.none() | st.integers(0, 1000),
    hours_per_week=st.none() | st.integers(0, 168),
    is_part_time=st.booleans(),
    starts=st.lists(st.dates(date(2020, 1, 1), date(2035, 1, 1)), unique=True, max_size=4).map(
        lambda days: tuple(sorted(days))
    ),
    places_per_year=st.none() | st.integers(0, 99_999),
    price_nok=st.none() | st.integers(0, 1_000_000),
    url=st.sampled_from(["", "https://skole.example/sveis?a=1&b=2"]),
    isced=st.sampled_from(["", "0715"]),
    outcomes=st.lists(OUTCOMES, unique_by=lambda one: one.text, max_size=4).map(tuple),
).filter(lambda content: content.description != told_description(replace(content, description="")))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENTS)
@pytest.mark.slow
def test_whatever_an_offer_says_comes_back_equal(forum, content: Content):
    places = {"3107": "Fredrikstad", "3103": "Moss", "": ""}
    told = course_json_ld(
        Offer(changed_at=clock.now()),
        content,
        skills=[("sveise aluminium", WELDING)] if content.outcomes else [],
        address="https://forum.example/tilbud/a",
        place=places[content.municipality],
    )
    assert course(json.dumps(told).encode(), provider="") == content


# Skills named outright


def test_skills_named_outright_are_linked_whatever_the_words_are(region):
    said = Content(title="Kurs", outcomes=(OutcomeContent("jobbe trygt", skills=(WELDING, NOWHERE)),))
    offer = register_offer(content=said, source="form", by=None)
    assert list(SkillLink.objects.values_list("concept__uri", "origin", "score")) == [(WELDING, "person", 1.0)]
    change_offer(
        offer=offer, content=replace(said, outcomes=(OutcomeContent("jobbe trygt", skills=(TRUCK,)),)), by=None
    )
    assert list(SkillLink.objects.values_list("concept__uri", "origin")) == [(TRUCK, "person")]
    assert Concept.objects.filter(uri=NOWHERE).count() == 0


def test_the_page_tells_each_skill_of_ours_once(client: Client, region):
    offer = register_offer(content=WELDING_COURSE, source="form", by=None)
    told = re.findall(rf'"url": "{re.escape(WELDING)}"', told_by_our_page(client, offer).decode())
    assert len(told) == 1
