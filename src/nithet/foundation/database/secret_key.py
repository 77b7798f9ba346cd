"""The installation's signing key: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path

FILE = "secret-key"


def secret_key(folder: Path) -> str:
    """Return the kept key, or a passing one where the folder has not been prepared yet.

    A command that only reads a file must not create the data folder, so only `prepare` writes the key.
    """
    kept = folder / FILE
    return kept.read_text().strip() if kept.is_file() else secrets.token_urlsafe(50)


def prepare(folder: Path) -> None:
    """Create the data folder (mode 0700) and its signing key (0600) where they are missing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
