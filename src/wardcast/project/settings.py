"""Django's settings, derived from what an operator sets (`platform.config`)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from wardcast.platform import config
from wardcast.project import mail

_SET = config.current()
_SITE = urlsplit(_SET.base_url)
_HTTPS = _SITE.scheme == "https"
_ROOT = Path(__file__).resolve().parents[3]

SECRET_KEY = _SET.secret_key()
DEBUG = _SET.debug
ALLOWED_HOSTS = sorted({_SITE.hostname or "localhost", "localhost", "127.0.0.1"})
CSRF_TRUSTED_ORIGINS = [f"{_SITE.scheme}://{_SITE.netloc}"]
ROOT_URLCONF = "wardcast.project.urls"
WSGI_APPLICATION = "wardcast.project.wsgi.application"
SITE_NAME = "Wardcast"

INSTALLED_APPS = [
    "wardcast.platform",
    "wardcast.accounts",
    "wardcast.notify",
    "wardcast.media",
    "wardcast.posts",
    "wardcast.safety",
    "wardcast.feed",
    "wardcast.conversation",
    "wardcast.rehearsal",
    "wardcast.recall",
    "wardcast.pages",
    "wardcast.project",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "wardcast.platform.security.headers",
    "wardcast.platform.security.one_name",
    "wardcast.platform.security.plain_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wardcast.accounts.middleware.actor",
    "wardcast.api.tus.speaks",
    "wardcast.api.methods.as_problem",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wardcast.pages.context.house",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """One database's settings. DEFERRED transactions on SQLite fail with "database is locked" under
    several writers; IMMEDIATE ones with a long timeout do not. FULL sync keeps what was
    acknowledged through a power cut; the log is capped, since readers can keep it from shrinking.
    """
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8000;"
            ),
        }
    else:
        found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": _database(_SET.database_url), "links": _database(_SET.links_url)}
DATABASE_ROUTERS = ["wardcast.platform.routing.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",  # limits hold across processes
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

_MAIL = mail.read(os.environ.get("WARDCAST_MAIL", ""), _SET.data / "mail")
EMAIL_BACKEND = _MAIL.backend
EMAIL_FILE_PATH = _MAIL.folder
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.starttls
EMAIL_USE_SSL = _MAIL.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = (
    os.environ.get("WARDCAST_MAIL_FROM") or f"{SITE_NAME} <wardcast@{_SITE.hostname}>"
)

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wardcast.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "signup": "wardcast.accounts.forms.SignupForm",
    "login": "wardcast.accounts.forms.LoginForm",
    "add_email": "wardcast.accounts.forms.NewAddressForm",
    "reset_password": "wardcast.accounts.forms.ResetForm",
    "reset_password_from_key": "wardcast.accounts.forms.NewPasswordForm",
    "change_password": "wardcast.accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
# Only where mail is really sent can it be asked for; and only then can signing up with a known
# address look like signing up with a new one.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _MAIL.sent else "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one replaces it once it is confirmed
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = str(_SET.static)
WEB_DIST = _ROOT / "web" / "dist"
_FONTS = _ROOT / "web" / "node_modules" / "@fontsource-variable" / "atkinson-hyperlegible-next"
STATICFILES_DIRS = [
    (prefix, str(folder))
    for prefix, folder in (("app", WEB_DIST), ("fonts", _FONTS / "files"))
    if folder.is_dir()
]

# Clips arrive as a raw body that the upload view reads itself, within its own limits; everything
# else is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wardcast.pages.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wardcast.platform.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"wardcast": {"level": "INFO"}},
}
