"""What the map says of the needs behind its numbers is so on their pages too."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.needs.actions import answer_need
from kompetanseforum.needs.models import State
from tests.gapmap.conftest import Speak
from tests.gapmap.test_pages import SKILL, page, words

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_way_from_the_sums_is_to_the_needs_that_are_open(client: Client, speak: Speak, person: Person) -> None:
    """What is met counts no more on the map, so it is not in the list either."""
    met = speak("Vi må lære å sveise aluminium raskt", by="Fort AS", is_public=True).need
    answer_need(
        need=met, words="Kurset er i gang.", state=State.MET, next_answer_on=clock.today(), owner=person, by=person
    )
    speak("Vi må lære å sveise aluminium sakte", is_public=True)
    said = page(client, "/udekket/?nar=now")
    assert "1 behov, 1 innspill." in words(said)
    [address] = re.findall(r'href="(/behov/\?[^"]*tilstand=[^"]*)"', said)
    found = page(client, unescape(address))
    assert "sakte" in found and "raskt" not in found


@pytest.mark.slow
def test_one_who_joined_without_words_has_none_that_are_hidden(client: Client, speak: Speak) -> None:
    voice = speak(is_public=True)
    speak("", need=voice.need, by="Båt To AS")
    said = words(page(client, SKILL))
    assert "To innspill spør" in said and "Egne ord vises ikke for alle." not in said
    speak("Vi må òg lære å sveise aluminium", need=voice.need, by="Båt Tre AS")
    assert "Egne ord vises ikke for alle." in words(page(client, SKILL))
