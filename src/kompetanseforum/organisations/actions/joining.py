"""Writes: two organisations that are one become one, with all that was said, promised and noted of both; and parted again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction

from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.organisations.facts import OrganisationsJoined, OrganisationsParted
from kompetanseforum.organisations.models import Department, Joining, Organisation

# What the kept one takes over where it has said nothing itself.
_FILLED = ("sector", "size", "municipality_id", "organisation_number", "found_since", "name_shared_at", "knows")
_KEPT_OF_BOTH = ("name", "kind", "runs_forum", "is_sole_proprietor", *_FILLED)
_TIMES = ("found_since", "name_shared_at")


class CannotJoin(Exception):
    """They are the same already, or have a number each in the register: then they are two."""


@transaction.atomic
def join_organisations(*, kept: Organisation, joined: Organisation, by: Person) -> Joining:
    """All that points at `joined` points at `kept`. Raises CannotJoin."""
    pair = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=(kept.pk, joined.pk))}
    if len(pair) < 2 or any(one.joined_into_id for one in pair.values()):
        raise CannotJoin
    kept, joined = pair[kept.pk], pair[joined.pk]
    if kept.organisation_number and joined.organisation_number:
        raise CannotJoin
    before = {str(one.pk): _said_by(one) for one in (kept, joined)}
    moved = [*_move_departments(kept, joined), *_move_rows(kept, joined)]
    made = Joining.objects.create(
        kept=kept, joined=joined, name=joined.name, moved=moved, before=before, by=by, at=clock.now()
    )
    _fill(kept, joined)
    publish(OrganisationsJoined(kept=ref(kept), joined=ref(joined)), by=ref(by), about=ref(kept))
    return made


def _said_by(one: Organisation) -> dict[str, Any]:
    """As JSON holds it."""
    return {
        name: value.isoformat() if name in _TIMES and (value := getattr(one, name)) else getattr(one, name)
        for name in _KEPT_OF_BOTH
    }


def _fill(kept: Organisation, joined: Organisation) -> None:
    taken = {name: getattr(joined, name) for name in _FILLED if not getattr(kept, name) and getattr(joined, name)}
    # A number is one organisation's; and no list, search or page finds the joined one by itself.
    joined.name = joined.knows = ""
    joined.organisation_number = joined.found_since = None
    joined.runs_forum, kept.runs_forum = False, kept.runs_forum or joined.runs_forum
    joined.joined_into = kept
    joined.save()
    for name, value in taken.items():
        setattr(kept, name, value)
    kept.save()


def _move_departments(kept: Organisation, joined: Organisation) -> Iterator[list[Any]]:
    """One of the same name is the same one: what is the joined one's part of it stays there, under that name."""
    names = set(kept.departments.values_list("name", flat=True))
    for department in joined.departments.exclude(name__in=names):
        yield _moved(department, "organisation", kept)


def _move_rows(kept: Organisation, joined: Organisation) -> Iterator[list[Any]]:
    """Whatever has a foreign key to an organisation, in every capability: those above are not known here by name."""
    for relation in Organisation._meta.related_objects:
        if relation.related_model in (Joining, Organisation, Department) or not relation.one_to_many:
            continue
        field = relation.field.name
        for row in relation.related_model._default_manager.filter(**{field: joined}).order_by("pk"):
            try:
                # Both had one: one voice behind a need, one yes to speak. What is the joined one's stays as it was.
                with transaction.atomic():
                    yield _moved(row, field, kept)
            except IntegrityError:
                continue


def _moved(row: models.Model, field: str, kept: Organisation) -> list[Any]:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: kept})
    return [row._meta.label, field, row.pk]


@transaction.atomic
def part_organisations(*, joining: Joining, by: Person) -> None:
    """As if they had never been joined; what has come to the kept one since stays there. Raises CannotJoin."""
    joining = Joining.objects.select_for_update().select_related("kept", "joined").get(pk=joining.pk)
    kept, joined = joining.kept, joining.joined
    if joining.undone_at is not None or kept.joined_into_id is not None:
        raise CannotJoin
    for label, field, pk in joining.moved:
        rows = apps.get_model(label)._default_manager.filter(pk=pk, **{field: kept})
        try:
            with transaction.atomic():
                rows.update(**{field: joined})
        except IntegrityError:
            continue
    before = joining.before[str(kept.pk)], joining.before[str(joined.pk)]
    joined.joined_into = None
    _set_back(kept, before[0], only_if=before[1])
    _set_back(joined, before[1])
    joining.undone_at = clock.now()
    joining.save(update_fields=["undone_at"])
    publish(OrganisationsParted(kept=ref(kept), joined=ref(joined)), by=ref(by), about=ref(kept))


def _set_back(one: Organisation, before: dict[str, Any], *, only_if: dict[str, Any] | None = None) -> None:
    """`only_if`: what it took over from the other goes; what somebody has said since stays."""
    now = _said_by(one)
    for name, value in before.items():
        if only_if is None or (now[name] != value and now[name] == only_if[name]):
            setattr(
                one,
                name,
                cast("models.Field[Any, Any]", one._meta.get_field(name.removesuffix("_id"))).to_python(value),
            )
    one.save()
