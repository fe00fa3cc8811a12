"""This forum: its name, who runs it, who is on duty, and what people have in it."""

from __future__ import annotations

from django.db import models

from kompetanseforum.accounts.models import Person


class Forum(models.Model):
    """One installation is one forum, so there is one row."""

    name = models.CharField(max_length=80, default="Kompetanseforum")
    region = models.CharField(max_length=80, default="Østfold")
    county_code = models.CharField(max_length=2, default="31")
    run_by_nb = models.CharField(max_length=300, blank=True)
    run_by_nn = models.CharField(max_length=300, blank=True)
    run_by_en = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)
    duty_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    # A human answers within so many days; the date stands on every need from the first second.
    answer_days = models.PositiveSmallIntegerField(default=14)
    # Hash of the link that makes the first coordinator; emptied when it is used.
    start_secret_hash = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_forum")]

    def __str__(self) -> str:
        return f"{self.name} {self.region}"


class Role(models.TextChoices):
    COORDINATOR = "coordinator"


class Member(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_row_per_role")]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"
