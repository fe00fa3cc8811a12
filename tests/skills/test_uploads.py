"""A coordinator uploads ESCO, sees how far it has come, and is told what is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from kompetanse.esco import Problem
from kompetanseforum.core import clock
from kompetanseforum.skills.actions import note_progress
from kompetanseforum.skills.forms import EscoUploadForm, problem_text
from kompetanseforum.skills.imports import import_upload
from kompetanseforum.skills.models import Concept, EscoUpload, ImportState
from kompetanseforum.skills.queries import progress_of
from tests.kompetanse.esco.making import WELD, english, skills, zipped

pytestmark = pytest.mark.django_db

NAME = "ESCO dataset - v1.1.1 - classification - en - csv.zip"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": default}  # type: ignore[attr-defined]


def uploaded(tmp_path: Path, files: dict[str, str], *, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, zipped(tmp_path / "made.zip", files).read_bytes())


def send(client: Client, tmp_path: Path, files: dict[str, str], **fields: str) -> EscoUpload:
    response = client.post("/kompetanse/esco", {"file": uploaded(tmp_path, files), **fields})
    upload = EscoUpload.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/kompetanse/esco/{upload.public_id}")
    return upload


def page(client: Client, upload: EscoUpload, **headers: str) -> str:
    response = client.get(f"/kompetanse/esco/{upload.public_id}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_an_uploaded_file_waits_in_the_queue_and_is_then_brought_in(coordinator_client: Client, tmp_path: Path):
    upload = send(coordinator_client, tmp_path, english())
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == ("kompetanseforum.skills.jobs.import_esco", [upload.public_id])
    assert "Den venter på tur" in page(coordinator_client, upload)

    import_upload(upload.public_id)
    upload.refresh_from_db()
    assert (upload.state, upload.counts["concepts"]) == ("done", 5)
    assert not default_storage.exists(upload.stored_as)
    done = page(coordinator_client, upload)
    assert "ESCO er på plass" in done
    assert "hx-get" not in done
    assert "ESCO 1.1.1, en" in coordinator_client.get("/kompetanse/esco").content.decode()


def test_the_page_fetches_itself_until_it_has_ended(coordinator_client: Client, tmp_path: Path):
    upload = send(coordinator_client, tmp_path, english())
    fragment = page(coordinator_client, upload, **{"HX-Request": "true"})
    assert f'hx-get="/kompetanse/esco/{upload.public_id}"' in fragment
    assert "<html" not in fragment


def test_the_same_file_again_says_that_nothing_changed(coordinator_client: Client, tmp_path: Path):
    import_upload(send(coordinator_client, tmp_path, english()).public_id)
    EscoUpload.objects.all().delete()
    upload = send(coordinator_client, tmp_path, english())
    import_upload(upload.public_id)
    assert "Ingenting er endret" in page(coordinator_client, upload)


def test_a_job_that_runs_twice_does_its_work_once(coordinator_client: Client, tmp_path: Path):
    upload = send(coordinator_client, tmp_path, english())
    import_upload(upload.public_id)
    import_upload(upload.public_id)
    upload.refresh_from_db()
    assert upload.state == "done"


def test_what_only_the_job_can_see_is_told_on_the_progress_page(coordinator_client: Client, tmp_path: Path):
    half = english() | {"skills_en.csv": skills((WELD, "weld", "a\nb"))[:-14]}
    upload = send(coordinator_client, tmp_path, half)
    import_upload(upload.public_id)
    shown = page(coordinator_client, upload)
    assert "Fila stopper midt i (skills_en.csv" in shown
    assert "Det som var her før, står." in shown
    assert not Concept.objects.exists()


@pytest.mark.alike
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>Log in</html>", "er ikke en zip-fil"),
        (b"PK\x03\x04 and then nothing", "Zip-fila er ødelagt"),
        (b"", "Fila er tom"),
        (None, "Velg zip-fila."),
    ],
)
def test_a_wrong_file_is_told_at_once_and_nothing_is_kept(coordinator_client: Client, content: bytes | None, said: str):
    fields = {} if content is None else {"file": SimpleUploadedFile(NAME, content)}
    response = coordinator_client.post("/kompetanse/esco", fields)
    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert 'href="#id_file"' in text
    assert not EscoUpload.objects.exists()


def test_a_zip_of_something_else_is_told_at_once(coordinator_client: Client, tmp_path: Path):
    response = coordinator_client.post("/kompetanse/esco", {"file": uploaded(tmp_path, {"photo.jpg": ""})})
    assert "Vi fant ingen av ESCOs filer" in response.content.decode()


def test_a_renamed_file_needs_its_version(coordinator_client: Client, tmp_path: Path):
    form = EscoUploadForm({"version": ""}, {"file": uploaded(tmp_path, english(), name="esco.zip")})
    assert form.errors == {"version": ["Vi ser ikke hvilken versjon dette er. Skriv den inn, for eksempel 1.2.0."]}
    form = EscoUploadForm({"version": "newest"}, {"file": uploaded(tmp_path, english())})
    assert list(form.errors) == ["version"]
    assert EscoUploadForm({"version": "1.2"}, {"file": uploaded(tmp_path, english(), name="esco.zip")}).is_valid()


@pytest.mark.alike
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_problem_is_told_in_the_readers_language(language: str):
    for code in get_args(Problem):
        with translation.override("en"):
            english_text = problem_text(code, "skills_nb.csv")
        with translation.override(language):
            text = problem_text(code, "skills_nb.csv")
        assert text != english_text
        assert "%(" not in text


def test_inside_the_imports_transaction_progress_is_kept_where_others_see_it(
    coordinator_client: Client, tmp_path: Path
):
    upload = send(coordinator_client, tmp_path, english())
    with transaction.atomic():
        note_progress(upload, state=ImportState.STORING, done=50, total=200)
    upload.refresh_from_db()
    assert upload.state == "waiting"
    assert (progress_of(upload).state, progress_of(upload).done) == ("storing", 50)
    assert '<progress value="50" max="200"' in page(coordinator_client, upload)


def test_an_import_that_has_been_silent_for_long_is_told_as_stopped(
    coordinator_client: Client, tmp_path: Path, noon: object
):
    upload = send(coordinator_client, tmp_path, english())
    EscoUpload.objects.update(state=ImportState.STORING, changed_at=clock.now() - timedelta(minutes=11))
    shown = page(coordinator_client, upload)
    assert "Det stoppet opp" in shown
    assert "hx-get" not in shown


def test_nobody_else_may_import_or_see_it(client: Client, coordinator_client: Client, tmp_path: Path):
    upload = send(coordinator_client, tmp_path, english())
    assert client.get("/kompetanse/esco").status_code == 403
    assert client.post("/kompetanse/esco", {"file": uploaded(tmp_path, english())}).status_code == 403
    assert client.get(f"/kompetanse/esco/{upload.public_id}").status_code == 403
    assert EscoUpload.objects.count() == 1
