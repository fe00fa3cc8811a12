"""Reference data: municipalities, occupation groups and industries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class MajorGroup(models.TextChoices):
    """The ten major groups of ISCO-08 and STYRK-08, in words people use."""

    ARMED_FORCES = "0", _("Armed forces and unspecified")
    MANAGERS = "1", _("Managers")
    PROFESSIONALS = "2", _("Work that asks for a long education")
    TECHNICIANS = "3", _("Work that asks for a shorter higher education")
    CLERKS = "4", _("Office and customer service")
    SERVICE_AND_SALES = "5", _("Care, sales and service")
    AGRICULTURE = "6", _("Farming, forestry and fishing")
    CRAFT = "7", _("Crafts and building")
    OPERATORS = "8", _("Machines, process and transport")
    ELEMENTARY = "9", _("Cleaning and assistant work")


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
