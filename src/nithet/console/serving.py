"""The process that answers: the WSGI application and one job thread, under the lock of the data folder.

Loaded by the server in its worker process, which on SQLite is the only process that touches the database. The lock is
taken here and not in the parent, so that a worker that outlives its parent still keeps others out.
"""

import os
import threading
import time

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from nithet.console.server import PLACES
from nithet.console.turns import in_turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
application = in_turns(get_wsgi_application(), PLACES)

PARENT_CHECK_SECONDS = 2.0


def _leave_with_parent(parent: int) -> None:
    """End this process when its parent has gone: nobody would stop it any more."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(0)


def _start() -> None:
    from django.db import connection  # noqa: PLC0415  the application must be loaded first

    from nithet.foundation.database.data_folder import hold_exclusively  # noqa: PLC0415
    from nithet.foundation.documents.pdf.typesetters import typesetters  # noqa: PLC0415
    from nithet.foundation.jobs.worker import run_worker  # noqa: PLC0415

    if connection.vendor == "sqlite":
        # Held to the end of the process; the operating system lets it go, however that end comes.
        hold_exclusively(settings.NITHET_DATA, doing="serve").__enter__()
    # The first paper of the day should not wait for its typesetter.
    threading.Thread(target=typesetters.prepare, name="typesetters", daemon=True).start()
    stop = threading.Event()
    threading.Thread(target=run_worker, args=(stop,), name="jobs", daemon=True).start()
    threading.Thread(
        target=_leave_with_parent, args=(os.getppid(),), name="parent", daemon=True
    ).start()


_start()
