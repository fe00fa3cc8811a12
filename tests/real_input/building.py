"""A region made of real files, step by step: ESCO, NAV's statistics, Udir's goals, and 200 needs of our own."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.capability import capabilities
from kompetanseforum.needs.actions import Said, import_shortages, voice_need
from kompetanseforum.needs.imports import read_shortages
from kompetanseforum.needs.models import Voice
from kompetanseforum.offers.actions import bring_offers
from kompetanseforum.offers.imports import udir_offers
from kompetanseforum.offers.queries.comparing import Tally
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.skills.actions import Imported
from kompetanseforum.skills.imports import import_esco_files

NEEDS = Path(__file__).parents[1] / "data" / "needs.tsv"
NAV = "02_norwegian_texts/nav_statistikk/nav_arbeidskraftettersporsel_yrke_fylke_2017.csv.gz"
UDIR = "02_norwegian_texts/grep_kompetansemaal/kompetansemaal_dev.jsonl.gz"
COUNTY = "ostfold"

Step = tuple[str, Callable[[], object]]


def steps(data: Path) -> list[Step]:
    """What is brought in, in order, with a name for each."""
    return [
        ("built_in", bring_built_in),
        ("esco_english", lambda: bring_english_esco(data)),
        ("esco_norwegian", lambda: bring_norwegian_occupations(data)),
        ("nav", lambda: bring_shortages(data)),
        ("udir", lambda: bring_goals(data)),
        ("needs", voice_all_needs),
    ]


def timed(step: Step) -> float:
    started = time.perf_counter()
    step[1]()
    return time.perf_counter() - started


def bring_built_in() -> None:
    """Municipalities, kinds of workplace, somebody on duty and the starter vocabulary."""
    for capability in capabilities():
        if capability.install:
            capability.install()


def bring_english_esco(data: Path) -> Imported:
    return import_esco_files([data / "01_esco/v1.1.1_en", data / "01_esco/v1.1.1_relations"])


def bring_norwegian_occupations(data: Path) -> Imported:
    return import_esco_files([data / "01_esco/v1.0.8_no"])


def bring_shortages(data: Path) -> int:
    rows = read_shortages(data / NAV, county=COUNTY)
    return import_shortages(
        source="nav",
        county=COUNTY,
        rows=[(row.year, row.occupation_code, row.occupation_name, row.people) for row in rows],
    )


def bring_goals(data: Path) -> Tally:
    return bring_offers(offers=udir_offers(data / UDIR), source="udir", by=None)


def needs() -> Iterator[dict[str, str]]:
    with NEEDS.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def voice_all_needs() -> list[Voice]:
    """Each from a firm of its own; the id is the sending key, so that a second time adds none."""
    places = {place.code: place for place in Municipality.objects.all()}
    return [
        voice_need(
            said=Said(
                words=row["text"], language=row["lang"], people=int(row["people"]), place=places[row["municipality"]]
            ),
            by=None,
            sending_key=row["id"],
            organisation=find_or_add_organisation(
                name=f"Virksomhet {row['id']}",
                sector=row["sector"],
                size=row["size"],
                municipality=places[row["municipality"]],
            ),
            horizon=row["horizon"],
        )
        for row in needs()
    ]
