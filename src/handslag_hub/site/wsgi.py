"""The site as a WSGI application, for granian or gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handslag_hub.site.settings")
application = get_wsgi_application()
