"""Reads: a room as a step of the thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.codesign.models import Room, Stage
from kompetanseforum.codesign.queries.rooms import rooms_counted
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import in_words
from kompetanseforum.organisations.queries import name_of


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    return {ref(row): _step(row) for row in rooms_counted([one.id for one in refs])}


def _step(room: Room) -> Step:
    return Step(
        ref=ref(room),
        on=room.opened_at,
        kind=_("New offer together"),
        title=room.title,
        url=reverse("codesign:room", kwargs={"public_id": room.public_id}),
        text=progress_words(room),
        line="solid" if room.stage == Stage.DECIDED else "dashed",
    )


def progress_words(room: Room) -> str:
    """Of a room of `newest_rooms`: how far it has come."""
    agreed: int = getattr(room, "agreed", 0)
    told = ngettext("All agree on one change.", "All agree on %(number)s changes.", agreed) % {
        "number": in_words(agreed)
    }
    if room.stage == Stage.DECIDED:
        return _("%(who)s has decided.") % {"who": name_of(room.educator)}
    if room.stage == Stage.SENT:
        return f"{told} " + _("%(who)s decides.") % {"who": name_of(room.educator)}
    return told if agreed else _("Nothing is agreed on yet.")
