"""Files that a coordinator sends, and the worker that brings them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanseforum.forum.models import Forum
from kompetanseforum.intake.imports import bring_in_batch
from kompetanseforum.intake.models import Batch
from kompetanseforum.skills.models import Concept, Label

WELDING = "http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000001"


@pytest.fixture
def region(forum: Forum) -> Forum:
    concept = Concept.objects.create(uri=WELDING, kind="skill")
    Label.objects.create(concept=concept, language="nb", role="label", origin="local", text="sveise aluminium")
    return forum


Send = Callable[..., Batch]


@pytest.fixture
def send(coordinator_client: Client, region: Forum) -> Send:
    """`send(content)` chooses a file; `bring=True` presses the button too, and lets the worker do it."""

    def choose(
        content: bytes | str, *, key: str = "behov", name: str = "LO", file_name: str = "svar.csv", bring: bool = False
    ) -> Batch:
        body = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile(file_name, body)
        coordinator_client.post(f"/innhenting/ny/{key}", {"file": file, "name": name})
        batch = Batch.objects.latest("pk")
        if bring:
            coordinator_client.post(f"/innhenting/{batch.public_id}")
            bring_in_batch(batch.public_id)
            batch.refresh_from_db()
        return batch

    return choose


@pytest.fixture
def page(coordinator_client: Client) -> Callable[[str], str]:
    def read(url: str) -> str:
        answer = coordinator_client.get(url, follow=True)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content.decode()

    return read
