"""Writes: a person comes in, a person is signed in."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock


def add_person(*, name: str, email: str = "", phone: str = "", language: str = "nb") -> Person:
    person = Person(name=name, email=email, phone=phone, language=language, joined_at=clock.now())
    person.set_unusable_password()
    person.save()
    return person


def sign_in(request: HttpRequest, *, person: Person) -> None:
    """Start a session of the person's own; what the device held as a guest goes along."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")


def sign_out(request: HttpRequest) -> None:
    logout(request)
