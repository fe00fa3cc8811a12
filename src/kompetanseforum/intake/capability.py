"""What bringing in brings: a place where data comes in from files, and what was brought in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.intake.actions import forget_person
from kompetanseforum.intake.jobs import read_what_is_due
from kompetanseforum.intake.queries import batch_by_id, feed_by_id


def named(public_id: str) -> Named | None:
    batch = batch_by_id(public_id)
    if batch is None:
        return None
    return Named(label=batch.file_name, url=reverse("intake:batch", kwargs={"public_id": public_id}))


def feed_named(public_id: str) -> Named | None:
    feed = feed_by_id(public_id)
    return Named(label=feed.name, url=reverse("intake:imports")) if feed else None


CAPABILITY = Capability(
    app="intake",
    title=_("Bringing in"),
    desk=(Door(label=_("Bring in data"), url_name="intake:imports", order=20, permission="intake.bring_in"),),
    refs={"batch": named, "feed": feed_named},
    work=read_what_is_due,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("Which coordinator brought in a file, and each row as it stood in it"),
            why=_("So that one can ask those who did it, see where a thing comes from, and undo it"),
            kept_for=_("As long as what came of the row; the file itself is thrown away at once"),
        ),
    ),
)
