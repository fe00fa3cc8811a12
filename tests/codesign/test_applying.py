"""What an offer would say with the changes in it: a draft that loses nothing of what it said, nor of what was agreed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kompetanseforum.codesign.models import Part, Topic
from kompetanseforum.codesign.queries.applying import Wanted, applied, ways_in
from kompetanseforum.offers.queries.content import Content, OutcomeContent

TODAY = Content(
    title="Sveis",
    description="I sveisehallen.",
    weeks=38,
    hours_per_week=35,
    delivery=("classroom",),
    outcomes=(OutcomeContent(text="sveise stål"), OutcomeContent(text="lese tegninger fra læreboka")),
)


def _with(part: str, proposal: str, topic: str = "", today: str = "") -> Content:
    return applied(TODAY, [Wanted(part, topic, today, proposal)])


def test_an_outcome_is_replaced_where_it_stands_and_a_new_one_comes_last():
    replaced = _with("content", "sveise aluminium", "outcome", "sveise stål")
    added = _with("content", "kontrollere egne sveiser")
    assert [one.text for one in replaced.outcomes] == ["sveise aluminium", "lese tegninger fra læreboka"]
    assert [one.text for one in added.outcomes][2:] == ["kontrollere egne sveiser"]


def test_numbers_are_read_from_the_words():
    assert _with("structure", "6 timer i uka", "hours_per_week").hours_per_week == 6
    assert _with("structure", "Ti kvelder på 10 veker", "weeks").weeks == 10
    assert _with("structure", "20 plasser", "places_per_year").places_per_year == 20


def test_what_no_field_can_hold_becomes_a_sentence():
    changed = _with("structure", "60 timer på ti kvelder", "hours_per_week")
    assert (changed.hours_per_week, changed.description) == (35, "I sveisehallen.\n60 timer på ti kvelder.")


def test_ways_of_teaching_are_heard():
    assert _with("method", "På jobben, på samlinger", "delivery").delivery == ("at_work", "gatherings")
    assert ways_in("To lærere om gangen") == ()


_WORDS = st.text(alphabet="abcdæøå 123.", min_size=1, max_size=30).map(str.strip).filter(bool)
_CHANGES = st.lists(
    st.builds(
        Wanted,
        part=st.sampled_from(Part.values),
        topic=st.sampled_from(["", *Topic.values]),
        today=st.sampled_from(["", "sveise stål", "noe annet"]),
        proposal=_WORDS,
    ),
    max_size=6,
)


@given(_CHANGES)
def test_no_outcome_is_lost_but_those_that_were_replaced(changes: list[Wanted]):
    told = {outcome.text for outcome in applied(TODAY, changes).outcomes}
    replaced = {one.today for one in changes if one.topic == Topic.OUTCOME or (one.part == "content" and not one.topic)}
    assert {"sveise stål", "lese tegninger fra læreboka"} - replaced <= told


@given(_CHANGES)
def test_applied_twice_it_says_the_same(changes: list[Wanted]):
    once = applied(TODAY, changes)
    assert (
        applied(once, [one for one in changes if one.topic not in (Topic.OUTCOME, Topic.DESCRIPTION)]).title
        == once.title
    )
