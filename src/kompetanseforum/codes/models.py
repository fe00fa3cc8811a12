"""Reference data: municipalities, occupation groups and industries."""

from __future__ import annotations

from django.db import models


class Municipality(models.Model):
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)
    county_code = models.CharField(max_length=2)
    county_name = models.CharField(max_length=80)
    # One lives "på Hvaler" but "i Moss".
    preposition = models.CharField(max_length=2, default="i")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OccupationGroup(models.Model):
    """A group of STYRK-08, Statistics Norway's version of ISCO-08 (they differ: see kompetanse.esco.crosswalk)."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=200)
    parent_code = models.CharField(max_length=4, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Industry(models.Model):
    """A code of SN2007, the Norwegian NACE."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=200)
    parent_code = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
