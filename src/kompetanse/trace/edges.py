"""An edge: this led to that, how, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kompetanse.refs import Ref


class Relation(StrEnum):
    """How what came after hangs on what came before; read it from the later one, which always stands downstream."""

    # A need or an idea at a meeting, a need on a board.
    RAISED_IN = "raised_in"
    # An idea became a need, a note a challenge, a proposal an offer's new version.
    BECAME = "became"
    # A voice or a note in a need.
    VOICED_IN = "voiced_in"
    # Needs and ideas in a challenge, challenges in a brief.
    GATHERED_IN = "gathered_in"
    # A need or a challenge asked of education in a brief.
    ORDERED_BY = "ordered_by"
    # A brief by an offer, or by the room where it is rethought.
    ANSWERED_BY = "answered_by"
    # An offer or a change in it by a pilot.
    TESTED_BY = "tested_by"
    # A pilot or an offer by somebody's commitment.
    ANCHORED_BY = "anchored_by"
    # Anything upstream to a result. It contributed; nobody says that it caused.
    CONTRIBUTED_TO = "contributed_to"
    # A result by a file, an address or a statement.
    EVIDENCED_BY = "evidenced_by"


class Tied(Protocol):
    """Anything that has two ends. What comes before is upstream, what comes after is downstream."""

    @property
    def upstream(self) -> Ref: ...
    @property
    def downstream(self) -> Ref: ...


@dataclass(frozen=True, slots=True)
class Edge:
    """`downstream` came after `upstream`, in that `relation`; `by` is the Ref text of who said so, empty for nobody."""

    upstream: Ref
    downstream: Ref
    relation: Relation
    by: str = ""
    at: datetime | None = None
    why: str = ""
