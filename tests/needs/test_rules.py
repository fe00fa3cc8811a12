"""What is held for a look, and who may see and do what."""

from __future__ import annotations

import pytest

from kompetanse.refs import Ref
from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import HeldReason, Voice
from kompetanseforum.needs.rules import reason_to_hold, without_phone_numbers

ANYBODY = Viewer()
COORDINATOR = Viewer(person=Ref("person", "p"), roles=frozenset({"coordinator"}))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Vi trenger to som kan sveise aluminium", None),
        ("Ring meg på 900 00 123", HeldReason.PHONE_NUMBER),
        ("Ring 90000123 nå", HeldReason.PHONE_NUMBER),
        ("ring +47 900 00 123", HeldReason.PHONE_NUMBER),
        ("Vi er 12 ansatte og har 3500 kvadratmeter", None),
        ("Etter ISO 9606-2 og NEK 400:2022", None),
        ("Omsetning på 12 000 000 kroner i 2026", None),
        ("Se www.kurs.example", HeldReason.ADDRESS),
        ("Skriv til kari@kurs.example", HeldReason.ADDRESS),
        ("https://kurs.example", HeldReason.ADDRESS),
    ],
)
def test_a_number_or_an_address_in_the_words_is_held(words: str, reason: HeldReason | None) -> None:
    assert reason_to_hold(words, trap_is_filled=False, alike=1) == reason


def test_the_hidden_field_and_many_alike_are_held_and_nothing_is_refused() -> None:
    assert reason_to_hold("Kurs", trap_is_filled=True, alike=1) == HeldReason.TRAP
    assert reason_to_hold("Kurs", trap_is_filled=False, alike=5) == HeldReason.SAME_PLACE
    assert reason_to_hold("Kurs", trap_is_filled=False, alike=4) is None


def test_only_the_number_is_taken_out() -> None:
    assert without_phone_numbers("Ring 900 00 123 eller kom i 2026") == "Ring … eller kom i 2026"


def test_a_held_need_is_seen_by_its_own_voice_and_the_forum_only(voice: Voice) -> None:
    voice.need.held_reason = HeldReason.ADDRESS
    holder, stranger = Viewer(holds=frozenset({ref(voice)})), Viewer(holds=frozenset({Ref("voice", "another")}))
    seen = [may(who, "needs.see_need", voice.need) for who in (ANYBODY, stranger, holder, COORDINATOR)]
    assert seen == [False, False, True, True]


def test_only_the_holder_of_its_link_changes_a_voice(voice: Voice) -> None:
    holder, stranger = Viewer(holds=frozenset({ref(voice)})), Viewer(holds=frozenset({Ref("voice", "another")}))
    assert [may(who, "needs.change_voice", voice) for who in (ANYBODY, stranger, holder)] == [False, False, True]


def test_nobody_joins_what_is_closed(voice: Voice) -> None:
    voice.need.state = "met"
    assert not may(ANYBODY, "needs.join_need", voice.need)
