"""What an operation changes, and what it may not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.board import (
    Decision,
    Item,
    ItemKind,
    OpKind,
    PhaseKind,
    Refusal,
    Right,
    Wish,
    decide,
    read_wish,
    replay,
    rights_in,
)
from kompetanse.board.items import changed

KARI, OLA = "guest:kar1000000", "guest:0na1000000"
COLUMN = Item("c000000000", ItemKind.COLUMN, "Hva stopper oss?", revealed_seq=1)
NOTE = Item("n000000000", ItemKind.NOTE, "Folk får ikke fri", COLUMN.id, author=KARI, text_seq=4, revealed_seq=4)
EVERYTHING = rights_in(PhaseKind.FREE, is_leading=False, is_locked=False)


def asked(
    wish: Wish,
    item: Item | None = NOTE,
    target: Item | None = COLUMN,
    *,
    by: str = KARI,
    rights: frozenset[Right] = EVERYTHING,
    is_leading: bool = False,
    is_hidden: bool = False,
) -> Decision | Refusal:
    return decide(
        wish,
        item=item,
        target=target,
        rank="r",
        seq=9,
        author=by,
        rights=rights,
        is_leading=is_leading,
        is_hidden=is_hidden,
    )


def wish(kind: OpKind, **values: object) -> Wish:
    return Wish("op-00000001", kind, NOTE.id, **values)  # type: ignore[arg-type]


def test_a_new_text_over_an_old_one_is_a_conflict_and_overwrites_nothing():
    assert asked(wish(OpKind.EDIT, text="Ny", base=3)) == Refusal.CONFLICT
    assert asked(wish(OpKind.EDIT, text="Ny", base=4)) == Decision(
        {"text": "Ny", "text_seq": 9}, {"text": NOTE.text, "text_seq": 4}
    )


def test_the_same_words_from_two_are_no_conflict():
    assert isinstance(asked(wish(OpKind.EDIT, text=NOTE.text, base=1)), Decision)


def test_nobody_else_changes_a_note_but_the_one_who_leads():
    edit = wish(OpKind.EDIT, text="Ny", base=4)
    assert asked(edit, by=OLA) == Refusal.NOT_NOW
    assert isinstance(asked(edit, by=OLA, is_leading=True), Decision)


def test_delete_beats_move():
    assert asked(wish(OpKind.MOVE, inside=COLUMN.id), replace(NOTE, is_deleted=True)) == Refusal.GONE


def test_what_is_hidden_is_not_there_for_others_not_even_for_the_one_who_leads():
    hidden = replace(NOTE, revealed_seq=0)
    for kind in (OpKind.MOVE, OpKind.EDIT, OpKind.HOLD, OpKind.ERASE):
        answer = asked(wish(kind, text="x", base=4, inside=COLUMN.id), hidden, by=OLA, is_leading=True)
        assert (kind, answer) == (kind, Refusal.GONE)
    assert isinstance(asked(wish(OpKind.MOVE, inside=COLUMN.id), hidden), Decision)


def test_a_note_cannot_be_put_into_what_its_writer_does_not_see():
    hidden_note = replace(NOTE, id="h000000000", author=OLA, revealed_seq=0)
    assert asked(wish(OpKind.MERGE, into=hidden_note.id), target=hidden_note) == Refusal.PLACE


@pytest.mark.parametrize("phase", [PhaseKind.WELCOME, PhaseKind.VOTE, PhaseKind.SUMMARY])
def test_some_phases_let_nobody_write(phase: PhaseKind):
    add = Wish("op-00000001", OpKind.ADD, "x000000000", text="Ny", inside=COLUMN.id)
    rights = rights_in(phase, is_leading=False, is_locked=False)
    assert asked(add, None, rights=rights) == Refusal.NOT_NOW


def test_while_a_vote_is_open_not_even_the_one_who_leads_moves_what_is_voted_on():
    rights = rights_in(PhaseKind.VOTE, is_leading=True, is_locked=False)
    for kind in (OpKind.MOVE, OpKind.MERGE, OpKind.EDIT, OpKind.DELETE):
        assert (kind, asked(wish(kind), rights=rights, is_leading=True)) == (kind, Refusal.NOT_NOW)


def test_one_may_always_erase_ones_own_words():
    assert isinstance(asked(wish(OpKind.ERASE), rights=frozenset()), Decision)
    assert asked(wish(OpKind.ERASE), by=OLA) == Refusal.NOT_NOW


def test_erasing_tells_neither_what_was_nor_who():
    decision = asked(wish(OpKind.ERASE))
    assert decision == Decision({"text": "", "author": "", "is_erased": True, "held_reason": ""}, {})


def test_a_group_does_not_lie_in_a_group():
    group = Item("g000000000", ItemKind.GROUP, "Kveld", COLUMN.id, revealed_seq=2)
    add = Wish("op-00000001", OpKind.ADD, "x000000000", ItemKind.GROUP, "Ny", group.id)
    assert asked(add, None, group) == Refusal.PLACE


# What comes from outside

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_ALMOST = st.fixed_dictionaries(
    {},
    optional={
        "id": st.just("op-00000001") | _JSON,
        "kind": st.sampled_from([kind.value for kind in OpKind]) | _JSON,
        "item": st.just("n000000000") | _JSON,
        "what": st.sampled_from([kind.value for kind in ItemKind]) | _JSON,
        "text": st.text() | _JSON,
        "inside": st.just("c000000000") | _JSON,
        "base": st.integers() | _JSON,
        "is_proxy": st.booleans() | _JSON,
    },
)


@pytest.mark.slow
@given(_JSON | _ALMOST)
def test_whatever_is_sent_is_a_wish_or_refused(sent: object):
    assert isinstance(read_wish(sent), Wish | Refusal)


def test_a_wish_survives_the_way():
    sent = {"id": "op-00000001", "kind": "add", "item": "n000000000", "text": " Ny ", "inside": "c000000000"}
    assert read_wish(json.loads(json.dumps(sent))) == Wish(
        "op-00000001", OpKind.ADD, "n000000000", ItemKind.NOTE, "Ny", "c000000000"
    )


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_no_table_takes_is_refused(text: str):
    sent = {"id": "op-00000001", "kind": "add", "item": "n000000000", "text": text, "inside": "c000000000"}
    assert read_wish(sent) == Refusal.MALFORMED


# The log

_IDS = ["a000000000", "b000000000", "c000000000", "d000000000"]
_WISHES = st.builds(
    Wish,
    op_id=st.just("op-00000001"),
    kind=st.sampled_from(OpKind),
    item=st.sampled_from(_IDS),
    what=st.sampled_from(ItemKind),
    text=st.sampled_from(["", "Sveise", "Kveld", "x" * 501]),
    inside=st.sampled_from(["", *_IDS]),
    into=st.sampled_from(["", *_IDS]),
    base=st.integers(0, 6),
)


@given(st.lists(st.tuples(_WISHES, st.sampled_from([KARI, OLA]), st.booleans(), st.booleans()), max_size=40))
def test_what_stands_is_what_the_log_makes(done: list[tuple[Wish, str, bool, bool]]):
    items: dict[str, Item] = {}
    log: list[tuple[int, str, str, dict[str, object]]] = []
    for seq, (each, by, is_leading, is_hidden) in enumerate(done, start=1):
        answer = decide(
            each,
            item=items.get(each.item),
            target=items.get(each.into if each.kind == OpKind.MERGE else each.inside),
            rank=f"{seq:08x}",
            seq=seq,
            author=by,
            rights=EVERYTHING,
            is_leading=is_leading,
            is_hidden=is_hidden,
        )
        if isinstance(answer, Decision):
            items[each.item] = changed(items.get(each.item), each.item, answer.payload)
            # Through JSON, as a table keeps it.
            log.append((seq, each.kind.value, each.item, json.loads(json.dumps(dict(answer.payload)))))
    assert replay(log) == items  # type: ignore[arg-type]
    for item in items.values():
        if item.merged_into and not item.is_deleted:
            assert item.merged_into != item.id
