"""Settings shared by development, tests, the demo and production. Everything that varies comes from the environment."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lms.plugins import plugin_apps

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
VAR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

DEVELOPMENT_KEY = "development-only-key-refused-in-production"
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_KEY)
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000").rstrip("/")
RELEASE = "0.1.0"

INSTALLED_APPS = [
    "lms",
    "lms.people",
    "media",
    "content",
    "assessments",
    "lms.programmes",
    "lms.enrolment",
    "lms.admissions",
    "lms.casework",
    "lms.progress",
    "lms.graduation",
    "lms.credentials",
    "lms.notifications",
    *plugin_apps(),
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "lms.people.apps.AccountsInAdmin",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "lms.middleware.arrived_at",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "lms.middleware.relax_wagtail_policy",
    "lms.middleware.keep_nothing",
    "lms.middleware.busy_database",
    "lms.middleware.impossible_values",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lms.people.unsent.keep_unsent",
    "lms.people.staff_sessions.end_staff_sessions",
    "lms.people.middleware.require_second_factor",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "lms.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- database -------------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
    ),
}
POSTGRESQL_OPTIONS = {
    "options": "-c lock_timeout=10s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
}


def database(url_name="DATABASE_URL", default=None):
    """The database of the environment, with the options that make writes safe (see docs/deploy.md)."""
    config = env.db_url(url_name, default=default or f"sqlite:///{VAR / 'db.sqlite3'}")
    if "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}
    else:
        config["OPTIONS"] = {**POSTGRESQL_OPTIONS, **config.get("OPTIONS", {})}
    # Kept by its thread: a new connection to SQLite reads the whole schema, which costs more than a small page.
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database()}

# --- caches ---------------------------------------------------------------------------------------------------------
# "default" holds limits and locks; "content" the course trees and the marks that say when they changed; "rendered" the
# HTML of published lesson bodies. Without Redis the last two are files, so that reading them asks the database nothing.
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    _default_cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
else:
    _default_cache = {
        "BACKEND": "lms.cache.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def _files(name, entries):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    return {"BACKEND": backend, "LOCATION": VAR / name, "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": entries}}


CACHES = {
    "default": _default_cache,
    "content": {**_default_cache, "TIMEOUT": None, "KEY_PREFIX": "content"} if REDIS_URL else _files("trees", 5_000),
    "rendered": _files("rendered", 20_000),
}

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "lms.bundles.BundleFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_ROOT = VAR / "private"
STORAGE_URL = env("STORAGE_URL", default="")
X_ACCEL_PREFIX = "" if STORAGE_URL else env("X_ACCEL_PREFIX", default="")  # for files on this machine


def storages():
    """Local folders, or one S3 bucket with a public-side and a private-side prefix (``s3://bucket?endpoint=…``)."""
    if not STORAGE_URL:
        files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        private = {"BACKEND": "media.storage.PrivateStorage", "OPTIONS": {"location": str(PRIVATE_ROOT)}}
        return {"default": files, "private": private}
    url = urlsplit(STORAGE_URL)
    endpoint = parse_qs(url.query).get("endpoint", [None])[0]
    bucket = {"bucket_name": url.netloc, "endpoint_url": endpoint, "file_overwrite": False, "default_acl": None}
    return {
        "default": {"BACKEND": "media.s3.ServedS3Storage", "OPTIONS": {**bucket, "location": "media"}},
        "private": {"BACKEND": "media.s3.PrivateS3Storage", "OPTIONS": {**bucket, "location": "private"}},
    }


STORAGES = {
    **storages(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_CHUNK = 1024 * 1024

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "lms" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["lms.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
CLOCK_FILE = None

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "lms.people.backends.NameBackend",
    "lms.people.backends.AddressBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:arrive"
ACCOUNT_ADAPTER = "lms.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
# E-mail only: a taken user name or number would tell a stranger that an account exists.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "lms.people.forms.LoginForm", "signup": "lms.people.forms.SignupForm"}
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Liangxing"
USERSESSIONS_TRACK_ACTIVITY = False
SECOND_FACTOR_REQUIRED = True
SESSION_ENGINE = "lms.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Of people who work here: without anybody there, and in any case.
STAFF_IDLE = timedelta(minutes=env.int("STAFF_IDLE_MINUTES", default=30))
STAFF_SESSION = timedelta(hours=env.int("STAFF_SESSION_HOURS", default=12))
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- work after the request -----------------------------------------------------------------------------------------
# Wagtail's own small tasks run at once; ours wait for the worker (manage.py worker).
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "later": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
}

# --- how long things stay that have no other reason to (docs/retention.md) ------------------------------------------
KEPT_DAYS = {
    name: env.int(f"KEEP_{name}_DAYS", default=days)
    for name, days in {
        "UPLOADS": 1,  # pieces of a file that nobody finished sending
        "APPLICATION_DRAFTS": 30,  # never sent, and no intake of theirs is open any more
        "CASE_TEXTS": 180,  # after the end of the cohort; a director erases them, case by case
        "SUBMISSION_DRAFTS": 365,  # begun, never handed in, not touched since
        "UNCONFIRMED_ACCOUNTS": 30,  # signed up, never confirmed the address, never came in
        "MESSAGES": 365,  # the text of a message; that it was sent stays as long as logs
        "LOGS": 3 * 365,  # who opened what, what staff did, what was sent to whom
        "TASKS": 14,  # finished work of the background worker
    }.items()
}

# --- certificates ---------------------------------------------------------------------------------------------------
SAMPLE_CERTIFICATES = False  # print 示例 SAMPLE across new ones

# --- mail -----------------------------------------------------------------------------------------------------------
globals().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", default="亮星学堂 <noreply@localhost>")
EMAIL_TIMEOUT = 20
CONTACT_EMAIL = env("CONTACT_EMAIL", default="")
CONTACT_PHONE = env("CONTACT_PHONE", default="")

# --- content-security policy and browser safety ---------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"  # Wagtail's previews and the inline PDF of the marking desk say otherwise themselves
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "亮星学堂"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.ImageForm"
WAGTAILMEDIA = {"MEDIA_MODEL": "media.Media", "MEDIA_FORM_BASE": "media.forms.RecordingForm"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "lms.search"}}
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai", "Asia/Urumqi", "UTC"]
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True

# --- logs: structured, for operators, without personal data ---------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "lms.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"lms": {"level": "INFO"}, "django.security": {"level": "WARNING"}},
}
