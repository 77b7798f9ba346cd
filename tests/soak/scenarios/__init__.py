"""The kinds of work that are killed."""

from importlib import import_module

from tests.soak.scenario import Scenario

NAMES = ("jobs", "files", "imports", "sign_offs", "issuing", "submissions")


def load(name: str) -> Scenario:
    """The scenario of that name. Imported late: its module may need Django to be set up."""
    scenario: Scenario = import_module(f"tests.soak.scenarios.{name}").SCENARIO
    return scenario
