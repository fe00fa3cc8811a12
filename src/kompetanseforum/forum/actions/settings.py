"""Writes: what the forum is called, how it looks and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.core.facts import publish
from kompetanseforum.forum.facts import ForumChanged
from kompetanseforum.forum.models import Forum

CHANGEABLE = (
    "name", "region", "answer_days", "palette", "has_english", "demands_passkey", "headline_nb", "headline_nn",
    "headline_en", "run_by_nb", "run_by_nn", "run_by_en",
)  # fmt: skip


def change_forum(*, by: Ref, values: Mapping[str, object]) -> None:
    """Values by field, all or some of CHANGEABLE. Says nothing when nothing changed."""
    with transaction.atomic():
        forum = Forum.objects.select_for_update().get(pk=1)
        changed = [name for name in CHANGEABLE if name in values and getattr(forum, name) != values[name]]
        if not changed:
            return
        for name in changed:
            setattr(forum, name, values[name])
        forum.save(update_fields=changed)
        publish(ForumChanged(fields=" ".join(changed)), by=by, about=Ref("forum", "1"))
