"""What can be brought in about offers: a provider's catalogue, and Udir's competence goals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Given, Intake, Item, Line, Progress
from kompetanseforum.core.memory import late
from kompetanseforum.core.tables import Problem, TableRow
from kompetanseforum.core.text import grouped
from kompetanseforum.offers.actions.bringing import bring_listened, listen_to
from kompetanseforum.offers.actions.linking import Heard
from kompetanseforum.offers.actions.missing import mark_missing_offers
from kompetanseforum.offers.actions.undoing import undo_offers
from kompetanseforum.offers.imports.catalogue import read_catalogue
from kompetanseforum.offers.imports.columns import COLUMNS
from kompetanseforum.offers.imports.courses import read_courses
from kompetanseforum.offers.imports.described import Described
from kompetanseforum.offers.imports.udir import SOURCE as UDIR
from kompetanseforum.offers.imports.udir import read_udir
from kompetanseforum.offers.queries.comparing import Brought, each_compared
from kompetanseforum.offers.queries.sources import SOURCE_PREFIX, source_of
from kompetanseforum.offers.queries.undoing import titles_of, undoable_offers

# rdflib, which it reads with, is loaded with the first of them.
read_opportunities: Callable[..., list[Described]] = late("kompetanseforum.offers.imports.elm", "read_opportunities")


@dataclass(slots=True)
class OfferReading:
    """Offers of one source, read and not yet stored."""

    source: str
    offers: Sequence[Brought]
    rows: int
    problems: Sequence[Problem] = ()
    unknown: Sequence[str] = ()
    rows_of: dict[str, TableRow] = field(default_factory=dict)
    _heard: Heard = field(default_factory=Heard)

    def lines(self) -> list[Line]:
        return [
            Line(row=self._row(brought), title=brought.content.title, note=brought.content.provider, outcome=outcome)
            for brought, outcome in each_compared(self.offers, source=self.source)
        ]

    def mark_missing(self) -> int:
        return mark_missing_offers(source=self.source, ids=[brought.source_id for brought in self.offers])

    def listen(self, progress: Progress) -> None:
        listen_to(self.offers, source=self.source, heard=self._heard, tell=progress)

    def bring(self, *, by: Ref | None, progress: Progress) -> list[Item]:
        done = bring_listened(self.offers, source=self.source, by=by, heard=self._heard, tell=progress)
        return [
            Item(
                row=self._row(one.brought),
                thing=one.offer,
                outcome=one.outcome,
                said=row.whole if (row := self.rows_of.get(one.brought.source_id)) else {},
                version=one.version,
            )
            for one in done
        ]

    def _row(self, brought: Brought) -> int:
        row = self.rows_of.get(brought.source_id)
        return row.number if row else 0


def _read_catalogue(given: Given) -> OfferReading:
    """A table, or courses described for machines: whichever it is."""
    source = source_of(given.name)
    if (read := _describing(given)) is not None:
        return _described(read(given.content, provider=source.removeprefix(SOURCE_PREFIX)), source=source)
    found = read_catalogue(
        given.content,
        file_name=given.file_name,
        provider=source.removeprefix(SOURCE_PREFIX),
        chosen=given.matching,
        progress=lambda rows: given.progress(rows, 0),
    )
    return OfferReading(
        source=source,
        offers=found.offers,
        rows=found.rows,
        problems=found.problems,
        unknown=found.unknown_headings,
        rows_of=found.rows_of,
    )


def _is_table(given: Given) -> bool:
    return _describing(given) is None


def _describing(given: Given) -> Callable[..., list[Described]] | None:
    """What reads the file, by what it is rather than what it is called; None for a table."""
    start = given.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:5000]
    if start[:1] in (b"{", b"["):
        return read_opportunities if b"LearningOpportunity" in given.content else read_courses
    if start[:1] == b"<":
        return read_opportunities if b"rdf:RDF" in start or b"LearningOpportunity" in start else read_courses
    is_turtle = start.lower().startswith((b"@prefix", b"@base", b"prefix ", b"base ")) or given.file_name.endswith(
        ".ttl"
    )
    return read_opportunities if is_turtle else None


def _described(found: Sequence[Described], *, source: str) -> OfferReading:
    """The same offer described twice in one file is taken once, as it stands last."""
    problems = [one.problem for one in found if one.problem]
    offers = {one.brought.source_id: (one.brought, one.row) for one in found if one.brought}
    return OfferReading(
        source=source,
        offers=[brought for brought, _row in offers.values()],
        rows=len(found),
        problems=problems,
        rows_of={source_id: row for source_id, (_brought, row) in offers.items()},
    )


def _read_udir(given: Given) -> OfferReading:
    offers = read_udir(given.content)
    return OfferReading(source=UDIR, offers=offers, rows=len(offers))


def _counted(number: int) -> str:
    return ngettext("one offer", "%(number)s offers", number) % {"number": grouped(number)}


def _titles(things: Sequence[Ref]) -> list[tuple[str, str]]:
    found = titles_of([thing.id for thing in things])
    return [(title, reverse("offers:offer", kwargs={"public_id": public_id})) for public_id, title in found.items()]


CATALOGUE = Intake(
    key="tilbud",
    title=_("Offers"),
    lead=_("A provider's catalogue. You see what it would change before anything is stored."),
    files=_(
        "A table (CSV or XLSX) with headings first and one row for each offer. Or courses described for machines: "
        "schema.org's Course (JSON-LD, or the web page it stands in), ELM's LearningOpportunity (Turtle, RDF/XML, JSON-LD)."
    ),
    counted=_counted,
    read=_read_catalogue,
    columns=COLUMNS,
    is_table=_is_table,
    may_be_fed=True,
    name_label=_("Whose catalogue is it?"),
    name_help=_("The name stands as provider where a row names none. The same name next time updates the same offers."),
    undoable=undoable_offers,
    undo=undo_offers,
    titles=_titles,
    list_url_name="offers:offers",
)
UDIR_GOALS = Intake(
    key="udir",
    title=_("Competence goals"),
    lead=_("What upper secondary schools teach, from Udir's curricula. Each programme area becomes an offer."),
    files=_("JSON lines with Udir's competence goals, packed with gzip or not."),
    counted=_counted,
    read=_read_udir,
    source=_("Udir"),
    undoable=undoable_offers,
    undo=undo_offers,
    titles=_titles,
    list_url_name="offers:offers",
)
INTAKES = (CATALOGUE, UDIR_GOALS)
