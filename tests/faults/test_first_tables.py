"""The tables of a new forum are made at once. They are those that every migration, one after the other, comes to."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from tests.faults.conftest import empty_on_postgresql
from tests.faults.server import in_the_forum

pytestmark = pytest.mark.slow

_STEP_BY_STEP = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
"""
_AT_ONCE = """
from kompetanseforum.core.first_tables import make_first_tables
make_first_tables()
"""
# By what they do: the database itself names most constraints, after what a table was called when they came. What a model
# names is there by its name. Django's own groups are not used here, and their keys follow a setting.
_SHAPES = """
import json
from django.apps import apps
from django.db import connection
named = {one.name for model in apps.get_models() for one in (*model._meta.indexes, *model._meta.constraints)}
shapes = {}
with connection.cursor() as cursor:
    of = connection.introspection
    for table in of.table_names(cursor):
        if not table.startswith("auth_"):
            columns = [tuple(column) for column in of.get_table_description(cursor, table)]
            rules = of.get_constraints(cursor, table).items()
            shapes[table] = [
                sorted(map(repr, columns)),
                sorted(repr((name if name in named else "", sorted(rule.items()))) for name, rule in rules),
            ]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    shapes["migrations"] = cursor.fetchall()
print(json.dumps(shapes))
"""
_BROKEN_OFF = """
from django.db import connection
from django.db.models import QuerySet
from kompetanseforum.core.first_tables import has_tables, make_first_tables

def fall(_rows, _new):
    raise SystemExit("the power went")

QuerySet.bulk_create = fall
try:
    make_first_tables()
except SystemExit as end:
    print(end)
connection.close()
print(has_tables())
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[dict[str, str]]]:
    """`with empty() as settings`: a database of its own without a table."""
    address = os.environ.get("KF_DATABASE_URL", "")
    if request.param == "sqlite":
        return lambda: nullcontext({})
    if not address:
        pytest.skip("KF_DATABASE_URL is not set")
    return partial(empty_on_postgresql, address)


def test_tables_made_at_once_are_those_that_the_migrations_come_to(
    empty: Callable[[], AbstractContextManager[dict[str, str]]], tmp_path: Path
):
    shapes = []
    for way in (_STEP_BY_STEP, _AT_ONCE):
        with empty() as settings:
            (data := tmp_path / f"{len(shapes)}").mkdir()
            shapes.append(json.loads(in_the_forum(way + _SHAPES, data=data, **settings)))
    step_by_step, at_once = shapes
    assert at_once == step_by_step


def test_a_start_that_was_broken_off_leaves_no_table(
    empty: Callable[[], AbstractContextManager[dict[str, str]]], tmp_path: Path
):
    with empty() as settings:
        assert in_the_forum(_BROKEN_OFF, data=tmp_path, **settings) == "the power went\nFalse\n"
