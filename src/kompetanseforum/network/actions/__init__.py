"""Writes: cards, and talks that are asked for."""

from kompetanseforum.network.actions.cards import CardSaid, forget_person, keep_card, link_organisation
from kompetanseforum.network.actions.talks import (
    TooManyTalks,
    agree_to_talk,
    ask_for_talk,
    close_lapsed_talks,
    decline_talk,
    send_owed_letters,
)

__all__ = [
    "CardSaid",
    "TooManyTalks",
    "agree_to_talk",
    "ask_for_talk",
    "close_lapsed_talks",
    "decline_talk",
    "forget_person",
    "keep_card",
    "link_organisation",
    "send_owed_letters",
]
