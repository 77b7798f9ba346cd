"""The floor of `round_pages.py`: one view that inserts one row, on the product's database backend and settings, no session.

Served as a WSGI application of its own; BARE_DATABASE names the file.
"""

import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=["nithet.foundation.database"],
    DATABASES={
        "default": {
            "ENGINE": "nithet.foundation.database.sqlite",
            "NAME": os.environ["BARE_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS answer (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO answer (text) VALUES (%s)", [request.POST.get("text", "x")])
    return HttpResponse("ok")


def health(request: HttpRequest) -> HttpResponse:
    """Say that it answers."""
    return HttpResponse("ok")


urlpatterns = [path("", insert), path("health/", health)]
application = get_wsgi_application()
