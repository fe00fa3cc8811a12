"""Everything that is done with a note, by forms: no dragging, no script."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanse.board import LOOKS, ItemKind, OpKind, Refusal, Right, Wish, paragraphs_in
from kompetanseforum.boards.actions import Done, judge_skill, perform, say, undo, write
from kompetanseforum.boards.actions import erase as erase_item
from kompetanseforum.boards.forms import NoteForm
from kompetanseforum.boards.models import Board, Item
from kompetanseforum.boards.queries.moderation import reports_of
from kompetanseforum.boards.queries.notes import NotePage, entries_beside, note_page, notes_to_merge_with, places_on
from kompetanseforum.boards.queries.people import Who, note_ref
from kompetanseforum.boards.queries.pieces import ShownPiece, documents_among, piece_of
from kompetanseforum.boards.queries.shown import rights_on
from kompetanseforum.boards.queries.skills import may_judge_skills_of, skills_in
from kompetanseforum.boards.queries.words import LOOK_WORDS, REACTION_WORDS, REFUSALS
from kompetanseforum.boards.views.finding import back_to, board_or_404, note_or_404, who_asks, who_writes
from kompetanseforum.boards.views.rows import links_in, placing, said_to
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import new_public_id
from kompetanseforum.core.sending import new_sending_key

# So many at once; more is a document, and has a way in of its own.
MOST_PARAGRAPHS = 200


def board_and_number(public_id: str, number: int) -> tuple[Board, int]:
    return board_or_404(public_id), number


def _op_id(request: Request) -> str:
    """The form's own, so that a form sent twice is one operation."""
    return request.POST.get("op_id", "")[:40] or new_sending_key()


@requires("boards.take_part", of=board_or_404)
@require_POST
def add(request: Request, board: Board) -> HttpResponse:
    """A note or a heading for a group, in the column or group that was chosen."""
    who = who_writes(request, board)
    form = NoteForm(request.POST)
    if not form.is_valid():
        words = next(iter(form.errors.values()))[0]
        return render(request, "boards/not_added.html", {"board": board, "form": form, "words": words}, status=422)
    given = form.cleaned_data
    is_group = request.POST.get("what") == ItemKind.GROUP
    wish = Wish(
        op_id=given["op_id"] or new_sending_key(),
        kind=OpKind.ADD,
        item=new_public_id(),
        what=ItemKind.GROUP if is_group else ItemKind.NOTE,
        text=given["text"].strip(),
        inside=given["inside"],
        sector=given["sector"],
        is_proxy="for_others" in request.POST,
    )
    return _told(request, board, write(board, wish, who))


def _told(
    request: Request, board: Board, done: Done, *, words: str = "", can_undo: bool = False, to: str = ""
) -> HttpResponse:
    """Back to where the form stood, with what happened."""
    if done.refusal is not None:
        messages.warning(request, str(REFUSALS[done.refusal]))
    elif words and can_undo:
        url = reverse("boards:undo", kwargs={"public_id": board.public_id, "number": done.seq})
        messages.success(request, words, extra_tags=f"undo {url}")
    elif words:
        messages.success(request, words)
    return redirect(to) if to else back_to(request, board)


def _page(request: Request, item: Item, who: Who) -> NotePage:
    page = note_page(item, item.board, who, request.viewer)
    if page is None or item.kind in (ItemKind.COMMENT, ItemKind.REACTION):
        raise Http404
    return page


@requires("boards.see_board", of=note_or_404)
@require_safe
def note(request: Request, item: Item) -> HttpResponse:
    """One note: its words to change, what was said about it, and everything that can be done."""
    who = who_asks(request, item.board)
    return render(request, "boards/note.html", _note_context(request, item, who))


