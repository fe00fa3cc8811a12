"""What people and organisations say of themselves is heard anew when labels or the index change."""

from __future__ import annotations

import pytest

from kompetanse.refs import Ref
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.models import Forum
from kompetanseforum.network.actions import CardSaid, keep_card
from kompetanseforum.network.models import CardLine, Side
from kompetanseforum.network.queries.spoken import spoken
from kompetanseforum.organisations.actions import Presented, add_organisation, present_organisation
from kompetanseforum.skills import jobs
from kompetanseforum.skills.actions.relinking import ask_to_relink
from kompetanseforum.skills.models import SkillLink
from kompetanseforum.skills.queries.relinking import all_words
from tests.network.conftest import MakePerson, carded

pytestmark = pytest.mark.django_db


def _firm(knows: str) -> Ref:
    firm = add_organisation(name="Fagerbakk Mek", kind="workshop", sector="business", size="5-19")
    present_organisation(firm, said=Presented(wants_to_be_found=True, knows=knows), by=None)
    return ref(firm)


def test_cards_and_what_organisations_know_are_heard_with_their_own_meaning(few_words: Forum, somebody: MakePerson):
    card = carded(somebody("Kari Nordmann"), knows="sveising", needs="å legge fliser")
    firm = _firm("prosjektledelse")
    lines = {line.side: ref(line) for line in CardLine.objects.all()}
    assert [(one.subject, one.whole, one.text, one.assume) for one in spoken()] == [
        (lines[side], ref(card), text, assume)
        for side, text, assume in sorted(
            [("knows", "sveising", "have"), ("needs", "å legge fliser", "need")],
            key=lambda each: CardLine.objects.get(side=each[0]).pk,
        )
    ] + [(firm, firm, "prosjektledelse", "have")]


def test_who_does_not_want_to_be_found_is_left_alone(few_words: Forum, somebody: MakePerson):
    keep_card(somebody("Ola Nordmann"), said=CardSaid(words={Side.KNOWS: "sveising"}))
    assert list(spoken()) == []


def test_links_of_a_card_that_are_gone_come_back_when_all_is_heard_anew(few_words: Forum, somebody: MakePerson):
    carded(somebody("Kari Nordmann"), knows="sveising")
    before = list(SkillLink.objects.values_list("subject_kind", "concept", "polarity"))
    SkillLink.objects.all().delete()
    relinking = ask_to_relink(total=sum(1 for _ in all_words()), by=None, enqueue=lambda public_id: None)
    jobs.relink_words.func(relinking.public_id)
    assert list(SkillLink.objects.values_list("subject_kind", "concept", "polarity")) == before != []
