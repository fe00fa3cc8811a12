"""One region of real files for the whole folder; each test leaves it as it found it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TestCase

from tests.conftest import test_data as data_folder
from tests.real_input.building import steps, timed


@pytest.fixture(scope="package")
def region(django_db_setup: None, django_db_blocker: Any) -> Iterator[Path]:  # Any: pytest-django's own type is private
    """The folder of the files that are in the tables now. `pytest -s` tells how long each step took."""
    data = data_folder()
    if data is None:
        pytest.skip("KF_TEST_DATA is not set")
    with django_db_blocker.unblock(), transaction.atomic():
        for name, step in steps(data):
            # Listeners hear after commit, and here nothing is committed: the region goes when the folder is done.
            with TestCase.captureOnCommitCallbacks(execute=True):
                seconds = timed((name, step))
            print(f"real input: {name} {seconds:.1f} s")
        # What PostgreSQL keeps back to the end would be looked at after each test anew, seconds each time.
        connection.check_constraints()
        yield data
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _as_it_was(region: Path, db: None) -> None:
    """Each test has a transaction of its own inside the region's."""
