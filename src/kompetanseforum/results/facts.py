"""What can happen to a result."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact
from kompetanseforum.results.models import Reply


@dataclass(frozen=True, slots=True)
class ResultRecorded(Fact):
    says = _("Recorded a result")
    only_adds = True

    result: Ref


@dataclass(frozen=True, slots=True)
class ResultChanged(Fact):
    says = _("Changed a result")

    result: Ref


@dataclass(frozen=True, slots=True)
class ResultPublished(Fact):
    says = _("Published a result")
    only_adds = True

    result: Ref


@dataclass(frozen=True, slots=True)
class EvidenceAdded(Fact):
    says = _("Added evidence to a result")
    only_adds = True

    result: Ref
    evidence: Ref


@dataclass(frozen=True, slots=True)
class ConfirmationAsked(Fact):
    says = _("Asked somebody to confirm a result")
    only_adds = True

    result: Ref


@dataclass(frozen=True, slots=True)
class ResultReplied(Fact):
    says = _("Answered whether a result is so")
    details = {"reply": dict(Reply.choices)}

    result: Ref
    reply: str
