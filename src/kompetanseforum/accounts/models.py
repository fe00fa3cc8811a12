"""People who can sign in or who answer."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kompetanseforum.core.refs import PublicIdField


class Person(AbstractBaseUser):
    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=2, default="nb")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "public_id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[0], *parts[1:][-1:]) if part).upper() if parts else "?"

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name
