"""Demand and supply laid out line by line, so that every number can be opened and summed again.

A line is one voice (or one learning outcome) that counts for one skill, with the dimensions the map is cut
by and the time it counted. Lines of one need or one offer are replaced together.
"""

from __future__ import annotations

from django.db import models

from kompetanseforum.skills.models import Concept


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
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "voice_id"], name="one_demand_line")]

    def __str__(self) -> str:
        return f"{self.voice_id} asks {self.skill_id}"


class SupplyLine(models.Model):
    skill = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    offer_id = models.CharField(max_length=10, db_index=True)
    outcome_id = models.CharField(max_length=10)
    # Places a year; an offer that does not say counts as an offer with no known places.
    places = models.PositiveIntegerField(null=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    is_confirmed = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "outcome_id"], name="one_supply_line")]

    def __str__(self) -> str:
        return f"{self.outcome_id} teaches {self.skill_id}"
