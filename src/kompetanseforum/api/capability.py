"""What the API brings: access for other systems, and the page that tells how."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanseforum.api.actions import add_webhook, forget_adder, forget_maker, make_token, stop_webhook
from kompetanseforum.api.jobs import tell_webhooks
from kompetanseforum.api.models import Scope, Stopped
from kompetanseforum.api.queries.tokens import token_by_id
from kompetanseforum.api.queries.webhooks import webhook_by_id
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Erasure, Named, PersonalData
from kompetanseforum.core.permissions import Viewer, may


def for_programs(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    """The ways for programs, on the page of open data."""
    return "api/_doors.html", {"may_manage": may(viewer, "api.manage_systems")}


def token_named(public_id: str) -> Named | None:
    token = token_by_id(public_id)
    return Named(label=token.name, url=reverse("api:systems")) if token else None


def webhook_named(public_id: str) -> Named | None:
    webhook = webhook_by_id(public_id)
    return Named(label=webhook.name, url=reverse("api:systems")) if webhook else None


@transaction.atomic
def demo() -> None:
    """One system that asks, and one that was told until somebody stopped it: the demo forum calls nobody."""
    expires_on = clock.today() + timedelta(days=300)
    make_token(name="Nettstedet til Næringshagen", scopes=[Scope.VOICE_NEEDS], expires_on=expires_on, by=None)
    webhook, _is_new = add_webhook(
        name="Fylkets saksbehandling", url="https://sak.example/beskjed", kinds=["needs.NeedAnswered"], by=None
    )
    stop_webhook(webhook=webhook, reason=Stopped.BY_HAND, by=None)


def erase(erasure: Erasure) -> None:
    forget_maker(erasure.person)
    forget_adder(erasure.person)


CAPABILITY = Capability(
    app="api",
    title=_("Access for other systems"),
    desk=(Door(label=_("Other systems"), url_name="api:systems", order=60, permission="api.manage_systems"),),
    refs={"token": token_named, "webhook": webhook_named},
    panels_filled={"home.open_data": for_programs},
    demo=demo,
    erase=erase,
    work=tell_webhooks,
    personal_data=(
        PersonalData(
            what=_("Which coordinator let another system in"),
            why=_("So that one can ask who did it, and why"),
            kept_for=_("As long as the system has access"),
        ),
    ),
)
