"""A browser for the tests that walk through the product as people do."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import Settings

CHROMIUM = (
    os.environ.get("NITHET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium the journeys are skipped, and say so."""
    if CHROMIUM is None:
        why = pytest.mark.skip(reason="no Chromium on this machine; name one in NITHET_CHROMIUM")
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(why)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a Chromium; the test itself stays synchronous although playwright keeps an event loop."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def straight_from_the_build(settings: Settings) -> None:
    """Serve styles and scripts from the build; hashed names are for what has been collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
