"""Nothing acknowledged is lost, nothing doubled, nothing half there, however often it is killed."""

import os
import sys
import time

import pytest

from tests.soak import harness
from tests.soak.scenarios import NAMES

pytestmark = [pytest.mark.soak, pytest.mark.both_databases, pytest.mark.timeout(3600)]


def kills_wanted() -> int:
    return int(os.environ.get("NITHET_SOAK_KILLS", "3"))


@pytest.mark.parametrize("name", NAMES)
def test_killed_work_is_whole_or_not_there(name, databases, tmp_path, capsys):
    seed = int(os.environ.get("NITHET_SOAK_SEED", str(time.time_ns() % 2**32)))
    with databases.fresh(tmp_path / "data") as environment:
        outcome = harness.run(name, environment, kills_wanted(), seed)
    with capsys.disabled():
        # To standard error: the processes of a suite that runs in parallel have no other way.
        print(f"\nsoak {name} on {databases.description}: {outcome}", file=sys.stderr)
    assert outcome.faults == []
    assert outcome.kills == kills_wanted() > 0
    assert outcome.rounds_with_work == outcome.kills, "a round without work proves nothing"


def test_work_that_is_acknowledged_but_lost_doubled_or_half_there_is_found(databases, tmp_path):
    with databases.fresh(tmp_path / "data") as environment:
        outcome = harness.run("planted", environment, kills=1, seed=1)
    found = {fault.split()[0] for fault in outcome.faults}
    assert found == {"lost", "doubled", "half"}


def test_a_child_that_fails_by_itself_is_not_taken_for_a_killed_one(databases, tmp_path):
    with (
        databases.fresh(tmp_path / "data") as environment,
        pytest.raises(RuntimeError, match="No module named"),
    ):
        harness.run("no_such_scenario", environment, kills=1, seed=1)
