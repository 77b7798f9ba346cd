"""The WSGI application served by `nithet serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
application = get_wsgi_application()
