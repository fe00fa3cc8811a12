"""What can happen to skills: somebody judges a link, a new version of ESCO comes in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class LinkJudged(Fact):
    says = _("Judged whether a skill fits")

    link: Ref
    whole: Ref


@dataclass(frozen=True, slots=True)
class EscoImported(Fact):
    says = _("Brought in ESCO")
    details = {"version": {}}

    version: str
