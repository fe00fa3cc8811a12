"""Rooms where an offer is rethought together: who is there, and each change with what was said about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.models import Brief
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation, Sector


class Stage(models.TextChoices):
    OPEN = "open", _("In the making")
    SENT = "sent", _("Sent to the educator")
    DECIDED = "decided", _("Decided")


class Template(models.TextChoices):
    """What a new offer may begin as."""

    AT_WORK = "at_work", _("Module for people in work")
    WORKPLACE = "workplace", _("Workplace period")
    SIMULATION = "simulation", _("Simulation")
    MICRO = "micro", _("Micro-course")
    GUEST = "guest", _("Guest teaching with a case from a firm")


class Part(models.TextChoices):
    """The three columns of a room."""

    CONTENT = "content", _("Content")
    STRUCTURE = "structure", _("Structure")
    METHOD = "method", pgettext_lazy("of teaching", "Method")


class Room(models.Model):
    public_id = PublicIdField()
    title = models.CharField(max_length=160)
    # Today's version; none where something quite new is made.
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="rooms")
    # A new offer comes of it, and today's stays as it is.
    makes_new = models.BooleanField(default=False)
    brief = models.ForeignKey(Brief, null=True, on_delete=models.SET_NULL, related_name="rooms")
    # Who decides.
    educator = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=10, choices=Template, blank=True)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.OPEN)
    # Of the link that lets guests in.
    link_hash = models.CharField(max_length=64, unique=True)
    # The offer that came of it, and the version it had before.
    became = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="came_of")
    version_before = models.PositiveIntegerField(null=True)
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-changed_at"], name="room_newest")]

    def __str__(self) -> str:
        return f"room:{self.public_id}"


class Participant(models.Model):
    """Somebody in the room: a person, or a guest who came by its link and gave a name to be called by."""

    public_id = PublicIdField()
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # Seen by those who are in the room; empty once that person is erased.
    name = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=20, choices=Sector)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="a_person_once_in_a_room")]

    def __str__(self) -> str:
        return f"participant:{self.public_id}"


class Invitation(models.Model):
    """Somebody is asked to a room by letter. The address is forgotten when the letter is sent; its hash tells that
    the same one has been asked."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    email_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, default="nb")
    # By whom, as the letter says it.
    by_name = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "email_hash"], name="invited_once_to_a_room")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.asked_at}"


class State(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("All agree")
    TRIED_FIRST = "tried_first", _("Tried first")
    PARKED = "parked", _("Parked")


class Topic(models.TextChoices):
    """Which line of an offer a change is about; empty for something that no line has."""

    OUTCOME = "outcome", _("What one learns")
    DESCRIPTION = "description", _("Description")
    LEVEL = "level", _("Level")
    WEEKS = "weeks", _("Length")
    HOURS = "hours_per_week", _("Hours a week")
    STARTS = "starts", _("Starts")
    PLACES = "places_per_year", _("Places")
    DELIVERY = "delivery", _("How it is taught")


class Change(models.Model):
    """One change: what is so today, and what is proposed instead."""

    public_id = PublicIdField()
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="changes")
    part = models.CharField(max_length=9, choices=Part)
    topic = models.CharField(max_length=16, choices=Topic, blank=True)
    # Today's words, kept as they were when it was proposed.
    today = models.CharField(max_length=500, blank=True)
    proposal = models.CharField(max_length=500)
    why = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=11, choices=State, default=State.PROPOSED)
    # Why it is parked, or how it is tried.
    reason = models.CharField(max_length=300, blank=True)
    # Grows each time the proposal is worded anew: who wrote on an older one is told.
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # It is in the offer now.
    taken_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"change:{self.public_id}"


class Wording(models.Model):
    """How a proposal was worded before, so that no text is lost when two write at once."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="wordings")
    revision = models.PositiveIntegerField()
    proposal = models.CharField(max_length=500)
    by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["change", "revision"], name="one_wording_per_revision")]

    def __str__(self) -> str:
        return f"{self.change_id} {self.revision}"


class Agreement(models.Model):
    """Somebody agrees with the proposal as it is worded now."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="agreements")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["change", "participant"], name="agrees_once")]

    def __str__(self) -> str:
        return f"{self.change_id} {self.participant_id}"


class Comment(models.Model):
    public_id = PublicIdField()
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="comments")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=1000)
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"comment:{self.public_id}"
