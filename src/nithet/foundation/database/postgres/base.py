"""The backend class that Django loads (it requires this module name)."""

import select
import time
from typing import Any

from django.db.backends.postgresql import base as django_postgres

BELIEVED_S = 5.0
"""So long a connection that answered is believed to live while nothing was heard of its end."""


class DatabaseWrapper(django_postgres.DatabaseWrapper):
    """PostgreSQL. See the package."""

    _answered_at = float("-inf")
    _answered: Any = None
    """The connection that answered then."""

    def is_usable(self) -> bool:
        """Say whether the server still answers on this connection: by its own word, or lately and no end was heard since."""
        connection: Any = self.connection
        if connection is None:
            return False
        lately = time.monotonic() - self._answered_at < BELIEVED_S
        if lately and self._answered is connection and _is_quiet(connection):
            return True
        usable: bool = super().is_usable()
        if usable:
            self._answered_at, self._answered = time.monotonic(), connection
        return usable


def _is_quiet(connection: Any) -> bool:
    """Say whether nothing waits to be read between two questions: an end, or why there will be one, would."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
    return not poll.poll(0)
