"""Other systems: the tokens they ask with, the addresses they are told at, and what they are not yet told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import PublicIdField


class Scope(models.TextChoices):
    """What a token may be used for. Reading what is open takes none."""

    VOICE_NEEDS = "needs:voice", _("Voice needs for others")


class Token(models.Model):
    """A secret that lets a named system ask. The secret itself is seen once, by the one who made it."""

    public_id = PublicIdField()
    # The system's name, as coordinators know it.
    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    # Scope values.
    scopes = models.JSONField(default=list)
    # Made by the browser once per form, so that the same form sent twice is one token.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    made_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    # To the hour: it is there to tell a token in use from a forgotten one.
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Stopped(models.TextChoices):
    """Why an address is told nothing."""

    FAILING = "failing", _("It has not answered for three days")
    GONE = "gone", _("It answered that it is gone (410)")
    BY_HAND = "by_hand", _("Stopped by a coordinator")


class Webhook(models.Model):
    """An address that is told of some kinds of facts."""

    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500)
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    # Names of facts, such as needs.NeedVoiced.
    kinds = models.JSONField(default=list)
    made_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    stopped = models.CharField(max_length=8, choices=Stopped, blank=True)
    stopped_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    # Since when, how often in a row, and how it has gone wrong; a telling that comes through empties them.
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    # Nobody asks it before this: its rest after a failure, or somebody is at it now.
    next_try_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Telling(models.Model):
    """A fact that a webhook is not yet told of; the row goes when it is. Its id is the message's, at every try."""

    public_id = PublicIdField()
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="tellings")
    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "fact"], name="one_telling_per_fact")]

    def __str__(self) -> str:
        return f"{self.fact} → {self.webhook}"
