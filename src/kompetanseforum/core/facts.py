"""What has happened: an append-only log, and listeners that hear of it after the change is kept.

`publish()` writes the fact's row and one delivery row per listener in the transaction of the change.
Listeners run after commit. What a crash or an error left undelivered is retried by the worker, so a
listener is idempotent by fact id, calls one action of its own capability and publishes nothing.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar

from django.db import transaction
from django.utils.functional import Promise

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.models import Delivery, FactRow

log = logging.getLogger(__name__)

# A delivery that failed this often waits for a person (`kompetanseforum doctor` tells).
MOST_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of all facts: past tense, ids only. Every field is a Ref, a text key, a number or a flag."""

    # What the one who did it did, as the log tells it: "Answered a need". Every kind has it.
    says: ClassVar[str | Promise] = ""
    # Fields told after it, and words for their keys: "Answered a need: Being tried".
    details: ClassVar[Mapping[str, Mapping[str, str | Promise]]] = {}
    # Whatever could be read before may be read after it: a page from a moment ago shows nobody what was taken back.
    only_adds: ClassVar[bool] = False
    # The forum itself does it to many things at once: in the log what happened in one minute stands on one line.
    is_gathered: ClassVar[bool] = False


Listener = Callable[[int, Any], None]

_kinds: dict[str, type[Fact]] = {}
_listeners: dict[str, dict[str, Listener]] = defaultdict(dict)


def fact_name(kind: type[Fact]) -> str:
    """`needs.NeedVoiced`: the capability's folder and the class."""
    return f"{kind.__module__.split('.')[1]}.{kind.__name__}"


def listen(kind: type[Fact], listener: Listener) -> None:
    """Let `listener(fact_id, fact)` hear of every `kind`; its name is where it stands."""
    _kinds[fact_name(kind)] = kind
    _listeners[fact_name(kind)][f"{listener.__module__.split('.')[1]}.{listener.__name__}"] = listener


def newest_fact() -> int:
    """The id of what happened last, 0 before anything has: while it stays the same, so does what is counted."""
    return FactRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def only_added_since(number: int) -> bool:
    """Whether nothing that could be read then was hidden, changed or taken back after the fact with this id."""
    names = FactRow.objects.filter(pk__gt=number).values_list("name", flat=True).distinct()
    return all((kind := _kind_called(name)) is not None and kind.only_adds for name in names)


def forget(person: Ref, instead: Ref) -> None:
    """The log no longer says who: where the person did something or was told of, stands `instead`."""
    FactRow.objects.filter(actor=str(person)).update(actor=str(instead))
    FactRow.objects.filter(about_kind=person.kind, about_id=person.id).update(about_id=instead.id)
    for row in FactRow.objects.filter(content__icontains=str(person)):
        row.content = {name: str(instead) if value == str(person) else value for name, value in row.content.items()}
        row.save(update_fields=["content"])


def told_of(person: Ref) -> list[FactRow]:
    """What the log tells that the person did, oldest first."""
    return list(FactRow.objects.filter(actor=str(person)).order_by("pk"))


def wiring() -> dict[str, list[str]]:
    """Every kind of fact and the names of those who listen, for docs/facts.md."""
    return {name: sorted(_listeners.get(name, {})) for name in sorted(kinds())}


def kinds() -> dict[str, type[Fact]]:
    """Every kind of fact by its name."""
    return {fact_name(kind): kind for kind in _all_kinds()}


@cache
def _kind_called(name: str) -> type[Fact] | None:
    return kinds().get(name)


def told(row: FactRow) -> str:
    """What happened, in the reader's language; its bare name for a kind that is gone from the code."""
    kind = _kind_called(row.name)
    if kind is None:
        return row.name
    details = [str(words.get(row.content.get(key), row.content.get(key, ""))) for key, words in kind.details.items()]
    return ": ".join([str(kind.says), *(detail for detail in details if detail)])


def _all_kinds() -> list[type[Fact]]:
    return [kind for kind in Fact.__subclasses__() if kind.__module__.startswith("kompetanseforum.")]


def publish(fact: Fact, *, by: Ref | None, about: Ref) -> int:
    """Write the fact with the change it tells of, and deliver it after commit. Returns the fact's id."""
    name = fact_name(type(fact))
    row = FactRow.objects.create(
        name=name,
        about_kind=about.kind,
        about_id=about.id,
        actor=str(by) if by else "",
        content=_content(fact),
        at=clock.now(),
    )
    waiting = Delivery.objects.bulk_create(
        Delivery(fact=row, listener=listener) for listener in _listeners.get(name, {})
    )
    if waiting:
        transaction.on_commit(lambda: _deliver_all(waiting))
    return row.pk


def _content(fact: Fact) -> dict[str, Any]:
    values = {field.name: getattr(fact, field.name) for field in fields(fact)}
    return {name: str(value) if isinstance(value, Ref) else value for name, value in values.items()}


def _read(row: FactRow) -> Fact:
    kind = _kinds[row.name]
    content = dict(row.content)
    for field in fields(kind):
        if field.type in (Ref, "Ref"):
            content[field.name] = Ref.parse(content[field.name])
    return kind(**content)


def _deliver_all(deliveries: list[Delivery]) -> None:
    for delivery in deliveries:
        deliver(delivery)


def deliver(delivery: Delivery) -> bool:
    """Let one listener hear one fact. True when it was heard; an error is logged and tried again later."""
    listener = _listeners.get(delivery.fact.name, {}).get(delivery.listener)
    try:
        if listener is not None:  # a listener that is gone from the code has nothing to hear
            listener(delivery.fact_id, _read(delivery.fact))
    except Exception as error:
        log.exception("%s did not hear %s %s", delivery.listener, delivery.fact.name, delivery.fact_id)
        delivery.attempts += 1
        delivery.last_error = repr(error)[:500]
        delivery.save(update_fields=["attempts", "last_error"])
        return False
    delivery.delete()
    return True


def deliver_pending(*, older_than: timedelta = timedelta(seconds=30), most: int = 200) -> int:
    """Deliver what a crash or an error left. Returns how many were heard; the worker calls this."""
    waiting = Delivery.objects.filter(fact__at__lt=clock.now() - older_than, attempts__lt=MOST_ATTEMPTS)
    return sum(deliver(delivery) for delivery in waiting.select_related("fact").order_by("pk")[:most])
