"""What the page tells its script: addresses, rights, and words it may have to say."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.board import REACTIONS, PhaseKind, Right
from kompetanseforum.boards.models import Board
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.boards.queries.shown import ShownBoard
from kompetanseforum.boards.queries.words import KIND_WORDS, LOOK_WORDS, REACTION_WORDS, REFUSALS, SECTOR_WORDS


def may(shown: ShownBoard) -> dict[str, bool]:
    return {
        "may_add": Right.ADD in shown.rights,
        "may_move": Right.MOVE in shown.rights,
        "may_group": Right.GROUP in shown.rights,
        "may_comment": Right.COMMENT in shown.rights,
        "may_draw": Right.ADD in shown.rights,
        "may_vote": Right.VOTE in shown.rights and shown.round is not None,
        "is_hiding": shown.phase.kind == PhaseKind.WRITE,
    }


def live(board: Board, shown: ShownBoard, who: Who) -> str:
    """What the script needs to know: addresses, rights, and words it may have to say."""
    of = {"public_id": board.public_id}
    return json.dumps(
        {
            "id": board.public_id,
            "seq": board.seq,
            "socket": f"/tavler/{board.public_id}/samtidig",
            "since": reverse("boards:since", kwargs=of),
            "do": reverse("boards:do", kwargs=of),
            "note": reverse("boards:note", kwargs={"public_id": "0000000000"}),
            "who": who.ref,
            "rights": sorted(right.value for right in shown.rights),
            "sector": who.sector,
            "hiding": shown.phase.kind == PhaseKind.WRITE,
            "file": reverse("boards:file", kwargs={"public_id": "0000000000"}),
            "leading": who.is_leading,
            "approving": who.is_leading and board.approves_first,
            "sectors": {key: str(word) for key, word in SECTOR_WORDS.items()},
            "reactions": {word: str(REACTION_WORDS[word]) for word in REACTIONS},
            "refusals": {refusal.value: str(words) for refusal, words in REFUSALS.items()},
            "words": {
                "saved": _("Saved"),
                "waiting": _("Waiting"),
                "offline": _("No connection. What you write is kept here."),
                "mine": _("your note"),
                "proxy": _("for somebody in the room"),
                "hidden": _("only you see it"),
                "held": _("waits to be let through"),
                "edit": _("Change the words"),
                "keep_both": _("Keep both"),
                "over": _("Time is up. Finish your sentence."),
                "look": _("All are asked to look at «{n}»."),
                "new": _("New notes on the board: {n}"),
                "writing": _("Somebody is writing …"),
                "here": _("{n} open here now"),
                "comments": _("1 comment|{n} comments"),
                "chosen": _("One note chosen.|{n} notes chosen."),
            },
        }
    )


def canvas_words(board: Board) -> str:
    """For the canvas alone."""
    return json.dumps(
        {
            "kinds": {kind.value: str(word) for kind, word in KIND_WORDS.items()},
            "looks": {look: str(word) for look, word in LOOK_WORDS.items()},
            "words": {
                "write": _("Write here. Enter keeps it."),
                "place": _("Press where it shall lie. Esc stops."),
                "draw": _("Draw with the mouse, a finger or a pen. Esc stops."),
                "join": _("Drag from one to the other. Esc stops."),
                "chosen": _("One chosen|{n} chosen"),
                "moved": _("Moved. It lies in {frame}."),
                "outside": _("outside the frames"),
                "deleted": _("Deleted. It can be undone."),
                "copied": _("Copied. Paste here or on another board."),
                "undone": _("Undone."),
                "again": _("Done again."),
            },
        }
    )
