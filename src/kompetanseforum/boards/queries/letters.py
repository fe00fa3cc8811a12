"""Reads: what became of one guest's notes, the link to their own page, and who is owed a letter about it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from kompetanse.board import ItemKind
from kompetanse.refs import Ref
from kompetanseforum.boards.models import BoardOp, Guest, Item
from kompetanseforum.boards.queries.people import note_ref
from kompetanseforum.core.capability import Step, thread_steps
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.threads.queries import edges_down

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def own_secret(guest: Guest) -> str:
    """Of the link to one's own page: derived from the forum's key, so that the database alone betrays none."""
    return f"{guest.public_id}-{_mac(guest.public_id)}"


def _mac(public_id: str) -> str:
    digest = blake2b(public_id.encode(), key=settings.SECRET_KEY.encode()[:64], person=b"board guest").digest()
    return "".join(_ALPHABET[byte % 32] for byte in digest[:20])


def guest_by_own_secret(secret: str) -> Guest | None:
    public_id, _, mac = secret.partition("-")
    if not compare_digest(mac.encode(), _mac(public_id).encode()):
        return None
    return Guest.objects.select_related("board").filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note, and what it led to, step by step, as the thread has it."""

    text: str
    became: tuple[Step, ...]


def own_notes(guest: Guest) -> list[OwnNote]:
    """What stands of what they wrote, oldest first; read as one who holds the guest's own link."""
    viewer = Viewer(holds=frozenset({ref(guest)}))
    rows = Item.objects.filter(board=guest.board, author=str(ref(guest)), kind=ItemKind.NOTE)
    standing = rows.filter(is_deleted=False, is_erased=False, is_held=False).order_by("made_at", "pk")
    downstream: dict[str, list[Ref]] = {
        row.public_id: list(dict.fromkeys(edge.downstream for edge in edges_down([note_ref(row)]))) for row in standing
    }
    steps = thread_steps(viewer, list({thing for things in downstream.values() for thing in things}))
    return [
        OwnNote(row.text, tuple(steps[thing] for thing in downstream[row.public_id] if thing in steps))
        for row in standing
    ]


def guests_owed_a_letter(*, most_attempts: int) -> QuerySet[Guest]:
    """Those who wrote and left an address: when the board is ended, and again when something became of their notes."""
    own = Concat(Value("guest:"), OuterRef("public_id"))
    wrote = Item.objects.filter(board=OuterRef("board"), author=own, kind=ItemKind.NOTE, is_erased=False)
    news = BoardOp.objects.filter(board=OuterRef("board"), kind="outcome", at__gt=OuterRef("told_at"))
    theirs = Item.objects.filter(author=Concat(Value("guest:"), OuterRef(OuterRef("public_id"))))
    owed = Guest.objects.exclude(email="").filter(attempts__lt=most_attempts, board__ended_at__isnull=False)
    owed = owed.filter(Exists(wrote)).filter(Q(told_at=None) | Exists(news.filter(item__in=theirs.values("public_id"))))
    return owed.select_related("board").order_by(F("attempts"), "pk")
