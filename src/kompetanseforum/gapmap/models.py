"""Demand and supply laid out line by line, so that every number can be opened and summed again.

A line is one voice (or one learning outcome) that counts for one skill, with the dimensions the map is cut
by and the time it counted. Lines of one need or one offer are written together; a line is ended, never removed.
"""

from __future__ import annotations

from django.db import models

from kompetanseforum.skills.models import Concept


class Revision(models.Model):
    """One row, whose number grows with every change of lines. Whoever writes lines holds it, so writes queue up
    and numbers become visible in order; whoever keeps lines in memory sees by it what is new.
    """

    number = models.PositiveBigIntegerField(default=0)
    # Another database (restored, begun anew) has another, however its number stands.
    token = models.CharField(max_length=10)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_gap_revision")]

    def __str__(self) -> str:
        return str(self.number)


class DemandLine(models.Model):
    skill = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    need_id = models.CharField(max_length=10, db_index=True)
    voice_id = models.CharField(max_length=10)
    people = models.PositiveIntegerField()
    horizon = models.CharField(max_length=5)
    sector = models.CharField(max_length=20, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    # ISCO-08 group of the occupation named in the words, where one is.
    occupation_group = models.CharField(max_length=4, blank=True)
    # A person has said that the words mean this skill, and the organisation stands behind it.
    is_confirmed = models.BooleanField()
    # A person has said that the words mean this skill.
    is_link_confirmed = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    # The Revision it was last written at.
    revision = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "voice_id"], condition=models.Q(until=None), name="one_open_demand_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} asks {self.skill_id}"


class SupplyLine(models.Model):
    skill = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    offer_id = models.CharField(max_length=10, db_index=True)
    outcome_id = models.CharField(max_length=10)
    # Places a year; an offer that does not say counts as an offer with no known places.
    places = models.PositiveIntegerField(null=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    # A person has said that the outcome means this skill.
    is_confirmed = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    revision = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "outcome_id"], condition=models.Q(until=None), name="one_open_supply_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} teaches {self.skill_id}"
