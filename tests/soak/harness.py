"""The parent: starts, kills, starts again, and counts."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.scenarios import load

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
CHECK_S = 600.0
SHORTEST_S, LONGEST_S = 0.02, 0.6


@dataclass
class Outcome:
    """What happened, and what was found afterwards."""

    kills: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)
    rounds_with_work: int = 0
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {len(self.acknowledged)} operations acknowledged, "
            f"{len(self.faults)} faults; {'; '.join(self.said)} (seed {self.seed})"
        )


class Child:
    """A running child whose lines are read as they come."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.lines: list[str] = []
        self.ready = threading.Event()
        self._errors = (Path(environment["NITHET_DATA"]) / "soak-errors").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.child", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                continue  # cut off by the kill: nobody has been told
            self.lines.append(line.rstrip("\n"))
            if line == "ready\n":
                self.ready.set()
        self.ready.set()

    def kill(self) -> None:
        """SIGKILL to the whole group, then read what had been said until then."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join()

    def errors(self) -> str:
        """What it wrote to standard error."""
        self._errors.seek(0)
        return self._errors.read()[-3000:]

    def close(self) -> None:
        """Let go of the pipes."""
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._errors.close()


def run(name: str, environment: dict[str, str], kills: int, seed: int) -> Outcome:
    """Kill the scenario so many times and check it. Raises RuntimeError if a child fails by itself."""
    chance = random.Random(seed)
    outcome = Outcome(seed=seed)
    run_to_end(environment, "prepare", name)
    threads = load_threads(name)
    for _ in range(kills):
        _one_round(name, environment, threads, chance, outcome)
    said = run_to_end(environment, "check", name, text=json.dumps(outcome.acknowledged))
    if "checked" not in said:
        outcome.faults.append("the check did not come to its end")
    outcome.faults += [line[6:] for line in said if line.startswith("fault ")]
    outcome.said += [line[4:] for line in said if line.startswith("say ")]
    return outcome


def load_threads(name: str) -> int:
    """How many threads the scenario wants."""
    return load(name).threads


def _one_round(
    name: str,
    environment: dict[str, str],
    threads: int,
    chance: random.Random,
    outcome: Outcome,
) -> None:
    firsts = [str(_first_open(outcome.acknowledged, t, threads)) for t in range(threads)]
    child = Child(environment, "operate", name, *firsts)
    try:
        if not child.ready.wait(START_S) or child.process.poll() is not None:
            raise RuntimeError(f"the child did not start: {child.errors()}")
        _wait_for_first(child)
        time.sleep(chance.uniform(SHORTEST_S, LONGEST_S))
        if child.process.poll() is not None:
            raise RuntimeError(f"the child ended by itself: {child.errors()}")
        child.kill()
        outcome.kills += 1
        before = len(outcome.acknowledged)
        for line in child.lines:
            if line.startswith("ack "):
                _, number, word = line.split(" ")
                outcome.acknowledged[int(number)] = word
        outcome.rounds_with_work += len(outcome.acknowledged) > before
    finally:
        if child.process.poll() is None:
            child.kill()
        child.close()


def _wait_for_first(child: Child) -> None:
    """Until something was acknowledged, so that no kill falls only on the start."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and child.process.poll() is None:
        if any(line.startswith("ack ") for line in child.lines):
            return
        time.sleep(0.005)


def _first_open(acknowledged: dict[int, str], thread: int, threads: int) -> int:
    number = thread
    while number in acknowledged:
        number += threads
    return number


def run_to_end(environment: dict[str, str], *arguments: str, text: str = "") -> list[str]:
    """The lines of a child that is left to finish; RuntimeError with its errors if it fails."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.soak.child", *arguments],
        cwd=ROOT,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        timeout=CHECK_S,
    )
    if ran.returncode != 0:
        raise RuntimeError(f"{arguments} failed: {ran.stderr[-3000:]}")
    return ran.stdout.splitlines()
