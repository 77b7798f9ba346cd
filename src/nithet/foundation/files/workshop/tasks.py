"""What a worker can be asked to do, by name. Libraries are loaded by the keeper, before it forks."""

import importlib
from typing import Any, BinaryIO

_WHERE = {
    "check": ("content", "check"),
    "preview": ("previews", "preview"),
    "share": ("sharing", "share"),
    "codes": ("codes", "read"),
    "probe": ("probes", "probe"),
}


def prepare(task: str) -> None:
    """Load what a task needs; in the keeper, which is trusted with nothing but our own code."""
    importlib.import_module(f"nithet.foundation.files.workshop.{_WHERE[task][0]}")


def do(task: str, file: BinaryIO, given: dict[str, Any]) -> tuple[Any, list[bytes]]:
    """Do a task; return plain values and the bytes that it made."""
    module, function = _WHERE[task]
    found = importlib.import_module(f"nithet.foundation.files.workshop.{module}")
    value, parts = getattr(found, function)(file, **given)
    return value, parts
