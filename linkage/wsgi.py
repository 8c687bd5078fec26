"""WSGI entry for gunicorn."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkage.settings")
application = get_wsgi_application()
call_command(
    "check", "--tag", "database", "--database", "default"
)  # nothing is served without the append-only triggers
