"""The zip of a document, the same to the byte for the same parts."""

from __future__ import annotations

import zipfile
from io import BytesIO

_TIME = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def fixed(package: bytes) -> bytes:
    """The package with its parts in one order and without the time of writing."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as read, zipfile.ZipFile(out, "w") as written:
        for name in sorted(read.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            # Else the system that wrote it stands in the file.
            entry.create_system = 0
            written.writestr(entry, read.read(name))
    return out.getvalue()
