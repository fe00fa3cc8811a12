"""The starter vocabulary comes in once, and is brought up to date when it has changed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kompetanse.vocabulary import read_vocabulary
from kompetanseforum.skills.actions import load_vocabulary
from kompetanseforum.skills.models import Concept, Label, OccupationSkill
from kompetanseforum.skills.queries import hear, label_token
from tests.kompetanse.esco.making import PLAN, WELD, WELDER
from tests.skills.conftest import CARE, Concepts, entry, small_vocabulary

pytestmark = pytest.mark.django_db


def test_concepts_words_and_pairs_are_there_with_their_origin(concepts: Concepts):
    assert set(Concept.objects.values_list("uri", "kind")) == {
        (WELD, "skill"),
        (PLAN, "skill"),
        (CARE, "skill"),
        (WELDER, "occupation"),
    }
    assert set(concepts.weld.labels.values_list("language", "role", "text")) == {
        ("nb", "label", "sveise aluminium"),
        ("nn", "label", "sveise aluminium"),
        ("en", "label", "weld aluminium"),
        ("nb", "everyday", "alusveising"),
        ("nb", "everyday", "aluminiumssveising"),
    }
    assert set(Label.objects.values_list("origin", flat=True)) == {"local"}
    assert set(OccupationSkill.objects.values_list("skill__uri", "is_essential", "origin")) == {
        (WELD, True, "local"),
        (PLAN, False, "local"),
    }


def test_loading_again_does_nothing_and_asks_once(concepts: Concepts):
    token = label_token()
    with CaptureQueriesContext(connection) as queries:
        assert load_vocabulary(small_vocabulary()) is False
    assert len(queries) == 1
    assert label_token() == token


def test_what_the_vocabulary_no_longer_has_goes_and_what_is_new_is_heard(concepts: Concepts):
    assert [one.uri for one in hear("Vi må ha mer alusveising.", language="nb")] == [WELD]
    changed = replace(
        small_vocabulary(),
        skills=(entry(WELD, "sveise aluminium", "", "", "aluskjøting"), *small_vocabulary().skills[1:]),
        pairs=(),
    )
    assert load_vocabulary(changed) is True
    assert hear("Vi må ha mer alusveising.", language="nb") == []
    assert [one.uri for one in hear("Vi må ha mer aluskjøting.", language="nb")] == [WELD]
    assert not OccupationSkill.objects.exists()
    # The concept stays: links may point to it.
    assert Concept.objects.count() == 4


@pytest.mark.slow
def test_the_vocabulary_that_ships_comes_in_fast_and_is_left_alone_faster():
    vocabulary = read_vocabulary()
    started = time.perf_counter()
    assert load_vocabulary() is True
    loaded = time.perf_counter()
    assert load_vocabulary() is False
    again = time.perf_counter()
    assert Concept.objects.filter(kind="skill").count() == len(vocabulary.skills) >= 400
    assert Concept.objects.filter(kind="occupation").count() == len(vocabulary.occupations) >= 120
    # A busy machine may be slow; these bounds catch a row at a time.
    assert loaded - started < 10
    assert again - loaded < 2
