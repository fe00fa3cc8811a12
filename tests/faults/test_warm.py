"""A process that was copied is as one that started from nothing: the same settings, the same end, told in the same way."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import warm
from tests.faults.server import _from_nothing, environment

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not warm.IS_WANTED, reason="copies are made on Linux alone")]

_SETTINGS = """
import django; django.setup()
import json, logging
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from kompetanse.linking.folders import dictionary_folder
told = {"database": str(connection.settings_dict), "vendor": connection.vendor, "cache": type(caches["default"]).__name__}
said = told | {name: repr(getattr(settings, name)) for name in dir(settings) if name.isupper() and name != "SECRET_KEY"}
said |= {"dictionaries": str(dictionary_folder()), "files": default_storage.path("x"), "mail": type(get_connection()).__module__, "log": logging.getLogger().level}
print(json.dumps(said, sort_keys=True))
"""


def _both(*words: str, data: Path, **settings: str) -> list[subprocess.CompletedProcess[str]]:
    env = environment(data, DJANGO_SETTINGS_MODULE="kompetanseforum.config.settings", **settings)
    cold = subprocess.run(_from_nothing(words), env=env, capture_output=True, text=True, check=False)
    return [warm.run(words, env=env), cold]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {
            "KF_ADDRESS": "https://forum.example",
            "KF_DATABASE_URL": "postgresql://somebody:secret@127.0.0.1:5/forum",
            "KF_REDIS_URL": "redis://127.0.0.1:6/0",
            "KF_MAIL_URL": "smtp://127.0.0.1:7",
            "KF_LOG_LEVEL": "DEBUG",
            "KF_PROXIES": "2",
            "KF_FEIDE": "client:secret",
        },
    ],
    ids=["none", "many"],
)
def test_it_has_the_settings_it_was_given_and_no_other(given: dict[str, str], tmp_path: Path) -> None:
    copied, cold = _both("-c", _SETTINGS, data=tmp_path / "data", **given)
    assert (copied.stdout, copied.returncode) == (cold.stdout, 0), cold.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("-c", "raise SystemExit('Not so')"),
        ("-c", "raise SystemExit(7)"),
        ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        ("-c", "import atexit; atexit.register(print, 'Farewell'); print('Hello')"),
        ("restore", "no-such-file.zip"),
    ],
    ids=["words", "a number", "killed", "whole", "a command"],
)
def test_it_ends_alike(words: tuple[str, ...], tmp_path: Path) -> None:
    copied, cold = _both(*words, data=tmp_path / "data")
    assert (copied.stdout, copied.stderr, copied.returncode) == (cold.stdout, cold.stderr, cold.returncode)
