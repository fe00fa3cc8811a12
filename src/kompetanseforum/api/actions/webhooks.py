"""Writes: webhooks come and go, are owed what happens, and are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from kompetanse.refs import Ref
from kompetanseforum.api.facts import WebhookAdded, WebhookRemoved, WebhookStarted, WebhookStopped
from kompetanseforum.api.models import Stopped, Telling, Webhook
from kompetanseforum.api.queries.webhooks import LONGEST_REST
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref

# Longer than one message may take: then whoever was at it is gone, and another takes over.
_CLAIMED_FOR = timedelta(minutes=2)
_FIRST_REST = timedelta(seconds=30)
# One that fails so long is stopped, and a coordinator sees it.
PATIENCE = timedelta(days=3)


def add_webhook(
    *, name: str, url: str, kinds: Sequence[str], by: Ref | None, sending_key: str | None = None
) -> tuple[Webhook, bool]:
    """The webhook and whether it is new: the same `sending_key` again gives the one that is there."""
    if sending_key and (known := Webhook.objects.filter(sending_key=sending_key).first()):
        return known, False
    now = clock.now()
    with transaction.atomic():
        webhook = Webhook.objects.create(
            name=name.strip(),
            url=url,
            kinds=list(kinds),
            sending_key=sending_key,
            made_by=str(by or ""),
            made_at=now,
            next_try_at=now,
        )
        publish(WebhookAdded(webhook=ref(webhook)), by=by, about=ref(webhook))
    return webhook, True


def stop_webhook(*, webhook: Webhook, reason: Stopped, by: Ref | None) -> None:
    """It is told nothing from now on. What it was still owed waits for it, unless it is gone for good."""
    with transaction.atomic():
        stopped = Webhook.objects.filter(pk=webhook.pk, stopped="").update(stopped=reason, stopped_at=clock.now())
        if reason == Stopped.GONE:
            Telling.objects.filter(webhook=webhook).delete()
        if stopped:
            publish(WebhookStopped(webhook=ref(webhook), reason=reason), by=by, about=ref(webhook))


def start_webhook(*, webhook: Webhook, by: Ref | None) -> None:
    """It is told again, first what it was owed when it stopped."""
    with transaction.atomic():
        started = Webhook.objects.filter(pk=webhook.pk).exclude(stopped="")
        if started.update(
            stopped="", stopped_at=None, failing_since=None, failures=0, last_error="", next_try_at=clock.now()
        ):
            publish(WebhookStarted(webhook=ref(webhook)), by=by, about=ref(webhook))


def remove_webhook(*, webhook: Webhook, by: Ref | None) -> None:
    with transaction.atomic():
        about = ref(webhook)
        if Webhook.objects.filter(pk=webhook.pk).delete()[0]:
            publish(WebhookRemoved(webhook=about), by=by, about=about)


def owe_tellings(*, fact_id: int, kind: str) -> None:
    """Each webhook that listens for this kind is to be told of the fact. Heard twice, it is told once."""
    listening = [one for one in Webhook.objects.filter(stopped="") if kind in one.kinds]
    Telling.objects.bulk_create(
        (Telling(webhook=webhook, fact_id=fact_id) for webhook in listening), ignore_conflicts=True
    )


def claim(webhook: Webhook) -> bool:
    """Nobody else tells it meanwhile. False when somebody is at it, or it rests."""
    now = clock.now()
    free = Webhook.objects.filter(clock.is_due("next_try_at", longest=LONGEST_REST), pk=webhook.pk, stopped="")
    return bool(free.update(next_try_at=now + _CLAIMED_FOR))


def note_told(telling: Telling) -> None:
    """It came through: the row goes, and so does what went wrong before. It stays claimed for the next."""
    now = clock.now()
    with transaction.atomic():
        Telling.objects.filter(pk=telling.pk).delete()
        Webhook.objects.filter(pk=telling.webhook_id).update(
            told_at=now, failing_since=None, failures=0, last_error="", next_try_at=now + _CLAIMED_FOR
        )


def release(webhook: Webhook) -> None:
    """Whoever comes next may tell it."""
    Webhook.objects.filter(pk=webhook.pk).update(next_try_at=clock.now())


def note_failed(webhook: Webhook, *, error: str) -> None:
    """It rests twice as long as the last time; after days of it, it is stopped."""
    webhook.refresh_from_db()
    now = clock.now()
    since = webhook.failing_since or now
    rest = min(_FIRST_REST * 2 ** min(webhook.failures, 20), LONGEST_REST)
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1, failing_since=since, last_error=error[:300], next_try_at=now + rest
    )
    if now - since >= PATIENCE:
        stop_webhook(webhook=webhook, reason=Stopped.FAILING, by=None)


def forget_adder(person: Ref) -> None:
    """The person is gone; what was added goes on."""
    Webhook.objects.filter(made_by=str(person)).update(made_by="")
