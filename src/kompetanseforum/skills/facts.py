"""What can happen to skills: somebody judges a link, a new version of ESCO comes in, words are heard anew."""

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


@dataclass(frozen=True, slots=True)
class LinksRenewed(Fact):
    """The words of something were heard anew and mean something else now."""

    says = _("Heard the words anew")
    is_gathered = True

    whole: Ref


@dataclass(frozen=True, slots=True)
class AllHeardAnew(Fact):
    """The last of all words was heard anew: what pages say of them stands again."""

    says = _("Heard all words anew")


@dataclass(frozen=True, slots=True)
class LocalWordMade(Fact):
    says = _("Two have confirmed what words mean")

    word: Ref
    skill: Ref


@dataclass(frozen=True, slots=True)
class LocalWordTakenBack(Fact):
    says = _("Took back what words mean")

    word: Ref
    skill: Ref
