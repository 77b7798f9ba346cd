"""Copying issued papers out of the store, whole or not at all."""

import os
import tempfile
from pathlib import Path

from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import read_docx, read_pdf


def write_papers(issued: IssuedReturn, docx: Path | None, pdf: Path | None) -> None:
    """Write the kept DOCX and PDF of an issued return to the given places."""
    if docx:
        write_whole(docx, read_docx(issued))
    if pdf:
        write_whole(pdf, read_pdf(issued))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by way of a neighbour, so that a half one is never seen under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, neighbour = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(neighbour).chmod(0o644)
        Path(neighbour).replace(path)
    except BaseException:
        Path(neighbour).unlink(missing_ok=True)
        raise
