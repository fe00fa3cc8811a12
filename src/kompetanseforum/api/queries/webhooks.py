"""Reads: webhooks, what they may be told of, and what they are to be told."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

from django.conf import settings
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.api.models import Telling, Webhook
from kompetanseforum.core import clock
from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer

# One that fails is left alone so long at most.
LONGEST_REST = timedelta(hours=6)
# What others may be told of: what happens to needs and offers. Nothing about a person.
KINDS: dict[str, str | Promise] = {
    "needs.NeedVoiced": _("A need is voiced"),
    "needs.VoiceAdded": _("One more stands behind a need"),
    "needs.VoiceChanged": _("What was said is changed"),
    "needs.VoiceWithdrawn": _("One no longer stands behind a need"),
    "needs.NeedAnswered": _("A need is answered"),
    "needs.NeedReleased": _("A need that was held is shown"),
    "offers.OfferRegistered": _("An offer is registered"),
    "offers.OfferChanged": _("An offer is changed"),
    "offers.OfferEnded": _("An offer is ended"),
}


def webhook_secret(webhook: Webhook) -> str:
    """What its messages are signed with, as Standard Webhooks writes it.

    Derived from the forum's key, as personal links are: the database alone cannot sign.
    """
    key = blake2b(webhook.public_id.encode(), key=settings.SECRET_KEY.encode()[:64], person=b"webhook", digest_size=32)
    return "whsec_" + base64.b64encode(key.digest()).decode()


def all_webhooks() -> list[Webhook]:
    """The newest first, with how much each has still to be told (`waiting`)."""
    return list(Webhook.objects.annotate(waiting=Count("tellings")))


def webhook_by_id(public_id: str) -> Webhook | None:
    return Webhook.objects.filter(public_id=public_id).first()


def webhooks_to_try(*, most: int) -> list[Webhook]:
    """Those with something to be told whose rest is over, the longest rested first."""
    due = Webhook.objects.filter(clock.is_due("next_try_at", longest=LONGEST_REST), stopped="", tellings__isnull=False)
    return list(due.distinct().order_by("next_try_at", "pk")[:most])


def next_telling(webhook: Webhook) -> Telling | None:
    return Telling.objects.filter(webhook=webhook).select_related("fact").order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: ids only; who is told asks the API for the rest, and sees there what it may."""

    id: str
    body: bytes


def message_of(telling: Telling) -> Message:
    fact = telling.fact
    content = {
        "id": telling.public_id,
        "type": fact.name,
        "timestamp": fact.at.isoformat(),
        "data": {"about": f"{fact.about_kind}:{fact.about_id}"},
    }
    return Message(id=telling.public_id, body=json.dumps(content).encode())


def is_shown(about: Ref) -> bool:
    """What is held for a look is told of to nobody."""
    things = Need.objects if about.kind == "need" else Offer.objects
    return things.filter(public_id=about.id, held_reason="").exists()
