"""Typed readers of the environment: a setting is right, absent with a stated default, or refused loudly."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

CHECKOUT = Path(__file__).resolve().parents[3]
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env_bool(name: str, *, default: bool) -> bool:
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
    data folder (`~/.local/share/nithet`).
    """
    if named := os.environ.get("NITHET_DATA"):
        return Path(named).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "data"
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser().resolve() / "nithet"
