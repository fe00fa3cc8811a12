"""What stands for a whole file of tests: made once, since making it takes longer than most tests, and found as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def one_transaction(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Round a whole file, where other tests have one each. For a fixture `db` of the file's own."""
    whole = transaction.atomic()
    # As Django's own TestCase marks the one that stands round a test.
    whole._from_testcase = True  # type: ignore[attr-defined]
    with blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)


@contextmanager
def as_it_was() -> Iterator[None]:
    """What is done in here, the next one does not find done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
