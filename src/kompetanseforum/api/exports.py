"""The catalogue of what is open, as DCAT-AP-NO in Turtle: data.norge.no reads it and shows it to the country.

Written by hand: it is some forty lines of one form, and a library that reads all of RDF would be the largest
package the forum runs on. A test reads it with such a library and holds it against the profile's demands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import OpenData, Text, capabilities

_EU = "http://publications.europa.eu/resource/authority/"
_THEME = f"{_EU}data-theme/EDUC"
_PUBLIC = f"{_EU}access-right/PUBLIC"
_LICENCE = f"{_EU}licence/CC_BY_4_0"
# Their concepts that we name, with what else they are: the profile wants the scheme in the graph.
_CONCEPTS = {
    _THEME: "",
    _PUBLIC: "dct:RightsStatement",
    _LICENCE: "dct:LicenseDocument",
    f"{_EU}file-type/CSV": "dct:MediaTypeOrExtent",
    f"{_EU}file-type/JSON": "dct:MediaTypeOrExtent",
}
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}

# Predicate and object, both as Turtle has them.
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who stands behind the catalogue, and where questions go."""

    name: str
    email: str


def catalogue(*, root: str, publisher: Publisher) -> str:
    """`root` is the forum's address, with its closing slash."""
    site = _Site(root=root.rstrip("/"), publisher=publisher)
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in _PREFIXES.items())
    return prefixes + "".join(_statement(subject, said) for subject, said in site.things())


def _statement(subject: str, said: Iterable[Said]) -> str:
    return f"\n<{subject}>\n    " + " ;\n    ".join(f"{predicate} {value}" for predicate, value in said) + " .\n"


def _iri(address: str) -> str:
    return f"<{address}>"


def _text(text: str) -> str:
    """Turtle's strings are written as JSON's."""
    return json.dumps(text, ensure_ascii=False)


def _in_all_languages(predicate: str, text: Text) -> Iterator[Said]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield predicate, f"{_text(str(text))}@{code}"


@dataclass(frozen=True, slots=True)
class _Site:
    root: str
    publisher: Publisher

    def things(self) -> Iterator[tuple[str, list[Said]]]:
        sets = [(capability.app, data) for capability in capabilities() for data in capability.open_data]
        yield (
            self._here("catalogue"),
            [
                *self._common("dcat:Catalog", "catalogue", _("Open data"), _("What is open in the forum for skills.")),
                *(("dcat:dataset", _iri(self._here(app))) for app, _data in sets),
                ("dcat:service", _iri(self._here("api"))),
            ],
        )
        for app, data in sets:
            yield self._here(app), list(self._dataset(app, data))
            for file in data.files:
                yield (
                    self._here(f"{app}-{file.format}"),
                    [
                        ("a", "dcat:Distribution"),
                        ("dcat:accessURL", _iri(self.root + reverse(file.url_name, kwargs=dict(file.arguments)))),
                        ("dct:title", _text(file.format)),
                        ("dct:format", _iri(f"{_EU}file-type/{file.format}")),
                        ("dct:license", _iri(_LICENCE)),
                    ],
                )
        described = reverse("api:openapi")
        yield (
            self._here("api"),
            [
                *self._common(
                    "dcat:DataService", "api", _("For programs"), _("All that is open, filtered and page by page.")
                ),
                ("dcat:endpointURL", _iri(self.root + described.removesuffix("openapi.json"))),
                ("dcat:endpointDescription", _iri(self.root + described)),
                ("dct:license", _iri(_LICENCE)),
                *(("dcat:servesDataset", _iri(self._here(app))) for app, _data in sets),
            ],
        )
        yield (
            self._here("publisher"),
            [
                ("a", "foaf:Agent"),
                ("dct:identifier", _text(self.root)),
                ("foaf:name", f"{_text(self.publisher.name)}@nb"),
            ],
        )
        yield (
            self._here("contact"),
            [
                ("a", "vcard:Organization"),
                ("vcard:fn", f"{_text(self.publisher.name)}@nb"),
                ("vcard:hasEmail", _iri(f"mailto:{self.publisher.email}")),
            ],
        )
        for concept, kind in _CONCEPTS.items():
            kinds = "skos:Concept, " + kind if kind else "skos:Concept"
            yield concept, [("a", kinds), ("skos:inScheme", _iri(concept.rpartition("/")[0]))]

    def _here(self, name: str) -> str:
        return f"{self.root}{reverse('api:catalogue')}#{name}"

    def _common(self, kind: str, name: str, title: Text, description: Text) -> Iterator[Said]:
        yield "a", kind
        yield "dct:identifier", _text(self._here(name))
        yield from _in_all_languages("dct:title", title)
        yield from _in_all_languages("dct:description", description)
        yield "dct:publisher", _iri(self._here("publisher"))
        yield "dcat:contactPoint", _iri(self._here("contact"))

    def _dataset(self, app: str, data: OpenData) -> Iterator[Said]:
        yield from self._common("dcat:Dataset", app, data.label, data.description)
        yield "dcat:theme", _iri(_THEME)
        yield "dct:accessRights", _iri(_PUBLIC)
        yield "dcat:landingPage", _iri(self.root + reverse(data.url_name))
        for file in data.files:
            yield "dcat:distribution", _iri(self._here(f"{app}-{file.format}"))
