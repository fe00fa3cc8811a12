"""Challenges: a "how might we …" that gathers needs and ideas, and a team across sectors. What it gathers stands in the thread."""

from __future__ import annotations

from django.db import models

from kompetanseforum.accounts.models import Person
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.forum.models import Cycle
from kompetanseforum.organisations.models import Organisation, Sector


class Challenge(models.Model):
    public_id = PublicIdField()
    # "How might we …"
    question = models.CharField(max_length=240)
    about = models.TextField(blank=True)
    cycle = models.ForeignKey(Cycle, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who opened it, as Ref text.
    opened_by = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # Where it ended, in words.
    closed_words = models.CharField(max_length=500, blank=True)
    # Made once per form, so that the same form sent twice is one challenge.
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["closed_at", "-opened_at"], name="challenge_open")]

    def __str__(self) -> str:
        return self.question


class TeamMember(models.Model):
    """An organisation or a person in the team, or invited to it."""

    public_id = PublicIdField()
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="team")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    # They have said yes to their name standing on the page.
    name_is_public = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)
    # Where the invitation goes by letter; forgotten when it is sent.
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"],
                condition=models.Q(left_at=None, organisation__isnull=False),
                name="one_place_per_organisation_and_challenge",
            ),
            models.UniqueConstraint(
                fields=["challenge", "person"],
                condition=models.Q(left_at=None, person__isnull=False),
                name="one_place_per_person_and_challenge",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ models.Q(person__isnull=False),
                name="an_organisation_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.sector}"
