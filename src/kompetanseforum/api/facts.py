"""What can happen to other systems' access."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.api.models import Stopped
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class TokenMade(Fact):
    says = _("Made a token for another system")

    token: Ref


@dataclass(frozen=True, slots=True)
class TokenRevoked(Fact):
    says = _("Revoked a token")

    token: Ref


@dataclass(frozen=True, slots=True)
class WebhookAdded(Fact):
    says = _("Let another system be told")

    webhook: Ref


@dataclass(frozen=True, slots=True)
class WebhookStopped(Fact):
    says = _("Stopped telling another system")
    details = {"reason": dict(Stopped.choices)}

    webhook: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class WebhookStarted(Fact):
    says = _("Told another system again")

    webhook: Ref


@dataclass(frozen=True, slots=True)
class WebhookRemoved(Fact):
    says = _("Removed another system that was told")

    webhook: Ref
