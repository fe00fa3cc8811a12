"""Anchoring: what an organisation has committed itself to, decided by whom, and until when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Organisation


class State(models.TextChoices):
    """How far in; each holds the ones before it."""

    AWARE = "aware", _("Knows of it")
    SUPPORTED = "supported", _("Supports it")
    COMMITTED = "committed", _("Has decided")
    RESOURCED = "resourced", _("Has set aside money or people")
    IN_OPERATION = "in_operation", _("In operation")


# From here on somebody has decided, so by whom and when is part of it.
DECIDED = (State.COMMITTED, State.RESOURCED, State.IN_OPERATION)


class Anchoring(models.Model):
    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="anchorings")
    # What it is tied to in the thread: a pilot, an offer, a challenge, a need.
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=200)
    scope = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.AWARE)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True)
    until = models.DateField(null=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    # For the page for the leader.
    costs = models.CharField(max_length=500, blank=True)
    asks = models.CharField(max_length=500, blank=True)
    # Everybody sees it; else those who are signed in.
    is_public = models.BooleanField(default=False)
    # A coordinator wrote it down, not somebody who speaks for the organisation.
    is_reported = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    # The day it lapses that the contact has been reminded of, and how often it was tried.
    reminded_of = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="anchoring_about"),
            models.Index(fields=["until"], name="anchoring_until"),
        ]

    def __str__(self) -> str:
        return f"anchoring:{self.public_id}"


class Move(models.Model):
    """It came to this state, or was renewed, on this day."""

    anchoring = models.ForeignKey(Anchoring, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=12, choices=State)
    until = models.DateField(null=True)
    is_renewal = models.BooleanField(default=False)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.anchoring} {self.state}"


class InternalStep(models.Model):
    """On the way to a decision at home: what must happen, and when. For its own and the coordinators."""

    public_id = PublicIdField()
    anchoring = models.ForeignKey(Anchoring, on_delete=models.CASCADE, related_name="internal_steps")
    what = models.CharField(max_length=200)
    on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["anchoring", "what", "on"], name="one_internal_step_once")]

    def __str__(self) -> str:
        return f"{self.anchoring} {self.what}"
