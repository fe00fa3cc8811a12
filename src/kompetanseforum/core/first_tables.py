"""The tables of a database that has none: made from the models as they are, all or nothing.

The migrations come to the same tables by every step that was ever taken, which takes twenty times as long. They are
for a forum that stands already; `tests/faults/test_first_tables.py` holds the two ways beside each other.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def has_tables() -> bool:
    return bool(connection.introspection.table_names())


def make_first_tables() -> None:
    """Every migration counts as done. For a database without a table; whoever has one is migrated."""
    loader = MigrationLoader(connection)
    done = MigrationRecorder(connection).Migration
    with connection.schema_editor() as editor:
        for model in _models(loader.migrated_apps):
            editor.create_model(model)
        editor.create_model(done)
        done.objects.using(connection.alias).bulk_create(done(app=app, name=name) for app, name in loader.graph.nodes)


def _models(labels: set[str]) -> list[type[Model]]:
    """Those with a table; one that is a field's own comes with that field's model."""
    found = [model for label in sorted(labels) for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model._meta.managed and not model._meta.proxy]
