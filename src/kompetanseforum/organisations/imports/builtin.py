"""Files read: the built-in kinds of workplace."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class KindRow:
    key: str
    nace: str
    nb: str
    nn: str
    en: str


def builtin_kinds() -> Iterator[KindRow]:
    """The rows of kinds.tsv."""
    with resources.files("kompetanseforum.organisations").joinpath("kinds.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield KindRow(**row)


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    key: str
    name: str
    kind: str
    sector: str
    municipality: str
    size: str


def demo_organisations() -> Iterator[DemoOrganisation]:
    """The invented firms, schools and others of demo.toml."""
    with resources.files("kompetanseforum.organisations").joinpath("demo.toml").open("rb") as file:
        for row in tomllib.load(file)["organisation"]:
            yield DemoOrganisation(**row)
