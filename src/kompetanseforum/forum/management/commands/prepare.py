"""Bring the database and the built-in rows up to this version. Safe to run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kompetanseforum.core.capability import capabilities


class Command(BaseCommand):
    help = "Bring the database and the built-in rows up to this version."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        for capability in capabilities():
            if capability.install:
                capability.install()
