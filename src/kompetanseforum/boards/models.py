"""Boards: the log of operations, the items it makes, who takes part, phases and votes."""

from __future__ import annotations

from django.db import models

from kompetanse.board import ItemKind, OpKind, PhaseKind, VoteMethod
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Sector

# Longer than the longest place (kompetanse.board.ranks.LONGEST).
_RANK_LENGTH = 210
_METHODS = [(method.value, method.value) for method in VoteMethod]


class Board(models.Model):
    public_id = PublicIdField()
    title = models.CharField(max_length=120)
    # What it belongs to, in words: "Gathering in Halden, 23 November".
    occasion = models.CharField(max_length=160, blank=True)
    # Said aloud in a room and typed on a phone: "GLOMMA 427".
    code = models.CharField(max_length=24, unique=True)
    # The number of the last operation. Raised in the transaction of the operation, so the row's lock is the order.
    seq = models.PositiveBigIntegerField(default=0)
    # Of the last operation on the board itself: a phase, the lock, a vote.
    state_seq = models.PositiveBigIntegerField(default=0)
    phase_number = models.PositiveSmallIntegerField(default=0)
    names_are_shown = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    # What participants write is seen by others once the one who leads has let it through.
    approves_first = models.BooleanField(default=False)
    # How the next vote is held.
    vote_method = models.CharField(max_length=10, choices=_METHODS, default=VoteMethod.DOTS.value)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # No way in by the code from then on.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in PhaseKind])
    minutes = models.PositiveSmallIntegerField(default=0)
    # What to do, in the facilitator's words; empty for those that come with the kind.
    prompt = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    # The clock warns then; nothing is cut off.
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="one_phase_per_number")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.number} {self.kind}"


class Guest(models.Model):
    """Somebody who came in by the link or the code; the device that holds the Ref finds its own notes again."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="guests")
    alias = models.CharField(max_length=40)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    joined_at = models.DateTimeField()
    # The same form twice is one guest.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    # Where to write what became of their notes; empty: nowhere.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="nb")
    # Of the last letter, and how often the next one has been tried.
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"guest:{self.public_id}"


class Item(models.Model):
    """What lies on a board: what the log says, written in the same transaction."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ItemKind])
    text = models.CharField(max_length=500, blank=True)
    # The public id of what it lies in.
    inside = models.CharField(max_length=10, blank=True)
    rank = models.CharField(max_length=_RANK_LENGTH, blank=True)
    # Ref text of the one who wrote it: a guest, or a person of the house.
    author = models.CharField(max_length=80, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    is_proxy = models.BooleanField(default=False)
    text_seq = models.PositiveBigIntegerField(default=0)
    revealed_seq = models.PositiveBigIntegerField(default=0)
    is_deleted = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    held_reason = models.CharField(max_length=200, blank=True)
    is_erased = models.BooleanField(default=False)
    merged_into = models.CharField(max_length=10, blank=True)
    is_waiting = models.BooleanField(default=False)
    # Its place on the canvas; no width: it has been given none.
    x = models.IntegerField(default=0)
    y = models.IntegerField(default=0)
    w = models.PositiveIntegerField(default=0)
    h = models.PositiveIntegerField(default=0)
    look = models.CharField(max_length=12, blank=True)
    path = models.TextField(blank=True)
    # The public id of a File.
    file = models.CharField(max_length=10, blank=True)
    # Of the last operation on it: a browser that has come to N asks for those above.
    seq = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["rank", "public_id"]
        indexes = [
            models.Index(fields=["board", "seq"], name="item_seq"),
            models.Index(fields=["board", "inside", "rank"], name="item_place"),
            models.Index(fields=["author"], name="item_author"),
        ]

    def __str__(self) -> str:
        return f"note:{self.public_id}"


class File(models.Model):
    """What was handed in with an item. Its contents lie in the storage, and go when the item is erased."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=40)
    stored_as = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.board_id} {self.name}"


class Report(models.Model):
    """Somebody has said that the one who leads should look at a note."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reports")
    # Ref text of the one who said it.
    by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "by"], condition=models.Q(settled_at=None), name="one_open_report_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.at:%Y-%m-%d}"


class BoardOp(models.Model):
    """One operation: what changed of an item, and what it was. Only erasure touches a row afterwards."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="ops")
    seq = models.PositiveBigIntegerField()
    # Made by the sender, so that a resend is known as one. Unique across boards.
    op_id = models.CharField(max_length=48, unique=True)
    actor = models.CharField(max_length=80, blank=True)
    phase = models.PositiveSmallIntegerField(default=0)
    # An OpKind, or what happens to the board itself: "phase", "reveal", "settings", "vote".
    kind = models.CharField(max_length=10)
    # The item's public id; empty for the board itself.
    item = models.CharField(max_length=10, blank=True)
    payload = models.JSONField(default=dict)
    was = models.JSONField(default=dict)
    # Ref text of the only one who may be told of it, as long as the note is hidden.
    only_for = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["board", "seq"], name="one_op_per_number")]
        indexes = [models.Index(fields=["board", "item"], name="op_item")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.seq} {self.kind}"


class VoteRound(models.Model):
    """A vote. What is voted on is written down when it opens, and stands still until it closes."""

    public_id = PublicIdField()
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="rounds")
    # Public ids, as they stood.
    options = models.JSONField(default=list)
    method = models.CharField(max_length=10, choices=_METHODS, default=VoteMethod.DOTS.value)
    # Dots alone have these two.
    budget = models.PositiveSmallIntegerField()
    most_per_option = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=models.Q(closed_at=None), name="one_open_round_per_board"
            )
        ]

    def __str__(self) -> str:
        return f"{self.board_id} round {self.pk}"


class Ballot(models.Model):
    """What one voter says of one option. Who it was is a keyed hash, so that the row alone tells nobody."""

    round = models.ForeignKey(VoteRound, on_delete=models.CASCADE, related_name="ballots")
    voter = models.CharField(max_length=64)
    sector = models.CharField(max_length=20, blank=True)
    option = models.CharField(max_length=10)
    # Dots, a step on a scale, a place in a row, or one of kompetanse.board.voting's answers.
    value = models.PositiveSmallIntegerField()
    # Why one objects.
    reason = models.CharField(max_length=200, blank=True)
    # Put there by the one who leads, for somebody in the room.
    is_proxy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter", "option"], name="one_ballot_per_voter_and_option")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.option} {self.value}"


# Kinds of operation a log may hold, told in one place for tests.
KINDS = (*(kind.value for kind in OpKind), "phase", "reveal", "settings", "vote", "outcome", "revert")
