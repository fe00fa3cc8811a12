"""People who can sign in or who answer, the ways they sign in, and what they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.refs import PublicIdField


class Notices(models.TextChoices):
    """How often somebody wants news by e-mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("At most once a day")
    NEVER = "never", _("Never")


class Person(AbstractBaseUser):
    """Nobody has a password: the column holds an unusable one, and all sessions end when it is made anew."""

    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    # An address that the person has shown to be theirs, by a code; empty until then.
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=2, default="nb")
    notices = models.CharField(max_length=8, choices=Notices, default=Notices.AT_ONCE)
    is_active = models.BooleanField(default=True)
    # One of the demo forum's made-up people: anybody may try the forum as them.
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "public_id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_person_per_email")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[0], *parts[1:][-1:]) if part).upper() if parts else "?"

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


class SignInCode(models.Model):
    """A code on its way to an address. Only its hash is kept, and the row goes when the code is used or too old."""

    email = models.EmailField(db_index=True)
    code_hash = models.CharField(max_length=64)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at}"


class Passkey(models.Model):
    """A key in somebody's phone, machine or stick: its public half, and a name to know it by."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    # As the browser names it, base64url.
    credential_id = models.CharField(max_length=400, unique=True)
    credential = models.BinaryField()
    # Grows at each use where the key counts at all; one that does not grow is a copy.
    sign_count = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """What another service (Feide, ID-porten, Ansattporten) calls a person. Nothing but the name of the key is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=20)
    subject = models.CharField(max_length=255)
    # The organisation number that Ansattporten said the person acts for, the last time.
    represents = models.CharField(max_length=9, blank=True)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="one_person_per_identity")]

    def __str__(self) -> str:
        return self.provider


class Held(models.Model):
    """What a person holds as a device would: voices by their links, and what is followed (core.held)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held")
    which = models.CharField(max_length=8)
    kind = models.CharField(max_length=30)
    ref_id = models.CharField(max_length=120)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "which", "kind", "ref_id"], name="held_once")]
        indexes = [models.Index(fields=["kind", "ref_id"], name="held_by_whom")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref_id}"


class SignIn(models.Model):
    """A session in which somebody is signed in, so that its owner sees it and ends it. Gone when the session is."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=20)
    # The names of the browser and the system, and nothing else of what the browser says of itself.
    device = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.device} {self.since}"
