"""What can happen to a meeting."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class MeetingCalled(Fact):
    says = _("Called a meeting")
    only_adds = True

    meeting: Ref


@dataclass(frozen=True, slots=True)
class MeetingChanged(Fact):
    says = _("Changed a meeting")

    meeting: Ref


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Fact):
    says = _("Cancelled a meeting")

    meeting: Ref


@dataclass(frozen=True, slots=True)
class SignUpMade(Fact):
    says = _("Signed up for a meeting")
    only_adds = True

    meeting: Ref
    sign_up: Ref


@dataclass(frozen=True, slots=True)
class SignUpChanged(Fact):
    says = _("Changed a sign-up for a meeting")

    meeting: Ref
    sign_up: Ref


@dataclass(frozen=True, slots=True)
class SignUpWithdrawn(Fact):
    says = _("Signed off from a meeting")

    meeting: Ref
    sign_up: Ref


@dataclass(frozen=True, slots=True)
class MinutesWritten(Fact):
    says = _("Wrote the minutes of a meeting")

    meeting: Ref


@dataclass(frozen=True, slots=True)
class AttendanceNoted(Fact):
    says = _("Noted who was at a meeting")
    only_adds = True

    meeting: Ref


@dataclass(frozen=True, slots=True)
class ReflectionNoted(Fact):
    says = _("Noted what was learnt at a meeting")

    meeting: Ref


@dataclass(frozen=True, slots=True)
class FollowUpAgreed(Fact):
    says = _("Took something on at a meeting")
    only_adds = True

    meeting: Ref
    follow_up: Ref


@dataclass(frozen=True, slots=True)
class FollowUpDone(Fact):
    says = _("Did what was taken on at a meeting")
    only_adds = True

    meeting: Ref
    follow_up: Ref


@dataclass(frozen=True, slots=True)
class FollowUpReopened(Fact):
    says = _("Opened again what was taken on at a meeting")

    meeting: Ref
    follow_up: Ref
