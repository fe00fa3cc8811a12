"""Results: who changed what, what in the forum contributed, and what stands behind saying so (outcome harvesting)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Organisation


class Kind(models.TextChoices):
    """What kind of change it is."""

    CONTENT = "content", _("Content: what is taught")
    STRUCTURE = "structure", _("Structure: how the teaching is set up")
    METHOD = "method", _("Method: how it is taught")
    NEW_OFFER = "new_offer", _("A new offer")
    COOPERATION = "cooperation", _("New cooperation between organisations")
    DEPARTMENTS = "departments", _("New cooperation between departments of one organisation")
    SKILLED = "skilled", _("People who have learnt more")
    OTHER = "other", _("Something else")


class GoodFor(models.TextChoices):
    FIRMS = "firms", _("Firms")
    WORKER = "worker", _("The single worker")
    SOCIETY = "society", _("Society")


class Strength(models.TextChoices):
    """How much stands behind it; in words, never a percentage."""

    CLAIMED = "claimed", _("Claimed")
    CONFIRMED = "confirmed", _("Confirmed by the other party")
    DOCUMENTED = "documented", _("Documented")


class Result(models.Model):
    public_id = PublicIdField()
    # The change in a sentence, and who changed: a school, a firm, some people. Not the forum itself.
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="results")
    on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    good_for = models.JSONField(default=list)
    is_expected = models.BooleanField(default=True)
    is_good = models.BooleanField(default=True)
    significance = models.TextField(blank=True)
    # How something in the forum contributed.
    contribution = models.TextField()
    # What else may have led to it.
    also_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    published_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["published_at", "-on"], name="result_published")]

    def __str__(self) -> str:
        return f"result:{self.public_id}"


class Evidence(models.Model):
    """Something anybody may look up: a link, a file, or the words of a document."""

    public_id = PublicIdField()
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    # A document or a picture: its name as it came, its checked type, and where it lies.
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    stored_as = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["result", "title", "url"], name="one_piece_of_evidence_once")]

    def __str__(self) -> str:
        return f"evidence:{self.public_id}"


class Reply(models.TextChoices):
    YES = "yes", _("Yes, it is so")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No, I do not know it like that")


class Confirmation(models.Model):
    """Somebody who knows, and did not write it, is asked by e-mail. The link is used once and lapses."""

    public_id = PublicIdField()
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="confirmations")
    # Gone when it is answered or has lapsed.
    email = models.EmailField(blank=True)
    # Who they are, in words that can stand openly: "the leader of one of the home care services".
    role = models.CharField(max_length=160)
    language = models.CharField(max_length=2, default="nb")
    secret_hash = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reply = models.CharField(max_length=6, choices=Reply, blank=True)
    words = models.TextField(blank=True)
    # Only where they themselves say that it may stand there.
    name = models.CharField(max_length=120, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"confirmation:{self.public_id}"
