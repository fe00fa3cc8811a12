"""Ideas: a start without a need, in somebody's own words."""

from __future__ import annotations

from django.db import models

from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.needs.models import HeldReason


class Idea(models.Model):
    public_id = PublicIdField()
    words = models.TextField()
    language = models.CharField(max_length=2, default="nb")
    # Held for a look, for the same reasons as a need; seen by coordinators and the device that wrote it.
    held_reason = models.CharField(max_length=12, choices=HeldReason, blank=True)
    # Who wrote it, as Ref text; empty for nobody we know.
    by = models.CharField(max_length=80, blank=True)
    had_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    # Made once per form, so that the same form sent twice is one idea.
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["-had_at"], name="idea_newest")]

    def __str__(self) -> str:
        return f"idea:{self.public_id}"
