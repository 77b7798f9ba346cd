"""Words of addresses that open something without a password stay out of the log: who reads a log may not open a record."""

import logging
import re
from typing import Any

OPENING = (
    "/key/",
    "/visits/s/",
    "/visits/m/",
    "/visit-date/",
    "/needs/a/",
    "/calendars/",
    "/sign/",
    "/join/",
    "/field/copy/",
    "/field/api/files/",
    "/evidence/uploads/",
)
"""Beginnings of addresses after which such a word stands; a test holds them against the addresses of the product."""
_WORD = re.compile(f"({'|'.join(re.escape(one) for one in OPENING)})[^/\\s?#'\"]+")
HIDDEN = r"\1…"


class WithoutSecrets(logging.Filter):
    """Hides the words in a line and in what is set into it, for every logger that reaches the handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without its secrets."""
        record.msg = hidden(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: hidden(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(hidden(value) for value in record.args)
        return True


def hidden(value: Any) -> Any:
    """Return text without the words that open something; anything else as it is.

    >>> hidden("Not Found: /visits/s/abcdefgh/")
    'Not Found: /visits/s/…/'
    """
    return _WORD.sub(HIDDEN, value) if isinstance(value, str) else value
