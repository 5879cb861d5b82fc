"""Settings; what differs between installations comes from the environment.

docs/reference/settings.md describes each variable; a test fails for one that is not there.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from meedoen.config import environment
from meedoen.config.secrets import read_secrets

PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = Path(environment.text("MEEDOEN_DATA", "var")).resolve()
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]

DEBUG = environment.flag("MEEDOEN_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("MEEDOEN_HOSTS", ",".join(LOOPBACK))
# Off only while nothing but this machine itself can reach the site.
HTTPS = environment.flag("MEEDOEN_HTTPS", default=not set(ALLOWED_HOSTS) <= set(LOOPBACK))

_kept = (
    {}
    if all(
        environment.text(name)
        for name in ("MEEDOEN_SECRET_KEY", "MEEDOEN_BSN_KEYS", "MEEDOEN_BSN_INDEX_KEY")
    )
    else read_secrets(DATA_FOLDER)
)
SECRET_KEY = environment.text("MEEDOEN_SECRET_KEY") or _kept["secret_key"]
BSN_KEYS = environment.words("MEEDOEN_BSN_KEYS", "") or [_kept["bsn_key"]]
BSN_INDEX_KEY = environment.text("MEEDOEN_BSN_INDEX_KEY") or _kept["bsn_index_key"]

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    # A transaction that begins as a reader and then writes fails under load; begin as a writer.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
    ),
}
DATABASES: dict[str, dict[str, Any]]
if environment.text("DATABASE_URL"):
    DATABASES = {"default": dict(dj_database_url.parse(environment.text("DATABASE_URL")))}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_FOLDER / "meedoen.sqlite3",
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 4}

RECORDS = [
    "organisations",
    "jobs",
    "search",
    "links",
    "history",
    "people",
    "directory",
    "caseloads",
    "sharing",
    "places",
    "knowledge",
    "directory_imports",
    "sheltered_stretches",
    "conversations",
    "ladder",
    "plans",
    "proposals",
    "placements",
    "waiting",
    "referrals",
    "participation_jobs",
    "sheltered",
    "trainings",
    "allowances",
    "divisions",
    "place_questions",
    "following",
    "signals",
    "own_indicators",
    "figures",
    "budget",
    "documents",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    *(f"meedoen.records.{name}" for name in RECORDS),
    "meedoen.web.shared",
    "meedoen.config",
    "meedoen.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "meedoen.web.api.middleware.OpenDataMiddleware",
    "meedoen.web.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # Before the one that sends to the sign-in page: there the form would be lost.
    "meedoen.web.shared.held.HeldMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "meedoen.web.shared.middleware.ViewerMiddleware",
    "meedoen.web.shared.middleware.GuardMiddleware",
]
ROOT_URLCONF = "meedoen.config.urls"
WSGI_APPLICATION = "meedoen.config.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["meedoen.web.shared.templatetags.meedoen"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "meedoen.web.shared.context.page_frame",
            ],
        },
    }
]
FORM_RENDERER = "meedoen.web.shared.renderer.DutchFormRenderer"

AUTH_USER_MODEL = "organisations.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# ASVS 5.0, 6.2: a minimum length and a list of common passwords; no rules on composition.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "meedoen.web.shared.sign_in.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    # Showing interest in a place: from one address, and for one place.
    "sign_up_for_place": "12/h/ip,60/d/key",
}
MFA_ADAPTER = "meedoen.web.shared.sign_in.EncryptingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Meedoen"
# Addresses come from the municipality that invites; nobody signs up with someone else's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# On an installation that others can reach, everyone but residents signs in with a second step.
MFA_REQUIRED = environment.flag("MEEDOEN_MFA_REQUIRED", default=HTTPS)
# How many web servers stand before this one and add the visitor's address. Without it, all
# visitors behind a web server would count as one for the limits above.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("MEEDOEN_TRUSTED_PROXIES", 1 if HTTPS else 0)
# The limits count in the cache, which all processes share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# Work in the background stands in the database, so that it is put in the queue with what it is
# about or not at all. `meedoen work` does it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "nightly"],
    }
}

# Where the weekly mail comes from and how it leaves; without a mail server it is only written
# to the log.
DEFAULT_FROM_EMAIL = environment.text("MEEDOEN_MAIL_FROM", "meedoen@localhost")
EMAIL_HOST = environment.text("MEEDOEN_MAIL_HOST")
EMAIL_PORT = environment.number("MEEDOEN_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("MEEDOEN_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MEEDOEN_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("MEEDOEN_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.console.EmailBackend"
)
# The address people know the site by, for the link in a mail.
SITE_URL = environment.text("MEEDOEN_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# In which province a municipality lies, for addresses in the open data; by CBS code.
PROVINCES = environment.pairs("MEEDOEN_PROVINCES")
# After so many days Meedoen forgets to whom a signed link was sent, and the links nobody used.
LINKS_KEPT_DAYS = 400

# ASVS 5.0, 7.3: a session ends after a working day, or when the browser closes.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_FAILURE_VIEW = "meedoen.web.shared.held.csrf_failure"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The municipality's own look: an extra style sheet and the class on the root of every page.
THEME_CSS_URL = environment.text("MEEDOEN_THEME_CSS")
THEME_ROOT_CLASS = environment.text("MEEDOEN_THEME_CLASS", "voorbeeld-theme")
ADMINISTRATOR_EMAIL = environment.text("MEEDOEN_ADMINISTRATOR_EMAIL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_tokens": {"()": "meedoen.config.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": environment.text("MEEDOEN_LOG_LEVEL", "WARNING")},
}