def _note_context(request: Request, item: Item, who: Who) -> dict[str, object]:
    board = item.board
    rights = rights_on(board, who)
    page = _page(request, item, who)
    return {
        "board": board,
        "thing": note_ref(item),
        "who": who,
        "page": page,
        "piece": _piece(item, who),
        "is_note": item.kind == ItemKind.NOTE,
        "reports": reports_of(item) if who.is_leading else [],
        "skills": skills_in(item, who) if item.kind == ItemKind.NOTE and page.is_standing else [],
        "may_judge_skills": may_judge_skills_of(item, who),
        "said": said_to(page.note, {word: str(label) for word, label in REACTION_WORDS.items()}),
        "links": links_in(item.text),
        "may_attach": Right.ADD in rights,
        "may_place": (Right.MOVE in rights or item.author == who.ref) and item.kind != ItemKind.CONNECTOR,
        "place": placing(item),
        "looks": [(look, LOOK_WORDS[look]) for look in LOOKS.get(ItemKind(item.kind), ())],
        "may_comment": Right.COMMENT in rights,
        "may_move": Right.MOVE in rights or (item.author == who.ref and Right.CHANGE_OWN in rights),
        "may_merge": Right.MERGE in rights,
        "op_id": new_sending_key(),
    }


def _piece(item: Item, who: Who) -> ShownPiece | None:
    """What it is, when it is no note."""
    if item.kind == ItemKind.NOTE:
        return None
    return piece_of(
        item,
        is_mine=item.author == who.ref,
        may_change=item.author == who.ref or who.is_leading,
        documents=documents_among([item]),
    )


@requires("boards.take_part", of=note_or_404)
@require_POST
def change(request: Request, item: Item) -> HttpResponse:
    """New words. When others have changed them since, both stand there to choose between."""
    board, who = item.board, who_writes(request, item.board)
    text, base = request.POST.get("text", "").strip(), request.POST.get("base", "0")
    if "keep_both" in request.POST:
        twin = Wish(op_id=_op_id(request), kind=OpKind.ADD, item=new_public_id(), text=text, inside=item.inside)
        return _told(request, board, write(board, twin, who), words=_("Both stand there now."))
    number = int(base) if base.isdecimal() and len(base) < 16 else 0
    done = write(board, Wish(op_id=_op_id(request), kind=OpKind.EDIT, item=item.public_id, text=text, base=number), who)
    if done.refusal is None:
        return _told(request, board, done, words=_("Changed."), can_undo=True)
    item.refresh_from_db()
    context = _note_context(request, item, who)
    if done.refusal == Refusal.CONFLICT:
        return render(request, "boards/conflict.html", context | {"text": text}, status=422)
    return render(request, "boards/note.html", context | {"error": REFUSALS[done.refusal], "text": text}, status=422)


@requires("boards.take_part", of=board_or_404)
@require_POST
def add_paragraphs(request: Request, board: Board) -> HttpResponse:
    """Any length, parted where a paragraph ends. The same form again adds nothing."""
    who, op_id, inside = who_writes(request, board), _op_id(request), request.POST.get("inside", "")[:10]
    texts = paragraphs_in(request.POST.get("text", ""))[:MOST_PARAGRAPHS]
    asked = [
        Wish(f"{op_id}.{number}"[:48], OpKind.ADD, new_public_id(), ItemKind.NOTE, text, inside)
        for number, text in enumerate(texts)
    ]
    done = perform(board, [(wish, who) for wish in asked])
    refused = next((each for each in done if each.refusal is not None), Done(op_id))
    return _told(request, board, refused)


@requires("boards.take_part", of=note_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, item: Item) -> HttpResponse:
    """Where does it belong? As a form, for those who do not drag."""
    board, who = item.board, who_asks(request, item.board)
    page = _page(request, item, who)
    places = places_on(board, item.inside)
    if request.method != "POST":
        context = {"board": board, "page": page, "places": places, "op_id": new_sending_key()}
        context |= {"beside": entries_beside(item, who)}
        return render(request, "boards/move.html", context | {"may_group": Right.GROUP in rights_on(board, who)})
    who_writes(request, board)
    inside, op_id = request.POST.get("inside", ""), _op_id(request)
    before = request.POST.get("before", "")[:10]
    if inside == "new":
        inside = new_public_id()
        column = next((place.column for place in places if place.is_here), "")
        heading = request.POST.get("heading", "").strip()
        made = write(board, Wish(f"{op_id}.g"[:40], OpKind.ADD, inside, ItemKind.GROUP, heading, column), who)
        if made.refusal is not None:
            return _told(request, board, made, to=request.path)
    done = write(board, Wish(op_id=op_id, kind=OpKind.MOVE, item=item.public_id, inside=inside, before=before), who)
    return _told(request, board, done, words=_("Moved."), can_undo=True)


