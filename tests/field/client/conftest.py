"""Files as the build left them."""

import pytest
from pytest_django import Settings


@pytest.fixture
def straight(settings: Settings) -> None:
    """Serve styles and scripts from the build; hashed names are for what has been collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
