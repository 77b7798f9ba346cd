"""Django settings. Every value that an office may change comes from the environment (see docs/settings.md)."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from nithet.config.environment import data_folder, env_bool, env_list
from nithet.foundation.database.secret_key import secret_key

PACKAGE = Path(__file__).resolve().parents[1]
NITHET_DATA = data_folder()

DEBUG = env_bool("NITHET_DEBUG", default=False)
SECRET_KEY = os.environ.get("NITHET_SECRET_KEY") or secret_key(NITHET_DATA)
ALLOWED_HOSTS = env_list("NITHET_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("NITHET_ORIGINS", "")
# Behind a reverse proxy that ends TLS; plain http is for one machine only.
BEHIND_TLS = env_bool("NITHET_TLS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Above allauth, so that its pages wear our templates and words.
    "nithet.web.account",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "nithet.foundation.database",
    "nithet.foundation.files",
    "nithet.foundation.ui",
    "nithet.foundation.accounts",
    "nithet.foundation.tenancy",
    "nithet.foundation.access",
    "nithet.foundation.audit",
    "nithet.foundation.notices",
    "nithet.foundation.search",
    "nithet.foundation.actions",
    "nithet.foundation.jobs",
    "nithet.foundation.transfer",
    "nithet.domain.directory",
    "nithet.domain.frameworks",
    "nithet.domain.evidence",
    "nithet.domain.commitments",
    "nithet.domain.papers",
    "nithet.domain.plans",
    "nithet.domain.instruments",
    "nithet.domain.assessments",
    "nithet.domain.supervision",
    "nithet.domain.overview",
    "nithet.domain.returns",
    "nithet.domain.reviews",
    "nithet.web.home",
    "nithet.web.search",
    "nithet.web.notices",
    "nithet.web.history",
    "nithet.web.rounds",
    "nithet.web.reviews",
    "nithet.web.returns",
    "nithet.web.directory",
    "nithet.web.plans",
    "nithet.web.visits",
    "nithet.web.needs",
    "nithet.web.cycle",
    "nithet.web.visit_papers",
    "nithet.web.supervision_reports",
    "nithet.web.planner",
    "nithet.web.instruments",
    "nithet.web.results",
    "nithet.web.studies",
    "nithet.web.devices",
    "nithet.web.evidence",
    "nithet.web.papers",
    "nithet.web.people",
    "nithet.web.settings",
    "nithet.field.client",
    "nithet.field.sync",
    "nithet.field.openrosa",
    "nithet.console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "nithet.field.openrosa.door.answer_devices",
    "nithet.config.middleware.pack_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nithet.config.middleware.private_by_default",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nithet.foundation.ui.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nithet.config.middleware.open_scope",
    "nithet.web.account.second_step.lead_to_second_step",
    "nithet.foundation.ui.middleware.chosen_numerals",
    "nithet.config.middleware.refuse_oversized",
    "nithet.config.middleware.refuse_nul",
    "nithet.config.middleware.name_desk",
    "nithet.config.middleware.answer_refusals",
]

ROOT_URLCONF = "nithet.config.urls"
WSGI_APPLICATION = "nithet.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nithet.foundation.ui.context.page",
            ],
            "builtins": ["nithet.foundation.ui.templatetags.nithet"],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("NITHET_DATABASE_URL", f"sqlite:///{NITHET_DATA / 'nithet.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "nithet.foundation.database.sqlite"
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "nithet.foundation.database.postgres"
DATABASES["default"].setdefault("TEST", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "nithet.foundation.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key", "login": "60/m/ip"}
# Behind the proxy everybody has its address: without this one guesser would lock the whole office out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0
ACCOUNT_USER_DISPLAY = "nithet.foundation.accounts.adapter.display_name"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
if env_bool("NITHET_PASSKEYS", default=False):
    MFA_SUPPORTED_TYPES.append("webauthn")
    MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nithet"
# On for everybody who administers an office; a data folder of the demo has its accounts file, and there it is off.
ADMIN_SECOND_FACTOR = env_bool(
    "NITHET_ADMIN_SECOND_FACTOR", default=not (NITHET_DATA / "demo-accounts.json").is_file()
)

# Limits on sign-in must hold for every thread and process, so they live in the database, not in one process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "nithet_cache",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "nithet.config.errors.csrf_failed"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
# Collected when the product is built, so that a server has nothing to prepare before its first answer.
STATIC_ROOT = PACKAGE / "collected_static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = NITHET_DATA / "media"
# A socket's path or host:port of ClamAV; empty where an office runs none.
NITHET_CLAMAV = os.environ.get("NITHET_CLAMAV", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

TASKS = {"default": {"BACKEND": "nithet.foundation.jobs.backend.DurableBackend", "QUEUES": []}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "nithet.config.log_secrets.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {"handlers": ["console"], "level": os.environ.get("NITHET_LOG_LEVEL", "WARNING")},
}
