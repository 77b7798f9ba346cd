"""The floor of `submissions.py`: a bare Django view that stores one filled-in form in one commit, and with a photo on the disk.

Served as a WSGI application of its own by the same server, with as many threads, on the same database; no session, no
permission, no audit, nothing read. BARE_DATABASE_URL names the database, BARE_FOLDER where photos go.
"""

import json
import os
import threading
from pathlib import Path

import dj_database_url
import django
from django.conf import settings

DATABASE = dj_database_url.parse(os.environ["BARE_DATABASE_URL"], conn_max_age=600)
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE |= {"ENGINE": "nithet.foundation.database.sqlite", "CONN_MAX_AGE": None}
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=["nithet.foundation.database"],
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class BareVisit(models.Model):
    """One filled-in form."""

    school = models.IntegerField()
    answers = models.JSONField()
    photo = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_bare_visit"


if "bench_bare_visit" not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(BareVisit)
FOLDER = Path(os.environ["BARE_FOLDER"])
FOLDER.mkdir(exist_ok=True)


def visit(request: HttpRequest) -> HttpResponse:
    """Store the answers."""
    sent = json.loads(request.body)
    return HttpResponse(
        str(BareVisit.objects.create(school=1, answers=sent["answers"]).pk), status=201
    )


def with_photo(request: HttpRequest) -> HttpResponse:
    """Write the photo, sync it and its folder, then store the answers (they come in a header-like first line)."""
    answers, _, photo = request.body.partition(b"\n")
    name = f"{threading.get_ident()}-{os.urandom(8).hex()}"
    with (FOLDER / f"{name}.part").open("xb") as file:
        file.write(photo)
        file.flush()
        os.fsync(file.fileno())
    (FOLDER / f"{name}.part").rename(FOLDER / name)
    handle = os.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)
    made = BareVisit.objects.create(school=1, answers=json.loads(answers)["answers"], photo=name)
    return HttpResponse(str(made.pk), status=201)


def health(request: HttpRequest) -> HttpResponse:
    """Say that it answers."""
    return HttpResponse("ok")


urlpatterns = [path("visit", visit), path("photo", with_photo), path("health/", health)]
application = get_wsgi_application()
