"""What the map's rows and sentences say, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.gap import Doubt, Gap, Verdict
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.text import capital, day, grouped
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.gapmap.queries.cut import ALL_HORIZONS, Cut, few
from kompetanseforum.gapmap.queries.ranking import NamedGap
from kompetanseforum.needs.models import CLOSED_STATES, Horizon, State


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the table. `unmet` and `change` are words; bars are drawn unless the people are too few."""

    gap: Gap
    label: str
    language: str
    url: str
    notes: str
    is_hidden: bool
    unmet: str
    change: str
    action_label: str
    action_url: str
    # The action changes something, so it is a form with a button.
    is_post: bool


def row_view(row: NamedGap, *, cut: Cut, is_tried: bool, viewer: Viewer) -> RowView:
    label, url, is_post = _action(row, cut=cut, is_tried=is_tried, is_followed=Ref("skill", row.slug) in viewer.follows)
    return RowView(
        gap=row.gap,
        label=capital(row.label),
        language=row.language,
        url=reverse("gapmap:skill", kwargs={"slug": row.slug}) + cut.part.query,
        notes=notes(row.gap, cut=cut),
        is_hidden=row.is_hidden,
        unmet=few(row.gap.unmet) if row.is_hidden else grouped(row.gap.unmet),
        change="" if row.is_hidden else change_words(row.gap.change),
        action_label=label,
        action_url=url,
        is_post=is_post,
    )


def notes(gap: Gap, *, cut: Cut) -> str:
    """What to know before one trusts the bars: `Ingen underviser, få innspill`."""
    words = {
        Doubt.FEW_VOICES: _("few voices"),
        Doubt.MOSTLY_UNCONFIRMED: _("mostly not confirmed"),
        Doubt.MOSTLY_MACHINE_LINKED: _("mostly machine-linked"),
    }
    # In the next municipality somebody may.
    nobody_teaches = _("nobody teaches here") if cut.municipalities else _("nobody teaches")
    verdicts = {Verdict.ASKED_BUT_NOT_TAUGHT: nobody_teaches, Verdict.TAUGHT_BUT_NOT_ASKED: _("nobody asks")}
    found = [verdicts[gap.verdict]] if gap.verdict else []
    found += [words[doubt] for doubt in gap.doubts]
    if gap.offers_without_places:
        unknown = ngettext(
            "places not known for %(count)s offer", "places not known for %(count)s offers", gap.offers_without_places
        )
        found.append(unknown % {"count": gap.offers_without_places})
    return capital(", ".join(found))


def change_words(change: int) -> str:
    if not change:
        return _("as before")
    sign = "+" if change > 0 else "−"
    return _("%(change)s in a month") % {"change": f"{sign}{grouped(abs(change))}"}


def _action(row: NamedGap, *, cut: Cut, is_tried: bool, is_followed: bool) -> tuple[str, str, bool]:
    """Label, address and whether it is sent as a form."""
    skill = urlencode({"skill": row.slug})
    opened = reverse("gapmap:skill", kwargs={"slug": row.slug}) + cut.part.query
    if cut.by_group:
        return _("See the skills"), opened, False
    if row.gap.verdict == Verdict.ASKED_BUT_NOT_TAUGHT:
        return _("Offer this"), f"{reverse('offers:register')}?{skill}", False
    if is_tried:
        tried = urlencode({"tilstand": State.IN_PILOT, "kompetanse": row.slug})
        return _("See what is being tried"), f"{reverse('needs:needs')}?{tried}", False
    is_asked = row.gap.verdict != Verdict.TAUGHT_BUT_NOT_ASKED
    # Where it is on its way to being met, another voice helps less than an eye on it.
    if is_asked and (row.gap.unmet <= 0 or row.gap.change < 0):
        if is_followed:
            return _("See how it goes"), opened, False
        return _("Follow"), reverse("gapmap:follow", kwargs={"slug": row.slug}), True
    return _("We need this too") if is_asked else _("We need this"), f"{reverse('needs:voice')}?{skill}", False


# Sentences


def needs_query(cut: Cut) -> str:
    """The open needs in the same part of the list, as far as it has the same filters."""
    pairs = [("tilstand", state) for state in State.values if state not in CLOSED_STATES]
    pairs += [("nar", cut.horizon)] if cut.horizon != ALL_HORIZONS else []
    pairs += [("kommune", code) for code in cut.municipalities] + [("sektor", sector) for sector in cut.sectors]
    return f"?{urlencode(pairs)}"


def shown_words(cut: Cut) -> str:
    words = {
        Verdict.ASKED_BUT_NOT_TAUGHT: _("Asked for, but nobody teaches it"),
        Verdict.TAUGHT_BUT_NOT_ASKED: _("Taught, but nobody asks for it"),
    }
    return words[cut.verdict] if cut.verdict else ""


def what_is_counted(cut: Cut, *, is_filtered: bool) -> str:
    """`Personer det spørres etter nå, hele Østfold.`"""
    words = {
        Horizon.NOW: _("People asked for now"),
        Horizon.SOON: _("People asked for in 1–3 years"),
        Horizon.LATER: _("People asked for later"),
    }
    asked = words.get(Horizon(cut.horizon)) if cut.horizon != ALL_HORIZONS else _("People asked for, now and later")
    where = _("with the filters chosen") if is_filtered else _("all of %(region)s") % {"region": this_forum().region}
    return f"{asked}, {where}."


def freshness(at: datetime | None) -> str:
    """`Oppdatert i dag klokka 8.15.`"""
    if at is None:
        return ""
    local = timezone.localtime(at)
    when = _("today") if local.date() == clock.today() else day(local)
    time = f"{local.hour}.{local.minute:02}"
    return _("Updated %(day)s at %(time)s.") % {"day": when, "time": time}
