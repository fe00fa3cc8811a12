"""Other systems are told what happens: signed, in order, at least once, and not for ever when nobody is there."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from kompetanseforum.api.actions import add_webhook, claim, remove_webhook, start_webhook, stop_webhook
from kompetanseforum.api.clients import Receivers
from kompetanseforum.api.jobs import tell_webhooks
from kompetanseforum.api.models import Stopped, Telling, Webhook
from kompetanseforum.api.queries.webhooks import KINDS, webhook_secret
from kompetanseforum.core import clock
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.outgoing import Bounds, Transport
from kompetanseforum.needs.actions import release_need
from kompetanseforum.needs.models import HeldReason, Need
from tests.architecture.house import ROOT
from tests.core.outside import Asked, Outside, after, breaks_off, drips, outside, silent, status
from tests.gapmap.conftest import Speak, Teach

HERE = "/told"


@pytest.fixture
def there() -> Iterator[Outside]:
    with outside() as place:
        place.at[HERE] = status(204)
        yield place


@pytest.fixture
def receivers(there: Outside) -> Receivers:
    """Those on this machine, which the forum itself may not ask."""
    bounds = Bounds(timeout_seconds=0.3, deadline_seconds=0.6, most_bytes=1000, attempts=1)
    return Receivers(Transport(hosts=(there.address,), inside=True, bounds=bounds))


@pytest.fixture
def webhook(forum: object, there: Outside, noon: datetime) -> Webhook:
    return add_webhook(name="Næringshagen", url=there.address + HERE, kinds=["needs.NeedVoiced"], by=None)[0]


@pytest.fixture
def voice(speak: Speak, django_capture_on_commit_callbacks: Callable[..., object]) -> Callable[..., Need]:
    """A need is voiced, and those who listen have heard it."""

    def say(words: str = "Sveise aluminium", **said: object) -> Need:
        with django_capture_on_commit_callbacks(execute=True):
            return speak(words, **said).need

    return say


def _is_signed(asked: Asked, secret: str) -> bool:
    """As one who is told reckons it: by the lines that stand in docs/api.md."""
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    example: dict[str, Any] = {}
    exec(code, example)
    example["time"] = SimpleNamespace(time=lambda: clock.now().timestamp())
    return bool(example["is_from_the_forum"](asked.headers, asked.body, secret))


def test_one_is_told_what_happened_to_what_and_nothing_else(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers, noon: datetime
):
    need = voice("Hemmelige ord om aluminium", by="Hemmelig Båt AS")
    assert tell_webhooks(receivers)
    [asked] = there.asked
    content = json.loads(asked.body)
    assert content == {
        "id": asked.headers["webhook-id"],
        "type": "needs.NeedVoiced",
        "timestamp": FactRow.objects.get(name="needs.NeedVoiced").at.isoformat(),
        "data": {"about": f"need:{need.public_id}"},
    }
    assert (asked.method, asked.headers["webhook-timestamp"]) == ("POST", str(int(noon.timestamp())))
    assert _is_signed(asked, webhook_secret(webhook))
    assert not _is_signed(asked, "whsec_" + base64.b64encode(b"another").decode())
    with clock.at(noon + timedelta(minutes=6)):
        assert not _is_signed(asked, webhook_secret(webhook)), "sent again by somebody else"
    webhook.refresh_from_db()
    assert (Telling.objects.count(), webhook.told_at) == (0, noon)
    assert not tell_webhooks(receivers)


def test_only_the_kinds_asked_for_are_told_and_those_that_can_be_are_facts(
    webhook: Webhook, voice: Callable[..., Need], teach: Teach, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        teach("sveise aluminium")
    voice()
    assert [telling.fact.name for telling in Telling.objects.all()] == ["needs.NeedVoiced"]
    assert not {kind for kind in KINDS if kind.partition(".")[0] not in ("needs", "offers")}


def test_what_is_held_is_told_of_when_it_is_shown(
    webhook: Webhook, speak: Speak, person, django_capture_on_commit_callbacks
):
    Webhook.objects.update(kinds=list(KINDS))
    with django_capture_on_commit_callbacks(execute=True):
        need = speak("Ring 400 00 127").need
        Need.objects.filter(pk=need.pk).update(held_reason=HeldReason.PHONE_NUMBER)
    assert Telling.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        release_need(need=Need.objects.get(pk=need.pk), by=None)
    assert [telling.fact.name for telling in Telling.objects.all()] == ["needs.NeedReleased"]


@pytest.mark.slow
def test_messages_come_in_the_order_things_happened(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers
):
    needs = [voice(by=f"Firma {number}") for number in range(3)]
    tell_webhooks(receivers)
    assert [json.loads(asked.body)["data"]["about"] for asked in there.asked] == [f"need:{n.public_id}" for n in needs]


@pytest.mark.parametrize(
    "bad", [status(500), status(404), status(302, Location="/elsewhere"), silent(1), drips(0.05), breaks_off]
)
@pytest.mark.slow
def test_one_that_is_slow_or_broken_is_told_again_after_a_rest(
    bad, webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers, noon: datetime
):
    there.at[HERE] = after(bad, status(204))
    voice()
    assert not tell_webhooks(receivers)
    assert not tell_webhooks(receivers), "it rests"
    with clock.at(noon + timedelta(seconds=31)):
        assert tell_webhooks(receivers)
    first, second = there.asked
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.last_error, Telling.objects.count()) == (0, None, "", 0)


def test_rests_grow_to_six_hours(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers, noon: datetime
):
    there.at[HERE] = status(503)
    voice()
    now, rests = noon, []
    for _ in range(13):
        with clock.at(now):
            tell_webhooks(receivers)
        webhook.refresh_from_db()
        rests.append((webhook.next_try_at - now).total_seconds())
        now = webhook.next_try_at
    assert rests == [30 * 2**n for n in range(10)] + [21600] * 3


@pytest.mark.slow
def test_after_three_days_it_is_stopped_and_the_page_says_so(
    webhook: Webhook,
    voice: Callable[..., Need],
    there: Outside,
    receivers: Receivers,
    noon: datetime,
    coordinator_client: Client,
):
    there.at[HERE] = status(503)
    voice()
    for hours in range(0, 79, 6):
        with clock.at(noon + timedelta(hours=hours)):
            Webhook.objects.update(next_try_at=clock.now())
            tell_webhooks(receivers)
    webhook.refresh_from_db()
    assert (webhook.stopped, webhook.stopped_at, Telling.objects.count()) == (
        Stopped.FAILING,
        noon + timedelta(days=3),
        1,
    )
    page = coordinator_client.get("/skrivebord/systemer").content.decode()
    assert ("Den har ikke svart på tre dager" in page, "Den svarte 503." in page, "Én melding venter." in page) == (
        True,
    ) * 3
    # Started again, it gets what it was owed.
    there.at[HERE] = status(200)
    start_webhook(webhook=webhook, by=None)
    assert tell_webhooks(receivers)
    assert Telling.objects.count() == 0


def test_one_that_is_gone_is_told_no_more(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers
):
    there.at[HERE] = status(410)
    voice()
    tell_webhooks(receivers)
    voice(by="En til")
    webhook.refresh_from_db()
    assert (webhook.stopped, Telling.objects.count(), len(there.asked)) == (Stopped.GONE, 0, 1)
    assert FactRow.objects.get(name="api.WebhookStopped").content["reason"] == "gone"


@pytest.mark.slow
def test_one_that_is_slow_keeps_no_other_waiting(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, receivers: Receivers
):
    there.at["/slow"] = silent(1)
    add_webhook(name="Treg", url=there.address + "/slow", kinds=["needs.NeedVoiced"], by=None)
    voice()
    voice(by="En til")
    tell_webhooks(receivers)
    assert sorted(there.paths()) == ["/slow", HERE, HERE]


def test_two_workers_do_not_tell_the_same_at_once(
    webhook: Webhook, voice: Callable[..., Need], receivers: Receivers, noon: datetime
):
    voice()
    assert (claim(webhook), claim(webhook), tell_webhooks(receivers)) == (True, False, False)
    with clock.at(noon + timedelta(minutes=3)):  # the one who had it is gone
        assert tell_webhooks(receivers)


def test_the_forum_is_no_way_into_its_own_house(
    webhook: Webhook, voice: Callable[..., Need], there: Outside, coordinator_client: Client
):
    """As the worker does it: only over https, and only where it is public."""
    voice()
    assert not tell_webhooks()
    Webhook.objects.update(url=there.address.replace("http:", "https:") + HERE, next_try_at=clock.now())
    assert not tell_webhooks()
    webhook.refresh_from_db()
    assert (there.asked, webhook.failures, webhook.last_error.split()[0]) == ([], 2, "NotAllowed")
    assert (
        "Forumet har ikke lov til å spørre den adressen"
        in coordinator_client.get("/skrivebord/systemer").content.decode()
    )


# By the pages


def _form(**changes: object) -> dict[str, object]:
    return {"name": "Næringshagen", "url": "https://hook.example/told", "kinds": ["needs.NeedAnswered"], **changes}


def test_a_coordinator_adds_one_and_gets_its_secret(coordinator_client: Client, noon: datetime):
    page = coordinator_client.post("/skrivebord/systemer/varsel", _form(sending_key="once")).content.decode()
    coordinator_client.post("/skrivebord/systemer/varsel", _form(sending_key="once"))
    webhook = Webhook.objects.get()
    assert (webhook.url, webhook.kinds, webhook_secret(webhook) in page) == (
        "https://hook.example/told",
        ["needs.NeedAnswered"],
        True,
    )
    assert webhook_secret(webhook) not in coordinator_client.get("/skrivebord/systemer").content.decode()
    for button, stopped in (("stans", Stopped.BY_HAND), ("start", "")):
        coordinator_client.post(f"/skrivebord/systemer/varsel/{webhook.public_id}/{button}")
        assert Webhook.objects.get().stopped == stopped
    coordinator_client.post(f"/skrivebord/systemer/varsel/{webhook.public_id}/fjern")
    names = FactRow.objects.filter(about_kind="webhook").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["api.WebhookAdded", "api.WebhookStopped", "api.WebhookStarted", "api.WebhookRemoved"]


@pytest.mark.alike
@pytest.mark.parametrize(
    "changes", [{"url": "http://hook.example/"}, {"url": "ftp://hook.example/"}, {"url": "hva som helst"}, {"kinds": []}, {"kinds": ["accounts.PersonJoined"]}, {"name": ""}]
)  # fmt: skip
def test_what_cannot_be_told_is_refused(changes: dict[str, object], coordinator_client: Client):
    answer = coordinator_client.post("/skrivebord/systemer/varsel", _form(**changes))
    assert (answer.status_code, Webhook.objects.count()) == (422, 0)


def test_whoever_is_stopped_is_owed_nothing_new(webhook: Webhook, voice: Callable[..., Need]):
    stop_webhook(webhook=webhook, reason=Stopped.BY_HAND, by=None)
    voice()
    assert Telling.objects.count() == 0
    remove_webhook(webhook=webhook, by=None)
    assert not Webhook.objects.exists()
