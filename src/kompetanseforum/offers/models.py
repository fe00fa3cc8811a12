"""What education offers: content, structure and method, and how each offer has changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.core.text_index import TextIndex
from kompetanseforum.organisations.models import Organisation


class OfferKind(models.TextChoices):
    COURSE = "course", _("Course")
    PROGRAMME = "programme", _("Programme")
    MODULE = "module", _("Module")


class Delivery(models.TextChoices):
    CLASSROOM = "classroom", _("In the classroom")
    ONLINE = "online", _("Online")
    AT_WORK = "at_work", _("At work")
    SIMULATION = "simulation", _("Simulation")
    EVENING = "evening", _("Evening")
    GATHERINGS = "gatherings", _("Gatherings")


class Level(models.TextChoices):
    """In everyday words; NKR/EQF levels 2, 4, 5–6 and 7. The same four as a need's."""

    INTRO = "intro", _("Introduction")
    TRADE = "trade", _("Trade certificate level")
    COLLEGE = "college", _("College level")
    MASTER = "master", _("Master's level")


class HeldReason(models.TextChoices):
    VISITOR = "visitor", _("Registered by somebody we do not know yet")
    TRAP = "trap", _("Filled in a field people do not see")
    ADDRESS = "address", _("The web address was changed by somebody we do not know")


class Offer(models.Model):
    public_id = PublicIdField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=OfferKind)
    provider = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="offers")
    language = models.CharField(max_length=2, default="nb")
    description = models.TextField(blank=True)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    nkr_level = models.PositiveSmallIntegerField(null=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    # Method: Delivery values.
    delivery = models.JSONField(default=list)
    # Structure.
    credits = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    weeks = models.PositiveSmallIntegerField(null=True)
    hours_per_week = models.PositiveSmallIntegerField(null=True)
    is_part_time = models.BooleanField(default=False)
    places_per_year = models.PositiveIntegerField(null=True)
    price_nok = models.PositiveIntegerField(null=True)
    url = models.URLField(blank=True)
    # Field of study, as in ISCED-F 2013 (0715); said by some sources only.
    isced = models.CharField(max_length=4, blank=True)
    # Where it comes from: "form", "demo", "udir", "csv:…" (a catalogue, whatever its format); with source_id it is found again at re-import.
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=80)
    fresh_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    # When it took the form it has now.
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Its source was read whole and does not have it any more.
    missing_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    # False when every learning outcome is of an expired curriculum: kept and marked, not counted as supply.
    is_counted = models.BooleanField(default=True)
    # Held for a look: seen by coordinators and by the device that registered it, until it is released.
    held_reason = models.CharField(max_length=10, choices=HeldReason, blank=True)
    # Made by the browser once per form, so that the same form sent twice is one offer.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    # What a search may find (core.text_index.plain).
    searchable = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_offer_per_source_id")]
        indexes = [
            models.Index(fields=["title"], name="offer_title"),
            models.Index(fields=["-changed_at"], name="offer_newest"),
            TextIndex(fields=["searchable"], name="offer_text"),
        ]

    def __str__(self) -> str:
        return self.title


class Start(models.Model):
    """A day the offer begins."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="starts")
    on = models.DateField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["offer", "on"], name="one_start_per_day")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.on}"


class LearningOutcome(models.Model):
    public_id = PublicIdField()
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="outcomes")
    text = models.TextField()
    language = models.CharField(max_length=2, default="nb")
    # Udir's code of a competence goal (KM2677, K4034).
    code = models.CharField(max_length=20, blank=True)
    # LK20, LK06, or empty; an expired curriculum is kept and shown, not counted.
    curriculum = models.CharField(max_length=10, blank=True)
    is_counted = models.BooleanField(default=True)
    # URIs of ESCO skills that whoever offers it has named outright.
    declared = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class OfferVersion(models.Model):
    """What the offer said up to a change; the present stands in the offer itself."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    # A Content (queries/content.py) as plain values.
    content = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    changed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_row_per_version")]

    def __str__(self) -> str:
        return f"{self.offer} {self.number}"
