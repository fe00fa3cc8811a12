"""Writes: an invented gathering, through the same doors as a real one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from django.utils import translation

from kompetanse.board import ItemKind, OpKind, Wish
from kompetanseforum.accounts.models import Person
from kompetanseforum.boards.actions.boards import begin_phase, join_board, open_board
from kompetanseforum.boards.actions.log import perform
from kompetanseforum.boards.actions.outcomes import make_need
from kompetanseforum.boards.actions.votes import put_dots
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.votes import open_round, option_texts
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import new_public_id, ref

_NAMES = ("Kari", "Ola", "Siv", "Nils", "Amina", "Jonas", "Berit", "Ahmed", "Liv", "Tor", "Eva", "Per", "Maja", "Odd")
_WRITE, _GROUP, _VOTE = 1, 3, 4

# (column, group or "", sector, text)
Written = tuple[int, str, str, str]


def _wish(
    kind: OpKind, *, item: str = "", what: ItemKind = ItemKind.NOTE, text: str = "", inside: str = "", before: str = ""
) -> Wish:
    op_id = f"demo-{new_public_id()}{new_public_id()}"
    return Wish(op_id, kind, item or new_public_id(), what, text, inside, before)


class Gathering:
    """A board with its guests, as it goes from phase to phase."""

    def __init__(
        self,
        *,
        title: str,
        occasion: str,
        pattern: str,
        columns: Sequence[str],
        language: str,
        guests: dict[str, int],
        by: Person,
    ) -> None:
        with translation.override(language):
            self.board: Board = open_board(
                title=title, occasion=occasion, pattern=pattern_called(pattern), columns=columns, by=by
            )
        self.by = by
        self.columns = list(Item.objects.filter(board=self.board, kind=ItemKind.COLUMN))
        names = cycle(_NAMES)
        self.guests: list[Guest] = [
            join_board(board=self.board, alias=next(names), sector=sector)
            for sector, number in guests.items()
            for _ in range(number)
        ]

    def _who(self, guest: Guest) -> Who:
        return Who(ref=str(ref(guest)), name=guest.alias, sector=guest.sector, is_leading=False, guest=guest)

    def _of(self, sector: str) -> cycle[Guest]:
        return cycle([guest for guest in self.guests if guest.sector == sector])

    def go_to(self, number: int) -> None:
        """Through each phase on the way, so that what they do is done."""
        for each in range(self.board.phase_number + 1, number + 1):
            begin_phase(board=self.board, number=each, by=self.by)

    def write(self, notes: Sequence[Written]) -> None:
        self.go_to(_WRITE)
        writers = {sector: self._of(sector) for _column, _group, sector, _text in notes}
        perform(
            self.board,
            [
                (
                    _wish(OpKind.ADD, text=text, inside=self.columns[column].public_id),
                    self._who(next(writers[sector])),
                )
                for column, _group, sector, text in notes
            ],
        )

    def group(self, notes: Sequence[Written]) -> None:
        self.go_to(_GROUP)
        who = self._who(self.guests[0])
        made: dict[str, str] = {}
        for column, group, _sector, text in notes:
            if not group:
                continue
            if group not in made:
                made[group] = new_public_id()
                place = self.columns[column].public_id
                heading = _wish(OpKind.ADD, item=made[group], what=ItemKind.GROUP, text=group, inside=place)
                # First in its column: under its heading people find what is said by many.
                first = Item.objects.filter(board=self.board, inside=place).first()
                perform(self.board, [(heading, who)])
                if first:
                    up = _wish(OpKind.MOVE, item=made[group], inside=place, before=first.public_id)
                    perform(self.board, [(up, who)])
            note = Item.objects.get(board=self.board, text=text)
            perform(self.board, [(_wish(OpKind.MOVE, item=note.public_id, inside=made[group]), who)])

    def comment(self, comments: Sequence[tuple[str, str, str]]) -> None:
        for on, sector, text in comments:
            note = Item.objects.get(board=self.board, text=on)
            wish = _wish(OpKind.ADD, what=ItemKind.COMMENT, text=text, inside=note.public_id)
            perform(self.board, [(wish, self._who(next(self._of(sector))))])

    def vote(self, favourites: Sequence[str]) -> None:
        """Each gives their dots to what is liked, a little differently from one to the next."""
        self.go_to(_VOTE)
        round = open_round(self.board)
        if round is None:
            return
        options = {text: option for option, text in option_texts(round)}
        wanted = [options[text] for text in favourites if text in options]
        for number, guest in enumerate(self.guests):
            for place in range(min(round.budget, len(wanted))):
                option = wanted[(number % 3 + place) % len(wanted)]
                put_dots(round=round, voter=str(ref(guest)), sector=guest.sector, option=option, dots=1)

    def make_need(self, *, notes: Sequence[str], words: str, people: int) -> None:
        rows = list(Item.objects.filter(board=self.board, text__in=notes))
        by = Viewer(person=ref(self.by), roles=frozenset({"coordinator"}))
        make_need(board=self.board, notes=rows, words=words, people=people, by=by, sending_key=f"board-{self.board.pk}")
