"""The only reader of the environment: every `KF_*` setting, its default and what it is for.

docs/settings.md is written from this table by `kompetanseforum settings`; a test keeps it true.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# Threads are shared by requests (core/handler.py); so old may a thread's connection to the database become.
SECONDS_CONNECTED = 60


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    purpose: str


# Where a source in a manifest is asked instead of at its own address: a mirror, or a stand-in.
SOURCE_SETTINGS = (
    Setting("KF_FEIDE_URL", "", "Another issuer than Feide's own, for trials."),
    Setting("KF_IDPORTEN_URL", "", "Another issuer than ID-porten's own, such as https://test.idporten.no."),
    Setting("KF_ANSATTPORTEN_URL", "", "Another issuer than Ansattporten's own, such as https://test.ansattporten.no."),
    Setting("KF_OIDC_URL", "", "The issuer of a sign-in service of your own (OpenID Connect)."),
    Setting("KF_BRREG_URL", "", "Where organisations are looked up. Empty: Enhetsregisteret's open API."),
    Setting("KF_ESCO_URL", "", "Where ESCO's open API is asked. Empty: https://ec.europa.eu/esco/open-api"),
)

# Sign-in services: the name in an address, and the setting that turns each on.
SIGN_IN_SETTINGS = {
    "feide": Setting("KF_FEIDE", "", "client_id:secret at Feide. Empty: no sign-in by Feide."),
    "idporten": Setting("KF_IDPORTEN", "", "client_id:secret at ID-porten. Empty: no sign-in by ID-porten."),
    "ansattporten": Setting("KF_ANSATTPORTEN", "", "client_id:secret at Ansattporten. Empty: none."),
    "oidc": Setting("KF_OIDC", "", "client_id:secret at the service of KF_OIDC_URL. Empty: none."),
}

SETTINGS = (
    Setting(
        "KF_DATA_DIR", "data", "Folder for the database, files and the secret of an installation with nothing set."
    ),
    Setting(
        "KF_DATABASE_URL",
        "",
        "postgresql://user:password@host:5432/name, with ?sslmode=verify-full where it is on another machine. "
        "Empty: SQLite in the data folder.",
    ),
    Setting(
        "KF_REDIS_URL",
        "",
        "redis://host:6379/0, or rediss:// over TLS. Needed for more than one web process. Empty: in memory.",
    ),
    Setting("KF_SECRET_KEY", "", "Signs cookies and links. Empty: made at first start and kept in the data folder."),
    Setting(
        "KF_ADDRESS", "", "The forum's public address, such as https://forum.example.no. Empty: the one asked for."
    ),
    Setting(
        "KF_HOSTS", "", "Host names answered to, parted by commas. Empty: that of KF_ADDRESS, or any on this machine."
    ),
    Setting("KF_PROXIES", "0", "How many trusted proxies stand in front; 0 believes no X-Forwarded-For."),
    Setting(
        "KF_MAIL_URL",
        "",
        "smtp://user:password@host:587 (smtps:// for port 465). Empty: letters are kept as files in the data folder.",
    ),
    Setting("KF_MAIL_FROM", "forum@localhost", "Whom letters are from."),
    Setting("KF_DEBUG", "0", "1 shows errors in full. Never in production."),
    Setting("KF_LOG_LEVEL", "INFO", "How much the log says: DEBUG, INFO, WARNING or ERROR."),
    Setting("KF_LIMITS", "1", "0 turns rate limits off, for load tests on one's own machine."),
    Setting(
        "KF_INDEX",
        "1",
        "0: the worker builds no index of words (a minute and more of its time), and words alone are heard.",
    ),
    *SOURCE_SETTINGS,
    *SIGN_IN_SETTINGS.values(),
    Setting("KF_ANSATTPORTEN_RESOURCE", "", "The Altinn resource that people are asked to represent somebody by."),
    Setting("KF_OIDC_NAME", "OpenID", "What the service of KF_OIDC_URL is called on the button."),
)

_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def read(name: str) -> str:
    """The value of a setting listed in SETTINGS. Raises KeyError for one that is not."""
    return os.environ.get(name) or _DEFAULTS[name]


def is_on(name: str) -> bool:
    return read(name) not in ("", "0", "false", "no")


def data_dir() -> Path:
    folder = Path(read("KF_DATA_DIR")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """The set secret, else one made once and kept readable by the owner alone."""
    if given := read("KF_SECRET_KEY"):
        return given
    path = data_dir() / "secret"
    if not path.exists():
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        # link, not rename: of two processes that start at once the first one's secret stands.
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()


# A need with all that is told of it joins nine tables. PostgreSQL looks for the best order of eight unless it is told
# otherwise, and reads all voices for the ninth: 72 ms instead of 3. To compile such questions takes longer than to ask them.
_PLANNING = "-c join_collapse_limit=12 -c from_collapse_limit=12 -c jit=off"


def database() -> dict[str, object]:
    """Django's DATABASES entry. Raises ValueError for an address that is not PostgreSQL's."""
    url = read("KF_DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_dir() / "forum.sqlite3",
            "OPTIONS": {
                # IMMEDIATE: a transaction that will write waits for its turn instead of failing half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what is acknowledged is on the disk, also when the power goes.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; "
                # What is erased is overwritten, not only unlinked.
                "PRAGMA secure_delete=ON;",
            },
            "CONN_MAX_AGE": SECONDS_CONNECTED,
        }
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"KF_DATABASE_URL must start with postgresql:// (it starts with {parts.scheme}://)")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # As PostgreSQL names them: ?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem
        "OPTIONS": given | {"options": f"{_PLANNING} {given.get('options', '')}".strip()},
        "CONN_MAX_AGE": SECONDS_CONNECTED,
        # A database that was started anew is noticed before the page is made, not by it.
        "CONN_HEALTH_CHECKS": True,
    }


def caches() -> dict[str, dict[str, object]]:
    """`default` counts what is limited; `counted` keeps what was counted or drawn until something happens.

    In a process' own memory they are two, so that nobody pushes a limit's count out by opening many pages.
    """
    if url := read("KF_REDIS_URL"):
        redis: dict[str, object] = {
            "BACKEND": "kompetanseforum.core.cache.ForgivingRedisCache",
            "LOCATION": url,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
        return {"default": redis, "counted": redis.copy()}
    return {"default": _in_memory("forum", most=50_000), "counted": _in_memory("counted", most=600)}


def _in_memory(name: str, *, most: int) -> dict[str, object]:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}


def sign_in_services() -> dict[str, tuple[str, str]]:
    """Client id and secret of those that are turned on."""
    given = {name: read(setting.name).partition(":") for name, setting in SIGN_IN_SETTINGS.items()}
    return {name: (client_id, secret) for name, (client_id, _colon, secret) in given.items() if client_id}


def mail() -> dict[str, object]:
    """Django's EMAIL_* settings. Raises ValueError for an address that is not SMTP's."""
    url = read("KF_MAIL_URL")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": data_dir() / "mail",
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError(f"KF_MAIL_URL must start with smtp:// or smtps:// (it starts with {parts.scheme}://)")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def source_urls() -> dict[str, str]:
    return {setting.name: read(setting.name) for setting in SOURCE_SETTINGS}


def hosts() -> list[str]:
    if given := read("KF_HOSTS"):
        return [host.strip() for host in given.split(",")]
    if address := read("KF_ADDRESS"):
        return [urlsplit(address).hostname or ""]
    return ["localhost", "127.0.0.1", "[::1]"]
