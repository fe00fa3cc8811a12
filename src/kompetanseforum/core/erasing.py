"""What a database keeps of rows that are gone."""

from __future__ import annotations

from django.db import connection


def overwrite_erased() -> None:
    """SQLite: what was deleted is overwritten at once (`secure_delete`); its log of changes is emptied here.

    PostgreSQL overwrites at its next vacuum, which it makes by itself.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