@requires("boards.take_part", of=note_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, item: Item) -> HttpResponse:
    """Which note says the same? Both keep their words and who wrote them."""
    board, who = item.board, who_asks(request, item.board)
    page = _page(request, item, who)
    if request.method != "POST":
        others = notes_to_merge_with(item, board, who)
        context = {"board": board, "page": page, "others": others, "op_id": new_sending_key()}
        return render(request, "boards/merge.html", context)
    who_writes(request, board)
    wish = Wish(op_id=_op_id(request), kind=OpKind.MERGE, item=item.public_id, into=request.POST.get("into", "")[:10])
    return _told(request, board, write(board, wish, who), words=_("Merged. Both texts are kept."), can_undo=True)


@requires("boards.take_part", of=note_or_404)
@require_POST
def comment(request: Request, item: Item) -> HttpResponse:
    board, who = item.board, who_writes(request, item.board)
    wish = Wish(
        op_id=_op_id(request),
        kind=OpKind.ADD,
        item=new_public_id(),
        what=ItemKind.COMMENT,
        text=request.POST.get("text", "").strip(),
        inside=item.public_id,
    )
    to = reverse("boards:note", kwargs={"public_id": item.public_id})
    return _told(request, board, write(board, wish, who), to=to)


@requires("boards.take_part", of=note_or_404)
@require_POST
def react(request: Request, item: Item) -> HttpResponse:
    """One of our words to a note; said again, it is taken back."""
    who = who_writes(request, item.board)
    done = say(item=item, word=request.POST.get("word", "")[:10], who=who)
    return _told(request, item.board, done, to=reverse("boards:note", kwargs={"public_id": item.public_id}))


@requires("boards.take_part", of=note_or_404)
@require_POST
def skill(request: Request, item: Item) -> HttpResponse:
    """Whether a skill that is heard in it is right; said by whose words they are, or the one who leads."""
    who = who_writes(request, item.board)
    if not may_judge_skills_of(item, who):
        raise PermissionDenied
    page = _page(request, item, who)
    said = {"1": True, "0": False}.get(request.POST.get("is_right", ""))
    if not page.is_standing or not judge_skill(item=item, slug=request.POST.get("skill", ""), is_right=said, who=who):
        messages.warning(request, _("The words have changed since. See what is heard in them now."))
    return redirect("boards:note", public_id=item.public_id)


def _simple(request: Request, item: Item, kind: OpKind, *, words: str, can_undo: bool = False) -> HttpResponse:
    who = who_writes(request, item.board)
    reason = request.POST.get("reason", "").strip()[:200]
    wish = Wish(op_id=_op_id(request), kind=kind, item=item.public_id, reason=reason)
    return _told(request, item.board, write(item.board, wish, who), words=words, can_undo=can_undo)


@requires("boards.take_part", of=note_or_404)
@require_POST
def delete(request: Request, item: Item) -> HttpResponse:
    return _simple(request, item, OpKind.DELETE, words=_("Deleted."), can_undo=True)


@requires("boards.take_part", of=note_or_404)
@require_POST
def part(request: Request, item: Item) -> HttpResponse:
    return _simple(request, item, OpKind.PART, words=_("Parted. It is a note of its own again."))


@requires("boards.take_part", of=note_or_404)
@require_POST
def erase(request: Request, item: Item) -> HttpResponse:
    """Also out of the log: there is no way back."""
    done = erase_item(item=item, who=who_writes(request, item.board), op_id=_op_id(request))
    return _told(request, item.board, done, words=_("Erased. The words are gone from the board and its history."))


@requires("boards.lead_board", of=note_or_404)
@require_POST
def hold_back(request: Request, item: Item) -> HttpResponse:
    return _simple(request, item, OpKind.HOLD, words=_("Taken down. Nobody sees it until you put it back."))


@requires("boards.lead_board", of=note_or_404)
@require_POST
def release(request: Request, item: Item) -> HttpResponse:
    return _simple(request, item, OpKind.RELEASE, words=_("Put back."))


@requires("boards.take_part", of=board_and_number)
@require_POST
def take_back(request: Request, both: tuple[Board, int]) -> HttpResponse:
    """Undo: the way back of what one did, unless others have gone on since."""
    board, seq = both
    who = who_writes(request, board)
    done = undo(board=board, seq=seq, who=who, op_id=f"undo-{board.public_id}-{seq}")
    return _told(request, board, done, words=_("Undone."))
