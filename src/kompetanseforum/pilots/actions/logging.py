"""Writes: a line in a pilot's log, and what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core import clock
from kompetanseforum.core.attached import Attached
from kompetanseforum.core.facts import publish
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.pilots.facts import PilotLogged, PilotTaught
from kompetanseforum.pilots.models import Entry, EntryKind, Learning, Pilot


def log_entry(
    *,
    pilot: Pilot,
    words: str,
    on: date,
    by: Viewer,
    kind: EntryKind = EntryKind.OBSERVATION,
    attached: Attached | None = None,
    sending_key: str | None = None,
) -> Entry:
    """One line in the log. The same `sending_key` again gives the line that is there."""
    if sending_key and (known := Entry.objects.filter(sending_key=sending_key).first()):
        return known
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                pilot=pilot,
                kind=kind,
                words=words.strip(),
                on=on,
                by=the_person(by.person),
                file_name=attached.name if attached else "",
                file_type=attached.type if attached else "",
                stored_as=attached.stored_as if attached else "",
                sending_key=sending_key,
                at=clock.now(),
            )
            Pilot.objects.filter(pk=pilot.pk).update(changed_at=clock.now())
            publish(PilotLogged(pilot=ref(pilot)), by=by.actor, about=ref(pilot))
    except IntegrityError:
        if sending_key and (known := Entry.objects.filter(sending_key=sending_key).first()):
            return known
        raise
    return entry


def add_learnings(*, pilot: Pilot, learnings: Sequence[str], by: Viewer) -> int:
    """What others can use. What stands there already is not written twice. Returns how many are new."""
    new = 0
    with transaction.atomic():
        for words in [line.strip() for line in learnings if line.strip()]:
            searchable = f"{words}\n{pilot.title}".casefold()
            _learning, is_new = Learning.objects.get_or_create(
                pilot=pilot, words=words, defaults={"searchable": searchable, "at": clock.now()}
            )
            new += is_new
        if new:
            Pilot.objects.filter(pk=pilot.pk).update(changed_at=clock.now())
            publish(PilotTaught(pilot=ref(pilot)), by=by.actor, about=ref(pilot))
    return new
