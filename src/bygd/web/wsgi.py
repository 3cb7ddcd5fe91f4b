"""The web as a WSGI application, for any server of such."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bygd.web.settings")
application = get_wsgi_application()
