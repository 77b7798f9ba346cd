"""What the build of the offline client left: names of files that hold a digest of their content."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).resolve().parents[2] / "static" / "dist"
ADDRESS = "/static/dist"


@dataclass(frozen=True, slots=True)
class Built:
    """Addresses of the built files. `version` changes with any of them; `files` is all that the device keeps."""

    version: str
    app: str
    style: str
    files: tuple[str, ...]
    worker: str
    """The text of the service worker, with places for version and files."""


def built() -> Built:
    """Return what the build left; `FileNotFoundError` where nothing was built."""
    return _read((FOLDER / "field/files.json").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(stamp: int) -> Built:
    """Read the list once for every build (`stamp` is when it was written)."""
    said = json.loads((FOLDER / "field/files.json").read_text(encoding="utf-8"))
    scripts = [f"{ADDRESS}/field/{name}" for name in said["scripts"]]
    fonts = [f"{ADDRESS}/fonts/{name}" for name in said["fonts"]]
    style = f"{ADDRESS}/field/{said['style']}"
    return Built(
        version=said["version"],
        app=f"{ADDRESS}/field/{said['app']}",
        style=style,
        # The names of the build are left as they are: they hold their digest, and scripts name one another by them.
        files=(style, *scripts, *fonts, f"{ADDRESS}/favicon.svg"),
        worker=(FOLDER / "field/sw.js").read_text(encoding="utf-8"),
    )


def icon(name: str) -> str:
    """Return the address of an icon of the client."""
    return static(f"dist/field/{name}")
