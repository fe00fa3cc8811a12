"""What is brought in from files: each file, what came of each of its rows, and how a source's columns were matched."""

from __future__ import annotations

from django.db import models

from kompetanseforum.core.refs import PublicIdField


class BatchState(models.TextChoices):
    CHECKING = "checking"
    # Its columns must be matched by a person before it can be checked.
    MATCHING = "matching"
    CHECKED = "checked"
    STORING = "storing"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class FeedState(models.TextChoices):
    NEVER = "never"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Feed(models.Model):
    """An address at a source that is read again and again, on a day of the week or every so many days."""

    public_id = PublicIdField()
    intake = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    address = models.URLField(max_length=400)
    every_days = models.PositiveSmallIntegerField(default=7)
    is_on = models.BooleanField(default=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    # The last time that it answered.
    fresh_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=FeedState, default=FeedState.NEVER)
    # Name of an OutgoingError or code of a Problem, and its detail.
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["intake", "address"], name="one_feed_per_address")]
        indexes = [models.Index(fields=["is_on", "next_at"], name="feed_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.address}"


class Batch(models.Model):
    """One file: what was found in it, how far it has come, and who brought it in."""

    public_id = PublicIdField()
    # The key of a core.bringing.Intake.
    intake = models.CharField(max_length=30)
    # Whose it is, as somebody wrote it.
    name = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.CHECKING)
    # The address it was read from, when nobody sent it.
    feed = models.ForeignKey(Feed, null=True, on_delete=models.SET_NULL, related_name="batches")
    # Heading → key of a column, as a person has said.
    matching = models.JSONField(default=dict)
    # [[heading, [first cells]], …] of a table.
    headings = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # new, joined, changed, unchanged, errors, rows, missing
    counts = models.JSONField(default=dict)
    # The first of them, as [row, title, note, outcome].
    lines = models.JSONField(default=list)
    # The first problems, as [row, column, code, detail]; the texts are made for whoever reads them.
    problems = models.JSONField(default=list)
    # Headings that mean nothing to us.
    unknown = models.JSONField(default=list)
    by = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    brought_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-received_at"], name="batch_newest"),
            models.Index(fields=["state", "changed_at"], name="batch_state"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class Trace(models.Model):
    """One thing that a file brought in, found again when it is undone; `said` is the row it stood in."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="traces")
    row = models.PositiveIntegerField()
    thing_kind = models.CharField(max_length=30)
    thing_id = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    said = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["thing_kind", "thing_id"], name="trace_thing")]

    def __str__(self) -> str:
        return f"{self.thing_kind}:{self.thing_id} {self.outcome}"


class Matching(models.Model):
    """How the columns of one source were matched the last time, so that nobody has to do it twice."""

    intake = models.CharField(max_length=30)
    # In lower case.
    name = models.CharField(max_length=80)
    columns = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "name"], name="one_matching_per_source")]

    def __str__(self) -> str:
        return f"{self.intake} {self.name}"
