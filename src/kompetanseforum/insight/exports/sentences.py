"""The report's numbers in sentences, each with the page that has all of that kind, whatever the period."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanseforum.core.text import capital, in_words
from kompetanseforum.insight.queries.report import Report


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    url: str
    # What stands on that page, which may be more than the number in the text.
    all_of_them: str


def sentences(report: Report) -> list[Sentence]:
    """What is nought is left out, but for what we owe: that nobody waits is worth saying."""
    sums, needs = report.sums, reverse("needs:needs")
    told = [
        (sums.organisations, _asked(report), needs, _("all needs")),
        (
            sums.met,
            _many(sums.met, _("One need was met."), _("%(count)s needs were met.")),
            f"{needs}?tilstand=met",
            _("all needs that are met"),
        ),
        (
            sums.not_met,
            _many(sums.not_met, _("One was not met, with a reason."), _("%(count)s were not met, each with a reason.")),
            f"{needs}?tilstand=not_met",
            _("all needs that were not met"),
        ),
        (
            sums.tried,
            _many(sums.tried, _("One small trial was held."), _("%(count)s small trials were held.")),
            reverse("pilots:pilots"),
            _("all small trials"),
        ),
        (
            sums.stopped,
            _many(sums.stopped, _("One of them was stopped, and taught us something."),
                  _("%(count)s of them were stopped, and taught us something.")),
            f"{reverse('results:results')}?vis=stoppet",
            _("all that was stopped"),
        ),
        (
            sums.changes,
            _many(sums.changes, _("One change came of it."), _("%(count)s changes came of it.")),
            f"{reverse('results:results')}?vis=endret",
            _("all changes"),
        ),
    ]  # fmt: skip
    lines = [Sentence(text, url, all_of_them) for number, text, url, all_of_them in told if number]
    return [*lines, Sentence(_owed(sums.late), reverse("needs:owed"), _("all who wait"))]


def _many(number: int, one: str, more: str) -> str:
    return one if number == 1 else capital(more % {"count": in_words(number)})


def _asked(report: Report) -> str:
    sums = report.sums
    who = ngettext("One workplace", "%(count)s workplaces", sums.organisations) % {
        "count": in_words(sums.organisations)
    }
    where = ngettext("one municipality", "%(count)s municipalities", sums.municipalities) % {
        "count": in_words(sums.municipalities)
    }
    what = ngettext("one new need", "%(count)s new needs", sums.needs) % {"count": in_words(sums.needs)}
    return capital(_("%(who)s in %(where)s spoke, with %(what)s.") % {"who": who, "where": where, "what": what})


def _owed(late: int) -> str:
    if not late:
        return _("Nobody waits too long for an answer today.")
    return _many(late, _("One has waited too long for an answer."), _("%(count)s have waited too long for an answer."))
