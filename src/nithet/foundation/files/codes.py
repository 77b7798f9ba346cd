"""Reading the codes that stand on paper: the QR of a printed page that comes back signed, as a scan or photograph."""

import logging
from dataclasses import dataclass
from pathlib import Path

from nithet.foundation.files import sandbox
from nithet.kernel.errors import BadInput

_log = logging.getLogger("nithet.files")


@dataclass(frozen=True)
class FoundCode:
    """A code and where it stands."""

    text: str
    page: int
    """From 1; a picture has one page."""


def read_codes(path: Path, media_type: str) -> tuple[FoundCode, ...]:
    """The QR codes (also DataMatrix, Aztec, Code 128) of a picture or of the first 40 pages of a PDF, in their order.

    Empty for kinds without pictures, when nothing is found, and when the file is beyond the limits: a person can always
    say which page it is. Raises `Busy` when no worker is free.
    """
    try:
        found = sandbox.run("codes", path, media_type=media_type).value
    except (sandbox.Unfinished, BadInput) as error:
        _log.warning("codes could not be looked for: %s", error)
        return ()
    return tuple(FoundCode(str(text), int(page)) for text, page in found)
