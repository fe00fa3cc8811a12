"""Reads: what a brief does not say yet, and why education cannot answer without it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kompetanseforum.briefs.models import Brief, Delivery


def missing_in(brief: Brief) -> list[tuple[str, str]]:
    """Field and reason, to be read after "Education cannot answer yet, because …"."""
    needs_a_place = any(way != Delivery.ONLINE for way in brief.delivery)
    wanted = [
        ("people", brief.people, _("nobody has said how many they are")),
        ("level", brief.level, _("the level is not said")),
        ("starts_by", brief.starts_by, _("the latest start is not said")),
        ("hours_per_week", brief.hours_per_week, _("nobody has said how many hours a week they can give")),
        ("delivery", brief.delivery, _("it is not said whether it is at a place, online or at work")),
        ("place", brief.place_id or not needs_a_place, _("the place is not said")),
        ("payer", brief.payer, _("nobody has said who pays")),
        ("languages", brief.languages, _("the language is not said")),
    ]
    return [(field, reason) for field, value, reason in wanted if not value]
