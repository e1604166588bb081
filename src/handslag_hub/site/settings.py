"""Settings of the site: one file, driven by the environment (docs/operation.md lists the variables)."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from handslag_hub.site.environment import (
    data_home,
    flag,
    hub_address,
    listed,
    mail_server,
    oidc_client,
    origin_of,
    secret_key,
)

PACKAGE = Path(__file__).resolve().parent.parent
HOME = data_home()
TEAM = flag("HANDSLAG_TEAM")
HTTPS = flag("HANDSLAG_HTTPS", default=TEAM)
# A proxy in front ends TLS, and says so and whom it speaks for (X-Forwarded-Proto, X-Forwarded-For).
PROXY = flag("HANDSLAG_PROXY")
DEBUG = False

SECRET_KEY = secret_key(HOME)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
# Without accounts only this machine may ask: a name of a host would let others in (DNS rebinding).
ALLOWED_HOSTS = (listed("HANDSLAG_HOSTS") if TEAM else []) or LOOPBACK
CSRF_TRUSTED_ORIGINS = [f"{'https' if HTTPS else 'http'}://{host}" for host in listed("HANDSLAG_HOSTS") if TEAM]

# --- parts -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    # Before allauth: their templates take the place of its own.
    "handslag_hub.design",
    "handslag_hub.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "handslag_hub.store",
    "handslag_hub.reading",
    "handslag_hub.register",
    "handslag_hub.commitments",
    "handslag_hub.following",
    "handslag_hub.asking",
    "handslag_hub.briefs",
    "handslag_hub.exchange",
    "handslag_hub.home",
    # After the hub: its pages of the API have the hub's template.
    "ninja",
]

MIDDLEWARE = [
    "handslag_hub.asking.middleware.PrivateAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "handslag_hub.accounts.middleware.HeadersMiddleware",
    "handslag_hub.design.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "handslag_hub.design.middleware.ShownMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handslag_hub.accounts.sessions.SessionEndMiddleware",
    "handslag_hub.accounts.middleware.ActorMiddleware",
    "handslag_hub.accounts.limits.LimitMiddleware",
    "handslag_hub.store.middleware.AsKnownMiddleware",
    "handslag_hub.design.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "handslag_hub.site.urls"
WSGI_APPLICATION = "handslag_hub.site.wsgi.application"

FORM_RENDERER = "handslag_hub.design.forms.FieldRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "handslag_hub.design.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "handslag_hub.design.templatetags.design"],
        },
    },
]

# --- storage ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'handslag.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: with Django's DEFERRED, 57 % of contending transactions failed; with IMMEDIATE none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;PRAGMA wal_autocheckpoint=4000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ORIGINALS = HOME / "originals"
# Names of those who were erased are known again by hashes with this key. It lies beside the database and belongs in no backup with it.
ERASURE_KEY = os.environ.get("HANDSLAG_ERASURE_KEY") or secret_key(HOME, "erasure.key")
ERASURES = HOME / "erasures.jsonl"
ARCHIVE_LAW = flag("HANDSLAG_ARCHIVE_LAW")

# How this hub is reached, for addresses in letters that no page is asked for (`handslag hub digest`).
ADDRESS = hub_address(ALLOWED_HOSTS, https=HTTPS)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# One cache for all processes of the hub: rate limits count over all of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache" if TEAM else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": str(HOME / "cache") if TEAM else "handslag",
    }
}  # fmt: skip

# --- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]  # fmt: skip
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "handslag_hub.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "handslag_hub.accounts.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Nobody signs up: administrators invite, and vouch for the address.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Handslag: "
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "reset_password": "10/m/ip,3/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PROXY else 0
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Handslag"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers give passkeys without TLS to localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SOCIALACCOUNT_ADAPTER = "handslag_hub.accounts.adapters.SingleSignOnAdapter"
OIDC = oidc_client()
OIDC_DOMAINS = [domain.lower() for domain in listed("HANDSLAG_OIDC_DOMAINS")]
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC] if OIDC else []}}

EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, DEFAULT_FROM_EMAIL = (
    mail_server()
)

SESSION_IDLE_SECONDS = 12 * 3600
SESSION_LONGEST_SECONDS = 7 * 24 * 3600
# How often somebody may do this in a minute. On a laptop nobody else is kept from anything.
LIMITS_PER_MINUTE = {"add": 60, "search": 120, "api": 300, "private": 30} if TEAM else {}

# --- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "handslag_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = os.environ.get("HANDSLAG_TIME_ZONE", "Europe/Stockholm")

# --- pages -----------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# Whitenoise warns where it is not there; files are served from where they are installed.
STATIC_ROOT.mkdir(exist_ok=True, mode=0o700)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# --- security --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Chromium holds the answer to a form to this too, and logging in by OIDC is answered by going to the provider.
        "form-action": [SELF, origin_of(OIDC["settings"]["server_url"])] if OIDC else [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_NAME = "handslag_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = TEAM
CSRF_COOKIE_NAME = "handslag_csrf"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "handslag_hub.design.errors.show_expired_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What is dropped in goes to temporary files; the loaders have the limit of a file's size.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
