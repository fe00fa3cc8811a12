"""Bring the database and the built-in rows up to this version. Safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.first_tables import has_tables, make_first_tables


class Command(BaseCommand):
    help = "Bring the database and the built-in rows up to this version."

    def handle(self, *args: Any, **options: Any) -> None:
        _bring_tables()
        for capability in capabilities():
            if capability.install:
                capability.install()


def _bring_tables() -> None:
    if not has_tables():
        make_first_tables()
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
