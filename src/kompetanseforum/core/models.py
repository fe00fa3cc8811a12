"""Tables of the devices: the fact log and what of it is not yet delivered."""

from __future__ import annotations

from django.db import models


class FactRow(models.Model):
    """One thing that happened. Rows are only ever added; erasure puts one who is nobody in an actor's place."""

    name = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=30)
    about_id = models.CharField(max_length=40)
    actor = models.CharField(max_length=80, blank=True)
    content = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "core_fact"
        indexes = [
            models.Index(fields=["about_kind", "about_id", "id"], name="fact_about"),
            models.Index(fields=["at"], name="fact_at"),
            # For the log: what one person did, and where one kind of thing happened.
            models.Index(fields=["actor", "at"], name="fact_actor"),
            models.Index(fields=["name", "at"], name="fact_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.about_kind}:{self.about_id}"


class Delivery(models.Model):
    """A fact that a listener has not heard yet; the row goes when it has."""

    fact = models.ForeignKey(FactRow, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "listener"], name="one_delivery_per_listener")]

    def __str__(self) -> str:
        return f"{self.fact} → {self.listener}"
