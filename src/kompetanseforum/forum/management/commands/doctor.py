"""What is configured and what is missing, in plain words: `kompetanseforum doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from kompetanseforum.core import clock
from kompetanseforum.core.backup import last_backup_at
from kompetanseforum.core.capability import CapabilityConfig
from kompetanseforum.core.facts import MOST_ATTEMPTS
from kompetanseforum.core.models import Delivery
from kompetanseforum.forum.models import Forum, Member, Role

_BACKUP_IS_OLD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    is_fine: bool = True
    # What to do about it.
    advice: str = ""


class Command(BaseCommand):
    help = "Tell what is configured and what is missing."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [finding for look in _LOOKS for finding in _looked(look)]
        for finding in findings:
            self.stdout.write(f"{'ok     ' if finding.is_fine else 'look   '} {finding.what}")
            if finding.advice:
                self.stdout.write(f"        {finding.advice}")
        ill = sum(not finding.is_fine for finding in findings)
        self.stdout.write(f"\n{ill} of {len(findings)} need a look." if ill else "\nAll is well.")


Look = Callable[[], Iterator[Finding]]


def _looked(look: Look) -> Iterator[Finding]:
    """What one look finds; without tables it finds nothing, and `_database` has said why."""
    try:
        yield from look()
    except DatabaseError:
        return


def _database() -> Iterator[Finding]:
    kind = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    where = settings.DATABASES["default"]["NAME"]
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(f"The database does not answer: {error}".strip(), is_fine=False, advice="Check KF_DATABASE_URL.")
        return
    yield Finding(f"Database: {kind} ({where}).")
    if missing:
        yield Finding(
            f"{len(missing)} changes to the tables are not made yet.",
            is_fine=False,
            advice="Run: kompetanseforum prepare",
        )


def _cache() -> Iterator[Finding]:
    if not str(settings.CACHES["default"]["BACKEND"]).endswith("RedisCache"):
        yield Finding("Redis is not set: one web process, which is enough for a region. More need KF_REDIS_URL.")
        return
    cache.set("doctor", 1, timeout=60)
    if cache.get("doctor") != 1:
        yield Finding(
            "Redis does not answer. The forum goes on, and holds no limits meanwhile.",
            is_fine=False,
            advice="Check KF_REDIS_URL.",
        )
    else:
        yield Finding("Redis answers.")


def _secret() -> Iterator[Finding]:
    made = settings.DATA_DIR / "secret"
    if len(settings.SECRET_KEY) < 32:
        yield Finding("KF_SECRET_KEY is short.", is_fine=False, advice="Use at least 32 random characters.")
    elif made.exists():
        yield Finding(f"A secret was made at the first start. It lies in {made}; keep a copy with the backup.")
    else:
        yield Finding("The secret is set in KF_SECRET_KEY.")


def _kept() -> Iterator[Finding]:
    last = last_backup_at()
    if last is None:
        yield Finding(
            "Never kept: there is no backup made here.", advice="Run each night: kompetanseforum backup FOLDER"
        )
        return
    days = (clock.now() - last).days
    is_old = days > _BACKUP_IS_OLD_DAYS
    yield Finding(
        f"Last kept {last:%Y-%m-%d} ({days} days ago).",
        is_fine=not is_old,
        advice="Run each night: kompetanseforum backup FOLDER" if is_old else "",
    )


def _address() -> Iterator[Finding]:
    if not settings.ADDRESS:
        yield Finding(
            f"No public address: answers only to {', '.join(settings.ALLOWED_HOSTS)}.",
            advice="Others reach the forum when KF_ADDRESS is set, such as https://forum.example.no.",
        )
    elif settings.ADDRESS.startswith("https://"):
        yield Finding(f"Public address: {settings.ADDRESS}.")
    else:
        yield Finding(
            f"The public address {settings.ADDRESS} is not https.",
            is_fine=False,
            advice="Put a proxy with a certificate in front.",
        )
    if settings.DEBUG:
        yield Finding(
            "KF_DEBUG is on: errors are shown in full.", is_fine=False, advice="Turn it off where others can reach it."
        )
    if not settings.LIMITS_ARE_ON:
        yield Finding(
            "KF_LIMITS is off: anybody may try as often as they like.", is_fine=False, advice="Only for load tests."
        )


_HERE = ("", "localhost", "127.0.0.1", "::1")
_ENCRYPTED = ("require", "verify-ca", "verify-full")


def _ways_there() -> Iterator[Finding]:
    """Whether what goes to other machines can be read on the way."""
    database: dict[str, Any] = settings.DATABASES["default"]
    redis = urlsplit(str(settings.CACHES["default"].get("LOCATION", "")))
    ways: tuple[tuple[str, str, bool, str], ...] = (
        ("PostgreSQL", str(database.get("HOST", "")), database.get("OPTIONS", {}).get("sslmode") in _ENCRYPTED,
         "Add ?sslmode=verify-full to KF_DATABASE_URL."),
        ("Redis", redis.hostname or "", redis.scheme == "rediss", "Begin KF_REDIS_URL with rediss://."),
        ("the mail server", str(settings.EMAIL_HOST), settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS,
         "Give a user name in KF_MAIL_URL, or begin it with smtps://."),
    )  # fmt: skip
    for name, host, is_encrypted, advice in ways:
        if host not in _HERE and not host.startswith("/") and not is_encrypted:
            yield Finding(f"The way to {name} at {host} is not encrypted.", is_fine=False, advice=advice)


def _people() -> Iterator[Finding]:
    if not Forum.objects.exists():
        yield Finding("The forum has not started.", is_fine=False, advice="Run: kompetanseforum prepare")
    elif not Member.objects.filter(role=Role.COORDINATOR, person__last_login__isnull=False).exists():
        yield Finding(
            "No coordinator has signed in.",
            is_fine=False,
            advice="`kompetanseforum serve` prints a link that opens the desk.",
        )
    else:
        yield Finding(f"Coordinators: {Member.objects.filter(role=Role.COORDINATOR).count()}.")


def _queue() -> Iterator[Finding]:
    stuck = Delivery.objects.filter(attempts__gte=MOST_ATTEMPTS)
    if number := stuck.count():
        last = stuck.order_by("-pk")[0]
        yield Finding(
            f"{number} facts could not be delivered. The last: {last}: {last.last_error}",
            is_fine=False,
            advice="The log tells the cause; after it is mended set attempts to 0.",
        )
    else:
        yield Finding(f"Facts waiting to be delivered: {Delivery.objects.count()}.")
    failed = DBTaskResult.objects.failed().count()
    yield Finding(
        f"Jobs: {DBTaskResult.objects.ready().count()} waiting, {failed} failed.",
        is_fine=not failed,
        advice="The log tells why they failed." if failed else "",
    )


def _content() -> Iterator[Finding]:
    """What each capability holds, without naming one: the skills lie in a layer above this."""
    for config in apps.get_app_configs():
        counts = [(model._meta.verbose_name, model._default_manager.count()) for model in config.get_models()]
        if isinstance(config, CapabilityConfig) and counts:
            yield Finding(f"{config.label}: " + ", ".join(f"{number} {name}" for name, number in counts) + ".")


_LOOKS: tuple[Look, ...] = (_database, _cache, _secret, _kept, _address, _ways_there, _people, _queue, _content)
