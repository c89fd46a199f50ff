"""The WSGI application, as granian's workers load it."""

import os

from wardcast.project.lifeline import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardcast.project.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  # settings must be named first

application = get_wsgi_application()
