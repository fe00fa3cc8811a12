"""Workplaces, schools and others who speak, offer or answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField


class Sector(models.TextChoices):
    """The quadruple helix, with the social partners on their own."""

    BUSINESS = "business", _("Business")
    EDUCATION = "education", _("Education")
    PUBLIC = "public", _("Public sector")
    SOCIAL_PARTNER = "social_partner", _("Unions and employers")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    RESEARCH = "research", _("Research")
    STUDENT = "student", _("Students and apprentices")


class SizeClass(models.TextChoices):
    """Employees, in the steps of the business register (1–4 are a range there, never a number)."""

    MICRO = "1-4", _("1–4 employees")
    SMALL = "5-19", _("5–19 employees")
    MEDIUM = "20-99", _("20–99 employees")
    LARGE = "100+", _("100 employees or more")


class Organisation(models.Model):
    public_id = PublicIdField()
    name = models.CharField(max_length=160)
    # The key of a Kind.
    kind = models.CharField(max_length=40, default="other")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    size = models.CharField(max_length=6, choices=SizeClass, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    organisation_number = models.CharField(max_length=9, null=True, unique=True)
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name


class Kind(models.Model):
    """An everyday kind of workplace with its article: what others see where the name is not shown."""

    key = models.CharField(max_length=40, unique=True)
    industry_code = models.CharField(max_length=6, blank=True)
    text_nb = models.CharField(max_length=80)
    text_nn = models.CharField(max_length=80)
    text_en = models.CharField(max_length=80)

    class Meta:
        ordering = ["text_nb"]

    def __str__(self) -> str:
        return self.key
