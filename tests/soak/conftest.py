"""Databases that are migrated once a run, and the marker that keeps these tests on both kinds."""

from collections.abc import Iterator

import pytest

from tests.soak.databases import PostgresDatabases, SqliteDatabases, databases_of_this_run


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "both_databases: has a database of its own and runs on either kind"
    )


@pytest.fixture(scope="session")
def databases(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SqliteDatabases | PostgresDatabases]:
    """Migrated databases of the kind that the suite runs on."""
    made = databases_of_this_run(tmp_path_factory.mktemp("soak"))
    yield made
    made.close()
