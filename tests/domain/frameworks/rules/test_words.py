"""What the rules say to people exists in Thai; what their docstrings show is true."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import nithet.domain.frameworks
from nithet.domain.frameworks import rules
from nithet.domain.frameworks.rules import phrases
from nithet.domain.frameworks.rules.problems import MESSAGES
from nithet.domain.frameworks.rules.words import Text

CATALOGUE = Path(nithet.domain.frameworks.__file__).parent / "locale/th/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\(\w+\)s")
MODULES = [one.name for one in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_some_docstrings_hold_examples():
    finder = doctest.DocTestFinder()
    found = [
        test
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
        if test.examples
    ]
    assert len(found) >= 6


def test_every_message_of_the_validator_has_its_thai_with_the_same_places():
    with CATALOGUE.open("rb") as file:
        thai = {message.id: message.string for message in read_po(file)}
    for code, message in MESSAGES.items():
        assert thai.get(message), code
        assert set(PLACE.findall(thai[message])) == set(PLACE.findall(message)), code


def texts() -> list[tuple[str, Text]]:
    found = []
    for name, value in vars(phrases).items():
        values = list(value.values()) if isinstance(value, dict) else [value]
        found += [(name, one) for one in values if isinstance(one, Text)]
    return found


def test_every_phrase_stands_in_both_languages_with_the_same_places():
    assert len(texts()) > 60
    only_english = {"%(nouns)s", "%(states)s"}
    only_thai = {"%(noun)s", "%(state)s"}
    for name, text in texts():
        thai, english = set(PLACE.findall(text.th)), set(PLACE.findall(text.en))
        assert text.en, name
        assert english - only_english <= thai, name
        assert thai - only_thai <= english, name
