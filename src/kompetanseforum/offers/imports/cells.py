"""The cells of a catalogue that are about offers alone: kind, method, learning outcomes."""

from __future__ import annotations

import re

from kompetanse.linking import guess_language
from kompetanseforum.core.tables import CellError
from kompetanseforum.core.tables.cells import by_name, choice, choices
from kompetanseforum.offers.models import Delivery, OfferKind
from kompetanseforum.offers.queries.content import OutcomeContent

MOST_OUTCOMES = 200
MOST_OUTCOME_CHARACTERS = 1000

kind = choice(by_name({
    OfferKind.COURSE: ("kurs",),
    OfferKind.PROGRAMME: ("program", "studieprogram", "studium", "utdanning", "linje", "program area", "degree"),
    OfferKind.MODULE: ("modul", "emne", "subject"),
}))  # fmt: skip
deliveries = choices(by_name({
    Delivery.CLASSROOM: ("klasserom", "i klasserom", "in the classroom", "fysisk", "stedlig", "stadleg", "på skolen", "dagtid"),
    Delivery.ONLINE: ("nett", "på nett", "nettbasert", "nettkurs", "digitalt", "digital", "web"),
    Delivery.AT_WORK: ("på jobb", "på jobben", "på arbeidsplassen", "arbeidsplass", "bedrift", "i bedrift", "workplace"),
    Delivery.SIMULATION: ("simulering", "simulator", "vr"),
    Delivery.EVENING: ("kveld", "på kveld", "på kveldstid", "kveldstid", "kveldskurs", "evenings"),
    Delivery.GATHERINGS: ("samling", "samlinger", "samlingar", "samlingsbasert", "samlingsbasert undervisning", "sessions"),
}))  # fmt: skip


def isced(cell: str) -> str:
    """Two to four figures of ISCED-F 2013."""
    if not re.fullmatch(r"\d{2,4}", cell):
        raise CellError("not_a_number", cell)
    return cell


def outcomes(cell: str, *, language: str) -> tuple[OutcomeContent, ...]:
    """One on each line, else parted by |, else by ;. Marks of a list in front do not count, nor does a second time."""
    mark = next((mark for mark in ("\n", "|", ";") if mark in cell), "\n")
    parts = cell.split(mark)
    texts = list(dict.fromkeys(re.sub(r"^\s*(?:[-–•*·]|\d{1,2}[.)])\s+", "", part).strip() for part in parts))
    texts = [text for text in texts if text]
    if len(texts) > MOST_OUTCOMES:
        raise CellError("too_many_parts", MOST_OUTCOMES)
    if any(len(text) > MOST_OUTCOME_CHARACTERS for text in texts):
        raise CellError("too_long", MOST_OUTCOME_CHARACTERS)
    return tuple(OutcomeContent(text=text, language=outcome_language(text, language)) for text in texts)


def outcome_language(text: str, language: str) -> str:
    """A course held in English may say in Norwegian what one learns; in Norwegian its own norm is surer than a guess."""
    return guess_language(text) if language == "en" else language
