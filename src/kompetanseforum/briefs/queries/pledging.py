"""Reads: for whom somebody may say what they can put in."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.briefs.models import Brief, Recipient
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.needs.queries.shown import voices_held_by
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_of


def own_organisations(viewer: Viewer, brief: Brief) -> list[Organisation]:
    """Those the person speaks for, those whose voices the device holds, and the educator whose link it came by."""
    behind = set(brief.needs.values_list("pk", flat=True))
    asked = [one.id for one in viewer.holds if one.kind == "recipient"]
    found = [*organisations_of(viewer.person)]
    found += [one.organisation for one in voices_held_by(viewer) if one.organisation and one.need_id in behind]
    rows = Recipient.objects.filter(brief=brief, public_id__in=asked).select_related("organisation")
    found += [row.organisation for row in rows]
    return list({one.pk: one for one in found}.values())


def own_name(viewer: Viewer, brief: Brief) -> Ref | None:
    """As whom somebody writes here: the person, else the link that let them in."""
    if viewer.person:
        return viewer.person
    asked = {one.public_id for one in brief.recipients.all()}
    links = [one for one in viewer.holds if one.kind == "recipient" and one.id in asked]
    behind = set(brief.needs.values_list("public_id", flat=True))
    links += [Ref("voice", one.public_id) for one in voices_held_by(viewer) if one.need.public_id in behind]
    return links[0] if links else viewer.actor
