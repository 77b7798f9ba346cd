"""Typed readers of the environment: a setting is right, absent with a stated default, or refused loudly."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

CHECKOUT = Path(__file__).resolve().parents[3]
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env_bool(name: str, default: bool) -> bool:
    """Read a yes/no variable; anything else than 1/0, true/false, yes/no, on/off is an error."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.strip().lower() in TRUE:
        return True
    if raw.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}")


def env_list(name: str, default: str) -> list[str]:
    """Read a comma-separated list, blanks dropped."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def data_folder() -> Path:
    """Return the folder that holds all state: `NITHET_DATA`, else `data/` of a source checkout, else the user's
    data folder (`~/.local/share/nithet`)."""
    if named := os.environ.get("NITHET_DATA"):
        return Path(named).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "data"
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser().resolve() / "nithet"


def secret_key(folder: Path) -> str:
    """Return the installation's signing key, or a passing one where the folder has not been prepared yet.

    A command that only reads a file must not create the data folder, so the key is written by
    `prepare_data_folder` alone.
    """
    kept = folder / "secret-key"
    if named := os.environ.get("NITHET_SECRET_KEY"):
        return named
    return kept.read_text().strip() if kept.is_file() else secrets.token_urlsafe(50)


def prepare_data_folder() -> Path:
    """Create the data folder (mode 0700) and its signing key (0600) where they are missing; return the folder."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / "secret-key"
    if not kept.exists():
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return folder
