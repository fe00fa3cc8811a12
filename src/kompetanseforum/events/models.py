"""Meetings, who will come, who was there, what was said, what we learnt, and what somebody took on."""

from __future__ import annotations

from django.db import models

from kompetanseforum.accounts.models import Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.organisations.models import Organisation, Sector


class Meeting(models.Model):
    public_id = PublicIdField()
    title = models.CharField(max_length=160)
    # What it is for.
    about = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    # The room and the house.
    place = models.CharField(max_length=160, blank=True)
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    # How many there is room for; empty: no limit.
    places = models.PositiveSmallIntegerField(null=True)
    minutes = models.TextField(blank=True)
    # Else they are for the house: minutes name people.
    minutes_are_public = models.BooleanField(default=False)
    minutes_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # Who called it, as Ref text.
    called_by = models.CharField(max_length=80, blank=True)
    called_at = models.DateTimeField()
    # Made once per form, so that the same form sent twice is one meeting.
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="meeting_when")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """So many were there: from an organisation, from a sector, or one person who says so."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    heads = models.PositiveSmallIntegerField(default=1)
    # They have said yes to their name standing on the page.
    name_is_public = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="one_row_per_organisation_and_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="one_row_per_person_and_meeting",
            ),
            models.UniqueConstraint(
                fields=["meeting", "sector"],
                condition=models.Q(organisation=None, person=None),
                name="one_row_per_sector_and_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sector} {self.heads}"


class SignUpLetter(models.TextChoices):
    """What a letter is about; of two that are owed at once the later says it all."""

    RECEIPT = "receipt"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class SignUp(models.Model):
    """Somebody says that so many will come. Who it was is erased some time after the meeting; how many stays."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sign_ups")
    name = models.CharField(max_length=120, blank=True)
    # In their own words: it becomes an organisation of the forum's when the house says that they were there.
    from_where = models.CharField(max_length=160, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    heads = models.PositiveSmallIntegerField(default=1)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    link_hash = models.CharField(max_length=64, unique=True)
    signed_up_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    # Since when nobody can say who it was.
    forgotten_at = models.DateTimeField(null=True)
    # What they came to be counted in. Taken away again, they can be counted anew.
    attendance = models.ForeignKey(Attendance, null=True, on_delete=models.SET_NULL, related_name="+")
    # The letter that is owed and since when; told_at is when the last one went.
    owed = models.CharField(max_length=10, choices=SignUpLetter, blank=True)
    owed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Made once per form, so that the same form sent twice is one sign-up.
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["attempts", "id"], condition=~models.Q(owed=""), name="sign_up_letter_owed")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sector} {self.heads}"


class Reflection(models.Model):
    """What somebody of the house noticed afterwards: what worked, what we should do otherwise."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reflections")
    words = models.TextField()
    by = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words[:40]


class FollowUp(models.Model):
    """Somebody took it on, with a date."""

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="follow_ups")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField()
    sending_key = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["done_at", "due_on"], name="follow_up_open")]

    def __str__(self) -> str:
        return self.words[:40]
