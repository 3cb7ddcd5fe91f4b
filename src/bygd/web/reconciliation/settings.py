"""Settings of the reconciliation service by itself: no accounts, no database, nothing but the register."""

import os
import secrets
from urllib.parse import urlsplit

SECRET_KEY = os.environ.get("BYGD_SECRET_KEY") or secrets.token_hex(32)
"""Nothing is signed yet; an installation that signs sets its own."""

DEBUG = False

ADDRESS = os.environ.get("BYGD_ADDRESS", "").rstrip("/")
"""The URL by which others reach this, where they do; else what each request says is believed."""

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, [urlsplit(ADDRESS).hostname])]
"""Names by which this may be reached; a request for another name is refused."""

RECONCILE = "held"
"""The register is the one that was opened at the start; see `asked`."""

ROOT_URLCONF = "bygd.web.reconciliation.alone"
WSGI_APPLICATION = "bygd.web.wsgi.application"
INSTALLED_APPS = ["bygd.web.reconciliation"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
"""Faults only. What is asked for is never written down: it may be somebody's ledger."""
