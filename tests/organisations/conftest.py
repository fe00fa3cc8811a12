"""What the tests of organisations share: files of their own, and a register on this machine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Person
from kompetanseforum.core.outgoing import Bounds, Transport
from kompetanseforum.forum.models import Forum
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.clients import Brreg
from kompetanseforum.organisations.imports import import_register
from kompetanseforum.organisations.models import RegisterImport
from tests.core.outside import Outside, outside
from tests.kompetanse.brreg.making import as_json


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: Path, settings: Any) -> None:
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": default}


@pytest.fixture
def register(settings: Any) -> Iterator[Outside]:
    """Enhetsregisteret, as the operator's setting names it: nothing is at any path before the test says so."""
    with outside() as place:
        settings.SOURCE_URLS = {"KF_BRREG_URL": place.address}
        yield place


@pytest.fixture
def brreg(register: Outside) -> Brreg:
    bounds = Bounds(timeout_seconds=0.5, deadline_seconds=2, attempts=2)
    transport = Transport(hosts=(register.address,), inside=True, bounds=bounds, sleep=lambda _seconds: None)
    return Brreg(base_url=register.address, transport=transport)


BringIn = Callable[..., RegisterImport]


@pytest.fixture
def bring_in(forum: Forum) -> BringIn:
    """`bring_in([unit(1), unit(2)])`: as if the register's file held these, or was these bytes."""

    def run(content: list[dict[str, Any]] | bytes) -> RegisterImport:
        file = content if isinstance(content, bytes) else as_json(content)
        row = start_import(by=None, enqueue=lambda _public_id: None, file_name="enheter.json.gz")
        import_register(row, io.BytesIO(file), size=len(file))
        row.refresh_from_db()
        return row

    return run


@pytest.fixture
def member() -> Callable[..., tuple[Person, Client]]:
    """Somebody signed in, with no role."""

    def make(name: str = "Ola Nes") -> tuple[Person, Client]:
        person = add_person(name=name, email=f"{name.lower().replace(' ', '.').replace('å', 'a')}@firm.example")
        client = Client()
        client.force_login(person)
        return person, client

    return make
