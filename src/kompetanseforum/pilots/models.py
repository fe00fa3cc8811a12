"""Pilots: what is tried at small scale, what was seen on the way, and what was learnt."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Organisation


class Decision(models.TextChoices):
    SCALE = "scale", _("Goes on, for more people")
    ADJUST = "adjust", _("Changed and tried again")
    STOP = "stop", _("Stopped")


class Pilot(models.Model):
    """A small test. A stopped one with learnings is worth as much as one that goes on."""

    public_id = PublicIdField()
    title = models.CharField(max_length=120)
    # What we believe: "If …, then …".
    hypothesis = models.TextField()
    smallest_test = models.TextField()
    who = models.CharField(max_length=300)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    # What would make us stop.
    stop_if = models.TextField()
    # Where it is tried; everybody sees it.
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="pilots")
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    decision_why = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    # The name of the forum whose recipe this is.
    recipe_from = models.CharField(max_length=160, blank=True)
    # Made by the browser once per form, so that the same form sent twice is one pilot.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["decision", "-changed_at"], name="pilot_decided")]

    def __str__(self) -> str:
        return f"pilot:{self.public_id}"


class EntryKind(models.TextChoices):
    OBSERVATION = "observation", _("What we saw")
    REFLECTION = "reflection", _("What we think about it")


class Entry(models.Model):
    """A line in a pilot's log; for those who are signed in."""

    public_id = PublicIdField()
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=11, choices=EntryKind, default=EntryKind.OBSERVATION)
    words = models.TextField()
    on = models.DateField()
    # A picture or a document: its name as it came, its checked type, and where it lies.
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    stored_as = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.pilot} {self.on}"


class Learning(models.Model):
    """What was learnt, in one sentence that others can use. Open to everybody."""

    public_id = PublicIdField()
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="learnings")
    words = models.CharField(max_length=500)
    # The words and the pilot's title in lower case: a database's own case folding differs for æ, ø and å.
    searchable = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [models.UniqueConstraint(fields=["pilot", "words"], name="one_learning_once")]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.words}"
