"""What can happen to other systems' access."""

from dataclasses import dataclass

from kompetanse.refs import Ref
from kompetanseforum.core.facts import Fact


@dataclass(frozen=True, slots=True)
class TokenMade(Fact):
    token: Ref


@dataclass(frozen=True, slots=True)
class TokenRevoked(Fact):
    token: Ref


@dataclass(frozen=True, slots=True)
class WebhookAdded(Fact):
    webhook: Ref


@dataclass(frozen=True, slots=True)
class WebhookStopped(Fact):
    webhook: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class WebhookStarted(Fact):
    webhook: Ref


@dataclass(frozen=True, slots=True)
class WebhookRemoved(Fact):
    webhook: Ref
