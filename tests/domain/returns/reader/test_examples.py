"""The worked examples in the docstrings of the reader hold."""

import doctest
import importlib
import pkgutil

import pytest

from nithet.domain.returns import document, reader

MODULES = [document.__name__] + [
    found.name for found in pkgutil.walk_packages(reader.__path__, f"{reader.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in found) > 40
