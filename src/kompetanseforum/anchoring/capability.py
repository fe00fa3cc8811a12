"""What anchoring brings: its line on the pages of what is anchored, its step in a thread, reminders, and the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.anchoring.actions import (
    Commitment,
    add_internal_step,
    forget_person,
    record_anchoring,
    remind_of_lapsing,
)
from kompetanseforum.anchoring.imports import DemoAnchoring, demo_anchorings
from kompetanseforum.anchoring.models import Anchoring, State
from kompetanseforum.anchoring.queries.shown import (
    anchoring_by_id,
    anchorings_of,
    anchorings_with_ids,
    copy_about,
    seen_anchorings,
    standing,
)
from kompetanseforum.anchoring.rules import may_record_anchoring
from kompetanseforum.anchoring.views.rows import row_view
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import name_of, organisations_named, representations
from kompetanseforum.pilots.models import Pilot


def named(public_id: str) -> Named | None:
    anchoring = anchoring_by_id(public_id)
    if anchoring is None:
        return None
    address = reverse("anchoring:anchoring", kwargs={"public_id": public_id})
    # Its words are not everybody's unless it says so.
    return Named(label=anchoring.what if anchoring.is_public else str(_("Anchoring")), url=address)


def of_notes(viewer: Viewer, board: object) -> tuple[str, dict[str, object]] | None:
    """Among what the chosen notes on a board may become."""
    return ("anchoring/_selection.html", {"board": board}) if may_record_anchoring(viewer, None) else None


def anchored_here(viewer: Viewer, thing: object) -> tuple[str, dict[str, object]] | None:
    """Who has committed themselves to it, on its own page, and the way to do so."""
    if not isinstance(thing, Model):
        return None
    about = ref(thing)
    # A need is not anchored by itself: what is tried because of it is.
    may_record = about.kind != "need" and may_record_anchoring(viewer, None)
    rows = [row_view(one) for one in anchorings_of(about, viewer=viewer)]
    if not rows and not may_record:
        return None
    return "anchoring/_anchored_here.html", {"rows": rows, "about": str(about), "may_record": may_record}


def of_organisation(viewer: Viewer, organisation: object) -> tuple[str, dict[str, object]] | None:
    """What an organisation has committed itself to, on its page."""
    if not isinstance(organisation, Organisation):
        return None
    rows = [row_view(one) for one in seen_anchorings(viewer).filter(organisation=organisation)]
    return ("anchoring/_of_organisation.html", {"rows": rows}) if rows else None


def steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    """An anchoring in a thread, for those who may see it."""
    found = {one.public_id: one for one in anchorings_with_ids([one.id for one in refs], viewer=viewer)}
    return {one: _step(found[one.id]) for one in refs if one.id in found}


def _step(anchoring: Anchoring) -> Step:
    now = standing(anchoring)
    text = " · ".join(part for part in (name_of(anchoring.organisation), now.word, now.until) if part)
    is_on = anchoring.state == State.IN_OPERATION
    return Step(
        ref=ref(anchoring),
        on=anchoring.recorded_at,
        kind=_("Anchoring"),
        title=anchoring.what,
        url=reverse("anchoring:anchoring", kwargs={"public_id": anchoring.public_id}),
        text=text,
        here=text,
        dot="filled" if is_on else "ring",
        line="solid",
    )


def demo() -> None:
    """What the invented schools and firms have decided, by those who speak for them or by a coordinator."""
    people = {person.first_name.lower(): person for person in coordinators()}
    people |= {one.person.name: one.person for one in representations()}
    names = {row.key: row.name for row in demo_organisations()}
    known = organisations_named(list(names.values()))
    now = clock.now()
    for row in demo_anchorings():
        person = people[row.by]
        roles = frozenset({"coordinator"}) if row.by in ("ingrid", "farid") else frozenset()
        with clock.at(now - timedelta(days=row.days_ago)):
            pilot = Pilot.objects.filter(title=row.pilot).first()
            anchoring = record_anchoring(
                organisation=known[names[row.organisation]],
                commitment=_commitment(row, today=now.date()),
                by=Viewer(person=ref(person), roles=roles),
                about=ref(pilot) if pilot else None,
            )
            for what, days in row.step:
                add_internal_step(anchoring=anchoring, what=what, on=now.date() + timedelta(days=days))


def _commitment(row: DemoAnchoring, *, today: date) -> Commitment:
    def ahead(days: int | None) -> date | None:
        return today + timedelta(days=days) if days is not None else None

    return Commitment(
        what=row.what,
        state=State(row.state),
        scope=row.scope,
        decided_by=row.decided_by,
        decided_on=ahead(-row.decided_days_ago) if row.decided_days_ago else None,
        until=ahead(row.until_in_days),
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        costs=row.costs,
        asks=row.asks,
        is_public=row.is_public,
    )


CAPABILITY = Capability(
    app="anchoring",
    title=_("Anchoring"),
    ways=(Door(label=_("Anchoring"), url_name="anchoring:anchorings", order=7),),
    refs={"anchoring": named},
    panels_filled={
        **dict.fromkeys(
            ("pilot.detail", "need.detail", "offer.detail", "challenge.detail", "room.detail", "brief.detail"),
            anchored_here,
        ),
        "organisation.detail": of_organisation,
        "board.selection": of_notes,
    },
    thread_steps={"anchoring": steps},
    personal_copy=copy_about,
    erase=forget_person,
    demo=demo,
    work=remind_of_lapsing,
    personal_data=(
        PersonalData(
            what=_("The name and e-mail address of whoever knows most about an anchoring, and who recorded it"),
            why=_("So that they are reminded before it lapses"),
            kept_for=_("Until the organisation takes it away, or you erase yourself on My page"),
        ),
    ),
)
