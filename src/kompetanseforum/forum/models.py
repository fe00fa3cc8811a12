"""This forum: its name, who runs it, who is on duty, and what people have in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField


class Palette(models.TextChoices):
    """Sets of colours from Designsystemet's generator; each holds the contrasts the law asks for."""

    GLOMMA = "glomma", _("Glomma, blue-green")
    FOREST = "skog", _("Forest, green")
    FJORD = "fjord", _("Fjord, blue")
    PLUM = "plomme", _("Plum, purple")


class Forum(models.Model):
    """One installation is one forum, so there is one row."""

    name = models.CharField(max_length=80, default="Kompetanseforum")
    region = models.CharField(max_length=80, default="Østfold")
    county_code = models.CharField(max_length=2, default="31")
    run_by_nb = models.CharField(max_length=300, blank=True)
    run_by_nn = models.CharField(max_length=300, blank=True)
    run_by_en = models.CharField(max_length=300, blank=True)
    # What stands at the top of the front page; empty for the words that come with it.
    headline_nb = models.CharField(max_length=80, blank=True)
    headline_nn = models.CharField(max_length=80, blank=True)
    headline_en = models.CharField(max_length=80, blank=True)
    palette = models.CharField(max_length=12, choices=Palette, default=Palette.GLOMMA)
    # Bokmål and nynorsk are always there: the law gives people both.
    has_english = models.BooleanField(default=True)
    # Coordinators get to the desk only when they have signed in with a passkey, or a service that asks for two things.
    demands_passkey = models.BooleanField(default=False)
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

    @property
    def offered_languages(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in settings.LANGUAGES if self.has_english or code != "en"]


class Role(models.TextChoices):
    """What somebody is in the forum, most first. Who speaks for an organisation stands with the organisations."""

    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    PARTICIPANT = "participant", _("Participant")
    GUEST = "guest", _("Guest")


class Member(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_row_per_role")]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class Invitation(models.Model):
    """A letter to one address, or a link and QR for everybody in a room. Only the secret's hash is kept."""

    public_id = PublicIdField()
    role = models.CharField(max_length=20, choices=Role)
    # Empty for a room's.
    email = models.EmailField(blank=True)
    # What the room's is for, in the coordinator's words.
    occasion = models.CharField(max_length=120, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_count = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"invitation:{self.public_id}"


class Cycle(models.Model):
    """The forum's round of priorities, two years or so; only one is open at a time, and those before it are kept."""

    public_id = PublicIdField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # What the forum puts first in it, one in each line.
    priorities = models.TextField(blank=True)
    # How the forum works in it, in words.
    method = models.TextField(blank=True)
    # What came of the period, written when it ends.
    summary = models.TextField(blank=True)
    is_open = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=models.Q(is_open=True), name="one_open_cycle"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="cycle_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def first_things(self) -> list[str]:
        return [line.strip() for line in self.priorities.splitlines() if line.strip()]
