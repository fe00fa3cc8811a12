"""The catalogue of what is open: read as data.norge.no reads it, and held against what the profile demands."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

from kompetanseforum.core.capability import capabilities
from kompetanseforum.forum.models import Forum

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
HERE = Path(__file__).parent
CATALOGUE = "/apne-data/katalog.ttl"


def _faults(graph: Graph) -> str:
    """What the profile has to say about it; empty when nothing."""
    shapes = Graph().parse(HERE / "dcat_ap_no_shapes.ttl")
    conforms, _report, text = validate(graph, shacl_graph=shapes)
    return "" if conforms else text


@pytest.fixture
def graph(forum: Forum, client: Client) -> Graph:
    answer = client.get(CATALOGUE)
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=answer.content.decode(), format="turtle")


def test_it_is_what_the_profile_demands(graph: Graph):
    assert _faults(graph) == ""


def test_so_is_the_example_that_the_profiles_own_rules_have_passed():
    assert _faults(Graph().parse(HERE / "dcat_ap_no.ttl")) == ""


MUST = {
    DCAT.Catalog: (DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint),
    DCAT.Dataset: (DCTERMS.identifier, DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.theme),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.identifier, DCTERMS.title, DCTERMS.publisher, DCAT.contactPoint, DCAT.endpointURL),
    FOAF.Agent: (DCTERMS.identifier, FOAF.name),
    VCARD.Organization: (VCARD.fn, VCARD.hasEmail),
}  # fmt: skip


@pytest.mark.alike
@pytest.mark.parametrize(
    ("kind", "predicate"), [(kind, each) for kind, predicates in MUST.items() for each in predicates]
)
def test_what_must_be_there_is_missed_when_it_is_not(kind: URIRef, predicate: URIRef, graph: Graph):
    subject = next(graph.subjects(RDF.type, kind))
    assert (subject, predicate, None) in graph
    graph.remove((subject, predicate, None))
    assert _faults(graph) != ""


@pytest.mark.slow
def test_every_open_set_is_there_in_three_languages_and_its_files_open(graph: Graph, client: Client):
    titles = {
        literal
        for dataset in graph.subjects(RDF.type, DCAT.Dataset)
        for literal in graph.objects(dataset, DCTERMS.title)
    }
    sets = [data for capability in capabilities() for data in capability.open_data]
    assert len(titles) == 3 * len(sets)
    assert {
        Literal("Alle behov", lang="nb"),
        Literal("Alle behov", lang="nn"),
        Literal("All needs", lang="en"),
    } <= titles
    files = {str(url) for url in graph.objects(None, DCAT.accessURL)}
    assert len(files) == sum(len(data.files) for data in sets) == 8
    for url in files | {str(url) for url in graph.objects(None, DCAT.endpointDescription)}:
        assert client.get(url.removeprefix("http://testserver")).status_code == 200, url


def test_names_with_quotes_do_not_break_it(forum: Forum, client: Client):
    Forum.objects.update(name='Fo"rum\\\n', region="Øst > <fold>")
    graph = Graph().parse(data=client.get(CATALOGUE).content.decode(), format="turtle")
    assert next(graph.objects(None, FOAF.name)) == Literal('Fo"rum\\\n Øst > <fold>', lang="nb")


def test_the_page_of_open_data_leads_to_it_and_to_the_api(forum: Forum, client: Client):
    page = client.get("/apne-data").content.decode()
    assert (CATALOGUE in page, "/apne-data/api" in page, "/skrivebord/systemer" in page) == (True, True, False)
