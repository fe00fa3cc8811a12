"""Django's settings. One file for development, tests and production: what differs comes from `env`."""

from __future__ import annotations

from csp.constants import NONE, SELF

from kompetanse.environment import keep_to_one_thread
from kompetanseforum.config import env

# Words are heard in products so small that a second thread costs more than it helps: it waits by spinning, and a sentence cost
# three times as much. Must stand before anything loads numpy.
keep_to_one_thread()

SECRET_KEY = env.secret_key()
DEBUG = env.is_on("KF_DEBUG")
ALLOWED_HOSTS = env.hosts()
ADDRESS = env.read("KF_ADDRESS").rstrip("/")
TRUSTED_PROXIES = int(env.read("KF_PROXIES"))
LIMITS_ARE_ON = env.is_on("KF_LIMITS")
BUILDS_INDEX = env.is_on("KF_INDEX")
DATA_DIR = env.data_dir()
SOURCE_URLS = env.source_urls()
SIGN_IN_SERVICES = env.sign_in_services()
ANSATTPORTEN_RESOURCE = env.read("KF_ANSATTPORTEN_RESOURCE")
OIDC_NAME = env.read("KF_OIDC_NAME")

# Lower layers first; the order of the manifests follows it.
CAPABILITIES = [
    "core",
    "codes",
    "accounts",
    "forum",
    "intake",
    "organisations",
    "skills",
    "threads",
    "needs",
    "offers",
    "boards",
    "events",
    "ideas",
    "minutes",
    "challenges",
    "briefs",
    "codesign",
    "pilots",
    "gapmap",
    "network",
    "anchoring",
    "results",
    "insight",
    "home",
    "api",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(f"kompetanseforum.{name}" for name in CAPABILITIES),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the static files, so that they stand behind the same walls.
    "csp.middleware.CSPMiddleware",
    "kompetanseforum.core.middleware.walls",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kompetanseforum.core.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kompetanseforum.core.middleware.one_page_at_a_time",
    "kompetanseforum.core.middleware.viewer",
    "kompetanseforum.core.middleware.Limits",
]

ROOT_URLCONF = "kompetanseforum.config.urls"
ASGI_APPLICATION = "kompetanseforum.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kompetanseforum.forum.views.shell.shell",
            ],
        },
    }
]

_is_https = ADDRESS.startswith("https://")
# A browser takes a cookie so named only over https, from this very host, and for all of it.
_host_only = "__Host-" if _is_https else ""

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = env.caches()
AUTH_USER_MODEL = "accounts.Person"
# The second is named in sessions that were begun before there was the first.
AUTHENTICATION_BACKENDS = [
    "kompetanseforum.accounts.queries.Sessions",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_REDIRECT_URL = "/skrivebord"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365
SESSION_COOKIE_NAME = f"{_host_only}forum_session"
CSRF_COOKIE_NAME = f"{_host_only}csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

globals().update(env.mail())
DEFAULT_FROM_EMAIL = env.read("KF_MAIL_FROM")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{_host_only}forum_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "kompetanseforum.core.assets.AssetStorage"},
}

# A form here is words; a megabyte of text is read to the end and refused in the reader's language.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = False  # the proxy in front does it
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# A personal link stands in the address: no site outside is told of it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kompetanseforum.core.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "kompetanseforum.core.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.read("KF_LOG_LEVEL")},
    # With DEBUG off Django prints no error at all unless it is told to.
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
