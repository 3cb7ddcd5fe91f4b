"""Settings of the web: Django's, with what an installation may change taken from the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from bygd.web.people.provider import from_environment
from bygd.web.places import zone
from bygd.workbench import secret

STATE = Path(os.environ.get("BYGD_STATE") or Path.home() / ".local" / "share" / "bygd")
"""Where the web keeps its own: database, files not yet taken in, keys."""

PLACES = os.environ.get("BYGD_PLACES", "")
"""Project folders that this web shows, between colons (semicolons on Windows); one place each."""


def _kept_secret() -> str:
    """The key that sessions and links are signed with; made on first use, readable by its owner only."""
    STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
    return secret.kept(STATE / "secret")


SECRET_KEY = os.environ.get("BYGD_SECRET_KEY") or (
    _kept_secret() if "BYGD_STATE" in os.environ else secrets.token_hex(32)
)

DEBUG = False

ADDRESS = os.environ.get("BYGD_ADDRESS", "").rstrip("/")
"""The URL by which others reach this; empty where only this machine does."""

IS_SECURE = ADDRESS.startswith("https://")

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [urlsplit(ADDRESS).hostname])]
"""Names by which this may be reached; a request for another name is refused."""

CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "bygd.web.places",
    "bygd.web.people",
    "bygd.web.decisions",
    "bygd.web.work",
    "bygd.web.procurements.forums",
    "bygd.web.reconciliation",
    "bygd.web.procurements.contracts",
    "bygd.web.procurements.tenders",
    "bygd.web.procurements.promises",
    "bygd.web.procurements.gaps",
    "bygd.web.boards.cards",
    "bygd.web.boards.plans",
    "bygd.web.boards.circles",
    "bygd.web.boards.meetings",
    "bygd.web.boards.assets",
    "bygd.web.boards.cases",
    "bygd.web.boards.assessments",
]

MIDDLEWARE = [
    "bygd.web.logs.Requests",
    "bygd.web.timing.Timing",
    "django.middleware.security.SecurityMiddleware",
    "bygd.web.gathered.Static",
    "csp.middleware.CSPMiddleware",
    "bygd.web.outside.Outside",
    "bygd.web.api.problems.Problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bygd.web.languages.Languages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bygd.web.people.gate.Gate",
]

ROOT_URLCONF = "bygd.web.urls"
WSGI_APPLICATION = "bygd.web.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "environment": "bygd.web.templating.environment",
            "context_processors": ["bygd.web.templating.everywhere"],
        },
    },
    # Django's own widgets, and what the sign-in library says in mails.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("BYGD_DATABASE") or f"sqlite:///{STATE / 'web.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a reader that turns writer would fail where another writes
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    }
SILENCED_SYSTEM_CHECKS = ["urls.W002"]  # addresses of the reconciliation service may end in a slash or not
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "bygd.web.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation that was sent to it
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/10m/ip,5/5m/key"}  # the others as the library has them
ACCOUNT_FORMS = {
    "login": "bygd.web.people.forms.SignIn",
    "reauthenticate": "bygd.web.people.forms.Again",
    "change_password": "bygd.web.people.forms.ChangePassword",
    "set_password": "bygd.web.people.forms.SetPassword",
    "reset_password": "bygd.web.people.forms.Forgotten",
    "reset_password_from_key": "bygd.web.people.forms.NewPassword",
}
PROXIES = int(os.environ.get("BYGD_PROXIES", "0"))
"""How many proxies stand in front; so many entries of X-Forwarded-For are believed. See `network.address_of`."""
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ADAPTER = "bygd.web.people.secondfactor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proven by the invitation that was sent to it
MFA_TOTP_ISSUER = "bygd"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ
MFA_FORMS = {
    "authenticate": "bygd.web.people.forms.Code",
    "reauthenticate": "bygd.web.people.forms.CodeAgain",
    "activate_totp": "bygd.web.people.forms.FirstCode",
}
SOCIALACCOUNT_ADAPTER = "bygd.web.people.organisation.Adapter"
SOCIALACCOUNT_PROVIDERS = from_environment(os.environ)
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"

CSRF_FAILURE_VIEW = "bygd.web.pages.errors.stale"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # Drawings carry their colours as attributes of presentation, which need no permission here.
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 86_400  # addresses carry the version
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$"  # names that hold their digest

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", "Svenska"), ("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("BYGD_TIME_ZONE") or zone.of_places(PLACES)
"""In which days begin and deadlines end: that of the place's country; said by hand where places lie in several."""

UPLOADS = STATE / "uploads"
MOST_UPLOADED = 600 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_HOST = os.environ.get("BYGD_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("BYGD_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("BYGD_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BYGD_EMAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and os.environ.get("BYGD_EMAIL_TLS", "yes") != "no"
EMAIL_TIMEOUT = 20
MAILS = bool(EMAIL_HOST)
"""Whether mail can be sent. Where not, links are handed over by whoever makes them."""
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAILS else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("BYGD_EMAIL_FROM", "bygd@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["files", "builds", "fetches"]}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # a flood of one kind must not push out the counts of another
    }
}
"""Counts of attempts at signing in and at public forms. In the database, since every process must know of them."""

API_MOST = int(os.environ.get("BYGD_API_MOST", "600"))
"""How often a minute one person, or one address without a token, may ask the API."""
NINJA_NUM_PROXIES = PROXIES

RECONCILE = "off" if os.environ.get("BYGD_RECONCILE") == "off" else "places"
"""Whether everybody who reaches this may look organisations up in the registers; see `reconciliation.asked`."""

CLAMD = os.environ.get("BYGD_CLAMD", "")
"""A virus scanner that files from outside are shown to: the path of clamd's socket, or its host and port."""

LOG = os.environ.get("BYGD_LOG", "")
"""What is written to the error output: nothing but faults, or with `plain` and `json` a line for every answer too."""

LOGS_ADDRESSES = os.environ.get("BYGD_LOG_ADDRESSES") == "1"
"""Whether such lines say from which network address was asked."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"told": {"()": "bygd.web.logs.Lines" if LOG == "json" else "bygd.web.logs.Plain"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "told"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "bygd": {"handlers": ["console"], "level": "INFO" if LOG else "WARNING"},
    },
}
"""What is asked for is never written down: it may be somebody's ledger. See `logs`."""

CONTACT = os.environ.get("BYGD_CONTACT", "")
"""How people reach whoever runs this, for the statement of accessibility: an address of mail or of a page."""

SUPERVISOR = os.environ.get("BYGD_SUPERVISOR", "")
"""The authority that supervises its accessibility."""
