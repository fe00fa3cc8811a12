"""Writes: what notes become. The notes stay where they are, and tell where they led."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kompetanse.linking import guess_language
from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.boards.actions.log import begin, finish
from kompetanseforum.boards.facts import NotesBecameNeed
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.people import note_ref
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.shown import voice_by_sending_key
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.threads.actions import tie


def make_need(
    *,
    board: Board,
    notes: Sequence[Item],
    words: str,
    people: int,
    by: Viewer,
    sending_key: str,
    place: Municipality | None = None,
    organisation: Organisation | None = None,
) -> Need:
    """A need in these words, raised on the board; each note tells that it became it. The same form again is the same need."""
    if known := voice_by_sending_key(sending_key):
        return known.need
    with transaction.atomic():
        said = Said(
            words=words,
            language=guess_language(words),
            people=people,
            sources=max(1, len(notes)),
            place=place,
            words_are_public=True,
        )
        need = voice_need(said=said, by=by.person, sending_key=sending_key, organisation=organisation).need
        tell_what_became(board=board, notes=notes, thing=ref(need), by=by)
        publish(NotesBecameNeed(board=ref(board), need=ref(need)), by=by.person, about=ref(board))
    return need


def tell_what_became(*, board: Board, notes: Sequence[Item], thing: Ref, by: Viewer) -> None:
    """These notes on this board led to that: in the thread, and on the notes. In the transaction that made the thing.

    What upper capabilities call that fill the panel `board.selection`.
    """
    with transaction.atomic():
        writing = begin(board)
        tie(upstream=ref(board), downstream=thing, relation=Relation.RAISED_IN, by=by)
        for note in notes:
            tie(upstream=note_ref(note), downstream=thing, relation=Relation.BECAME, by=by)
            seq = writing.note(
                op_id=f"forum-{new_public_id()}{new_public_id()}",
                kind="outcome",
                actor=str(by.actor or ""),
                item=note.public_id,
                payload={},
            )
            Item.objects.filter(pk=note.pk).update(seq=seq)
        finish(writing)
