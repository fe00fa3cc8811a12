"""What the worker does again and again: webhooks are told what they are owed, in order, each at its own pace."""

from __future__ import annotations

import logging

from kompetanseforum.api.actions import claim, note_failed, note_told, release, stop_webhook
from kompetanseforum.api.clients import Receivers, transport_to_anybody
from kompetanseforum.api.models import Stopped, Webhook
from kompetanseforum.api.queries.webhooks import message_of, next_telling, webhook_secret, webhooks_to_try
from kompetanseforum.core.outgoing import Gone, OutgoingError

log = logging.getLogger(__name__)

# One round shall not keep the worker from its other work.
MOST_WEBHOOKS = 5
MOST_TELLINGS = 20


def tell_webhooks(receivers: Receivers | None = None) -> bool:
    """One round. True when something was told.

    A message goes before its row does: whoever is stopped in between sends it again, with the same id.
    """
    due = webhooks_to_try(most=MOST_WEBHOOKS)
    if not due:
        return False
    by = receivers or Receivers(transport_to_anybody())
    told = [_tell(webhook, by) for webhook in due if claim(webhook)]
    return any(told)


def _tell(webhook: Webhook, receivers: Receivers) -> bool:
    told = 0
    while told < MOST_TELLINGS and (telling := next_telling(webhook)):
        try:
            receivers.tell(webhook.url, message_of(telling), secret=webhook_secret(webhook))
        except Gone:
            stop_webhook(webhook=webhook, reason=Stopped.GONE, by=None)
            break
        except OutgoingError as error:
            log.info("%s was not told: %r", webhook.name, error)
            note_failed(webhook, error=f"{type(error).__name__} {error.why}")
            break
        note_told(telling)
        told += 1
    else:
        release(webhook)
    return bool(told)
