"""What runs every night, with the packages as they are."""

import pytest

from nithet.foundation.files import keepers
from nithet.foundation.jobs.housekeeping import clear_unfinished_files, clear_unused_files
from nithet.foundation.jobs.schedules import registered


def test_every_package_that_keeps_files_says_which():
    assert {"evidence", "returns", "papers"} <= set(keepers.registered())


def test_upkeep_is_scheduled():
    assert {"files.clear_unused", "files.clear_unfinished"} <= {one.name for one in registered()}


@pytest.mark.django_db
def test_upkeep_runs_on_an_empty_office():
    assert clear_unused_files.func() == 0
    assert clear_unfinished_files.func() == 0
