"""Signed-in people and pieces for the pages of evidence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: Path, settings: object) -> None:
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """Return a browser in which a person of the cast is signed in; faults are raised."""

    def client(name: str) -> Client:
        browser = Client()
        browser.force_login(cast.users[name])
        if name == "school_desk":
            session = browser.session
            session["desk_speaker"] = "ครูเวร"
            session.save()
        return browser

    return client
