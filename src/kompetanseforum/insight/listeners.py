"""What reports that were made do when somebody takes words back: they go, and are made anew with a click."""

from kompetanseforum.core.facts import Fact, listen
from kompetanseforum.ideas.facts import IdeaWithdrawn
from kompetanseforum.insight.actions import throw_away_made
from kompetanseforum.needs.facts import NeedHeld, VoiceChanged, VoiceWithdrawn


def words_taken_back(fact_id: int, fact: Fact) -> None:
    throw_away_made()


def connect() -> None:
    for kind in (VoiceWithdrawn, VoiceChanged, NeedHeld, IdeaWithdrawn):
        listen(kind, words_taken_back)
