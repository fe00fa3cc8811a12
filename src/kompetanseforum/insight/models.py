"""Reports that were made: a page and a PDF, as they stood then."""

from __future__ import annotations

from django.db import models

from kompetanseforum.core.refs import PublicIdField


class MakingState(models.TextChoices):
    WAITING = "waiting"
    AT_WORK = "at_work"
    DONE = "done"
    FAILED = "failed"


class MadeReport(models.Model):
    """What came of it in a period, in one language, as it was when somebody asked. Holds only what anybody may see."""

    public_id = PublicIdField()
    first_on = models.DateField()
    last_on = models.DateField()
    language = models.CharField(max_length=2)
    # The last that had happened in the forum when it was asked for, and the day: with the same, it would be the same.
    newest_fact = models.PositiveBigIntegerField()
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=MakingState, default=MakingState.WAITING)
    # How many of its parts are made.
    done = models.PositiveSmallIntegerField(default=0)
    # HTML that our own templates made.
    page = models.TextField(blank=True)
    # The PDF; empty where this machine cannot make one.
    stored_as = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first_on", "last_on", "language", "newest_fact", "asked_on"], name="one_report_of_the_same"
            )
        ]
        indexes = [models.Index(fields=["asked_at"], name="report_asked")]

    def __str__(self) -> str:
        return f"{self.first_on} {self.last_on} {self.language} {self.state}"
