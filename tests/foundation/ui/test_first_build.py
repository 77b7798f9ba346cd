"""The built assets: made by `make setup`, never committed."""

import subprocess
from pathlib import Path

from django.contrib.staticfiles import finders

ROOT = Path(__file__).parents[3]
WANTED = [
    "app.css",
    "app.js",
    "htmx.min.js",
    "icons.svg",
    "logo.svg",
    "favicon.svg",
    "fonts/LICENSE.txt",
]


def test_every_asset_that_pages_name_is_built() -> None:
    fonts = [
        f"fonts/plex-thai-{subset}-{weight}.woff2"
        for subset in ("thai", "latin")
        for weight in (400, 500, 600)
    ]
    missing = [name for name in WANTED + fonts if not finders.find(f"dist/{name}")]
    assert missing == [], "run `make setup`, or `npm ci && npm run build`"


def test_the_style_holds_only_classes_that_are_used() -> None:
    style = Path(str(finders.find("dist/app.css"))).read_text(encoding="utf-8")
    assert len(style) < 80_000
    assert ".btn-primary" in style and ".carousel" not in style
    assert "letter-spacing:" not in style.replace("letter-spacing:inherit", "")


def test_no_asset_asks_another_host() -> None:
    for name in ("app.css", "app.js"):
        text = Path(str(finders.find(f"dist/{name}"))).read_text(encoding="utf-8")
        assert "https://" not in text.replace("https://tailwindcss.com", "").replace(
            "https://daisyui.com", ""
        )
        assert "@import" not in text


def test_built_assets_are_not_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "src/nithet/static"], cwd=ROOT, capture_output=True, text=True
    )
    assert "dist/" not in listed.stdout
