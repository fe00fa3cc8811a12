"""Whatever is tied to whatever: a published result always came from something that began in the forum."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.results.actions import Harvested, NoOrigin, hide_without_origin, publish_result, record_result
from kompetanseforum.results.models import Kind, Result
from kompetanseforum.results.queries.origins import came_from
from kompetanseforum.results.rules import ORIGIN_KINDS
from kompetanseforum.threads.actions import WouldLoop, tie, untie

_KINDS = ("need", "voice", "idea", "note", "meeting", "pilot", "challenge", "offer", "brief")
_THINGS = st.builds(Ref, st.sampled_from(_KINDS), st.sampled_from(["aaaaaaaaaa", "bbbbbbbbbb"]))
_TIES = st.lists(st.tuples(_THINGS, _THINGS), max_size=10)


class PublishedResultsHaveOrigins(TestCase):
    @pytest.mark.slow
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(ties=_TIES, origins=st.lists(_THINGS, max_size=2, unique=True), taken_back=st.lists(st.integers(0, 9)))
    def test_no_published_result_without_an_origin(self, ties, origins, taken_back):
        by = Viewer(person=ref(add_person(name="Kari")), roles=frozenset({"coordinator"}))
        made = []
        for upstream, downstream in ties:
            try:
                tie(upstream=upstream, downstream=downstream, relation=Relation.BECAME, by=by)
                made.append((upstream, downstream))
            except WouldLoop:
                continue
        said = Harvested(what="Endret", who="Skolen", on=clock.today(), kind=Kind.OTHER, contribution="Bidro")
        result = record_result(harvested=said, by=by, origins=origins)
        try:
            publish_result(result=result, by=by)
        except NoOrigin:
            assert not _began_here(origins, made)
        else:
            assert _began_here(origins, made)
        for number in taken_back:
            if number < len(made):
                upstream, downstream = made[number]
                untie(upstream=upstream, downstream=downstream, relation=Relation.BECAME, by=by)
                hide_without_origin(downstream)
                published = Result.objects.exclude(published_at=None)
                assert all({one.kind for one in came_from(ref(row))} & ORIGIN_KINDS for row in published)


def _began_here(origins: list[Ref], ties: list[tuple[Ref, Ref]]) -> bool:
    """Told in another way than the rule's: by walking upwards until nothing new is found."""
    seen = set(origins)
    while more := {up for up, down in ties if down in seen} - seen:
        seen |= more
    return any(one.kind in ORIGIN_KINDS for one in seen)
