"""What comes out: a gap with its figures and doubts, the sums of a selection, and what stands behind a gap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Fewer voices than this say little of a region.
FEW_VOICES = 3


class Doubt(StrEnum):
    """Why a figure should be read with care."""

    FEW_VOICES = "few_voices"
    # More of the people are asked for by unconfirmed lines than by confirmed ones.
    MOSTLY_UNCONFIRMED = "mostly_unconfirmed"
    # More than half are there because a machine read the words so, and nobody has said yes.
    MOSTLY_MACHINE_LINKED = "mostly_machine_linked"


class Verdict(StrEnum):
    ASKED_BUT_NOT_TAUGHT = "asked_but_not_taught"
    TAUGHT_BUT_NOT_ASKED = "taught_but_not_asked"


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill, or a group of skills: what is asked for beside what is taught.

    A voice and an offer count once in a gap, however many of its skills they name.
    """

    key: str
    # People, by whether somebody has confirmed both the link and the voice.
    confirmed: int
    unconfirmed: int
    # People who are there by links that no person has confirmed.
    machine_linked: int
    voices: int
    needs: int
    places: int
    offers: int
    offers_without_places: int
    # Change of `unmet` since a month before.
    change: int

    @property
    def asked(self) -> int:
        return self.confirmed + self.unconfirmed

    @property
    def unmet(self) -> int:
        return max(0, self.asked - self.places)

    @property
    def verdict(self) -> Verdict | None:
        if not self.offers:
            return Verdict.ASKED_BUT_NOT_TAUGHT
        return None if self.voices else Verdict.TAUGHT_BUT_NOT_ASKED

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        if not self.voices:
            return ()
        doubts = [Doubt.FEW_VOICES] if self.voices < FEW_VOICES else []
        if 2 * self.machine_linked > self.asked:
            doubts.append(Doubt.MOSTLY_MACHINE_LINKED)
        elif self.unconfirmed > self.confirmed:
            doubts.append(Doubt.MOSTLY_UNCONFIRMED)
        return tuple(doubts)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a selection: each voice, need and offer once, whatever it names."""

    people: int
    voices: int
    needs: int
    places: int
    offers: int
    skills_asked: int
    skills_taught: int


@dataclass(frozen=True, slots=True)
class CountedVoice:
    """A voice behind a gap, with the people it adds."""

    voice: str
    need: str
    people: int
    is_confirmed: bool
    is_link_confirmed: bool


@dataclass(frozen=True, slots=True)
class CountedOutcome:
    """A learning outcome behind a gap. Outcomes of one offer share its places, which count once."""

    outcome: str
    offer: str
    places: int | None
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """What a gap's figures are made of, adding up to exactly those figures where all of it was asked for."""

    # Most people first, then who has asked longest, then by id.
    voices: tuple[CountedVoice, ...]
    # By id.
    outcomes: tuple[CountedOutcome, ...]
