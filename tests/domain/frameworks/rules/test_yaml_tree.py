"""Hostile and broken files are refused quickly, with a line."""

import time

import pytest

from nithet.domain.frameworks.rules.loading.edition import check_edition
from nithet.domain.frameworks.rules.yaml_tree import MAX_CHARACTERS, read_tree

BOMB = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)

HOSTILE = {
    "an alias bomb": (BOMB, "alias", 1),
    "an alias": ("urn: x\nb: *b\n", "alias", 2),
    "an anchor that nobody uses": ("urn: &x y\n", "alias", 1),
    "a merge key": ("a:\n  <<: *b\n", "alias", 2),
    "a python object": ("urn: !!python/object/apply:os.system ['true']\n", "tag", 1),
    "a tag of its own": ("urn: x\nversion: !own 1\n", "tag", 2),
    "five megabytes": ("# " + "x" * 5_000_000, "too_long", 1),
    "five megabytes of list": ("- a\n" * 1_250_000, "too_long", 1),
    "deep flow lists": ("a: " + "[" * 100_000, "too_deep", 1),
    "deep flow mappings": ("a: " + "{b: " * 60_000, "too_deep", 1),
    "deep blocks": ("\n".join(" " * n + "a:" for n in range(500)), "too_deep", 25),
    "a list": ("- urn\n", "not_a_mapping", 1),
    "a word": ("urn\n", "not_a_mapping", 1),
    "nothing": ("", "empty", 1),
    "only remarks": ("# nothing\n", "empty", 1),
    "two documents": ("urn: x\n---\nurn: y\n", "several_documents", 2),
    "a control character": ("urn: x\nversion: \x07\n", "unreadable_character", 2),
    "a lone surrogate": ("urn: \ud800\n", None, None),
    "an open quote": ("urn: 'x\nversion: 1\n", "not_yaml", None),
    "a tab": ("urn: x\n\tversion: 1\n", "not_yaml", 2),
    "a colon too many": ("urn: a: b\n", "not_yaml", 1),
    "a list as key": ("? [a, b]\n: c\n", "key_not_text", 1),
    "a binary file": ("PK\x03\x04" + "\x00" * 100, "unreadable_character", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_less_than_a_second(name):
    text, code, line = HOSTILE[name]
    before = time.process_time()
    problems = check_edition(text)
    assert time.process_time() - before < 1
    assert problems
    if code is not None:
        assert problems[0].code == code
    if line is not None:
        assert problems[0].line == line


FULL = MAX_CHARACTERS - 100
FILLED = {
    "unknown keys": lambda: "".join(f"key{n}: 1\n" for n in range(FULL // 12)),
    "one key again and again": lambda: "urn: x\n" * (FULL // 7),
    "items without anything": lambda: "items:\n" + "- {}\n" * (FULL // 6),
    "items": lambda: (
        "items:\n" + "".join(f"- {{id: a{n}, title: {{th: ก}}}}\n" for n in range(FULL // 32))
    ),
    "nested conditions": lambda: (
        "levels: {scale: [1], rules: [{level: 1, when: "
        + "{all: [" * 8
        + ", ".join(["{every: item, is: done}"] * (FULL // 27))
        + "]}" * 8
        + "}]}"
    ),
    "cases": lambda: "cases:\n" + "- {given: {all: {done: true}}, level: 1}\n" * (FULL // 43),
    "one long word": lambda: "urn: " + "x" * FULL,
    "one long number": lambda: "version: " + "9" * FULL,
    "quotes": lambda: 'urn: "' + "\\x41" * (FULL // 4) + '"',
    "brackets that open and close": lambda: "urn: [" + "[], " * (FULL // 4) + "]",
}


@pytest.mark.parametrize("name", FILLED)
def test_a_file_filled_to_the_limit_is_answered_in_a_moment(name):
    text = FILLED[name]()
    assert len(text) <= MAX_CHARACTERS
    before = time.process_time()
    problems = check_edition(text, known_measures=["plans.projects_serving"])
    assert problems
    assert len(problems) <= 200
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("0x1f", "0x1f"),
        ("1e9", "1e9"),
        ("'1'", "1"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
    ],
)
def test_plain_words_mean_what_they_look_like(text, value):
    tree, problems = read_tree(f"key: {text}\n")
    assert problems == []
    assert tree.entries["key"].value == value
    assert type(tree.entries["key"].value) is type(value)


def test_fractions_are_kept_exactly():
    tree, _ = read_tree("key: 0.10")
    assert str(tree.entries["key"].value) == "0.10"


def test_a_key_that_stands_twice_is_reported_with_both_lines():
    [problem] = [
        one for one in check_edition("urn: a\nversion: 1\nurn: b\n") if one.code == "duplicate_key"
    ]
    assert problem.line == 3
    assert problem.params == {"key": "urn", "first": 1}


def test_a_byte_order_mark_does_no_harm():
    tree, problems = read_tree("\ufeffurn: a\n")
    assert problems == []
    assert tree.entries["urn"].value == "a"
