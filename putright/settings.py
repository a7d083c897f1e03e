"""Settings: environment variables with defaults that work on a laptop. A malformed value is refused."""

from __future__ import annotations

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.utils.csp import CSP

from putright.upkeep.jobs import timetable

BASE = Path(__file__).resolve().parent.parent


def _switch(name: str, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    if value.lower() in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write true or false.")


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.")
    return int(value)


def _networks(name: str) -> list[str]:
    """Addresses or networks, with commas between them: `10.0.0.4,192.168.7.0/24`."""
    found = [each.strip() for each in os.environ.get(name, "").split(",") if each.strip()]
    for each in found:
        try:
            ip_network(each)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name}={each!r}: write an address, or a network like 10.0.0.0/24."
            ) from None
    return found


_MAIL_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def _mailers(url: str) -> dict[str, Any]:
    """Django's MAILERS for the address of a mail server; none where it is empty: then mail waits.

    `smtps://` is encrypted from the start, `smtp+starttls://` before anything is said, `smtp://` not at all: a
    password goes over the last only to this machine.
    """
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or parts.scheme not in _MAIL_SCHEMES or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            "PUTRIGHT_MAIL_URL: write smtps://USER:PASSWORD@HOST:PORT, or smtp+starttls://, or smtp://."
        )
    if parts.password and parts.scheme == "smtp" and host not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured(
            "PUTRIGHT_MAIL_URL: smtp:// would send the password unencrypted. Write smtps:// or smtp+starttls://."
        )
    options = {
        "host": host,
        "port": port or _MAIL_SCHEMES[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+starttls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 30,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def _mail_from(written: str) -> str:
    """The one address that mail is from: `complaints@landlord.example`."""
    try:
        validate_email(written)
    except ValidationError:
        raise ImproperlyConfigured(
            f"PUTRIGHT_MAIL_FROM={written!r}: write the address that mail is from, like complaints@landlord.example."
        ) from None
    return written


HOME = Path(os.environ.get("PUTRIGHT_HOME", BASE / "var")).resolve()


def _database(url: str) -> dict[str, Any]:
    """Django's settings for a database address: `sqlite:///file`, `sqlite://:memory:` or `postgres://…`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = ":memory:" if ":memory:" in url else unquote(url.removeprefix("sqlite:///"))
        return _sqlite(name)
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": _number("PUTRIGHT_CONNECTION_SECONDS", 60),
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        "DATABASE_URL: write sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME."
    )


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # A write that begins as a read cannot be promoted under WAL: take the lock at once.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL, or a power cut may lose what was acknowledged.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _secret_key() -> str:
    """The key from the environment; else one made on first use and kept beside the data."""
    given = os.environ.get("PUTRIGHT_SECRET_KEY", "")
    if given:
        if len(given) < 40:
            raise ImproperlyConfigured("PUTRIGHT_SECRET_KEY is too short: give at least 40 characters.")
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with open(kept, "x", encoding="ascii", opener=lambda p, f: os.open(p, f, 0o600)) as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return kept.read_text(encoding="ascii")


DEBUG = _switch("PUTRIGHT_DEBUG", False)
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("PUTRIGHT_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'putright.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and DATABASES["default"]["NAME"] != ":memory:":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_ox",
    "putright.record.journal",
    "putright.record.landlords",
    "putright.record.accounts",
    "putright.record.people",
    "putright.record.cases",
    "putright.record.correspondence",
    "putright.record.letters",
    "putright.record.promises",
    "putright.casework",
    "putright.evidence.search",
    "putright.evidence.self_assessments",
    "putright.upkeep.calendar_changes",
    "putright.interfaces.pages",
    "putright.interfaces.staff",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "putright.interfaces.staff.who.StaffMiddleware",
]

ROOT_URLCONF = "putright.urls"
WSGI_APPLICATION = "putright.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "putright.interfaces.pages.environment.environment",
            "context_processors": ["putright.interfaces.staff.who.chrome"],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["putright.record.accounts.signed_in.SignedIn"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"
# Served only by a view that asks who wants it: no address leads straight to a file.
FILE_MOST_BYTES = _number("PUTRIGHT_FILE_MEGABYTES", 25) * 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
# Proxies of ours: who a request says it comes from is believed only where one of these passed it on.
TRUSTED_PROXIES = _networks("PUTRIGHT_TRUSTED_PROXIES")
BEHIND_HTTPS = _switch("PUTRIGHT_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = _number("PUTRIGHT_SESSION_HOURS", 12) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "putright.interfaces.pages.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Without a mail server mail waits, and the page of jobs says so.
MAILERS = _mailers(os.environ.get("PUTRIGHT_MAIL_URL", ""))
DEFAULT_FROM_EMAIL = _mail_from(os.environ.get("PUTRIGHT_MAIL_FROM", "")) if MAILERS else "nobody@localhost"
if not MAILERS:
    SILENCED_SYSTEM_CHECKS = ["mail.W001"]  # that there is none is told on the page, not at each command

TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "OPTIONS": {"LOCK_TIMEOUT": 120, "SCHEDULES": timetable.schedules()},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.tasks": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PUTRIGHT_LOG_LEVEL", "WARNING").upper()},
}
