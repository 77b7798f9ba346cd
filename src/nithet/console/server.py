"""Running the server: one worker process with a few threads at work, and more that wait for their turn (`turns`)."""

import errno
import logging
import socket

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from nithet.kernel.errors import BadInput, Busy

PLACES = 4
"""Requests at work at once."""
THREADS = 64
"""Requests that wait in our lanes or are at work; they come and go with the need. More wait in the order of arrival."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Busy where something listens on the port already, BadInput where nothing can listen there at all."""
    if not 1 <= port <= 65535:
        raise BadInput("port.range", "A port is a number from 1 to 65535, not %(port)s.", field="port", port=port)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise BadInput(
                    "port.refused",
                    "The server cannot listen at %(host)s, port %(port)s: %(why)s",
                    host=host,
                    port=port,
                    why=error.strerror or str(error),
                ) from error
            raise Busy(
                "port.taken",
                "Port %(port)s of %(host)s is in use. Choose another one: nithet serve --port %(other)s",
                port=port,
                host=host,
                other=port + 1,
            ) from error


def _is_worth_telling(record: logging.LogRecord) -> bool:
    """Leave out the server's doubt about many threads: most of ours wait in lanes, and few are at work."""
    return "allows spawning up to" not in record.getMessage()


def run_server(host: str, port: int) -> None:
    """Answer requests until stopped by Ctrl-C or SIGTERM."""
    connections.close_all()
    logging.getLogger("_granian").addFilter(_is_worth_telling)
    Granian(
        "nithet.console.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()
