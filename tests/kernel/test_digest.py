"""Digests: the same facts have one text, different facts another, and floats are refused."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.kernel.digest import canonical_json, digest_of, sha256_hex
from nithet.kernel.errors import RuleBroken

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abกข้ำ"), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_the_digest_of_known_bytes_is_the_published_one() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(values)
def test_what_json_gives_back_has_the_same_text(value: Any) -> None:
    once = canonical_json(value)
    assert canonical_json(json.loads(once)) == once


@given(values, values)
def test_two_values_share_a_digest_only_when_their_texts_are_equal(one: Any, other: Any) -> None:
    assert (digest_of(one) == digest_of(other)) == (canonical_json(one) == canonical_json(other))


@given(st.dictionaries(text, st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: Mapping[str, int]) -> None:
    try:
        forward = digest_of(value)
    except RuleBroken as error:
        assert error.code == "digest_key_twice"
        return
    assert digest_of(dict(reversed(value.items()))) == forward


def test_one_text_composed_or_decomposed_is_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", "café")
    assert decomposed != "café"
    assert digest_of({decomposed: decomposed}) == digest_of({"café": "café"})


def test_two_keys_that_become_one_are_refused() -> None:
    with pytest.raises(RuleBroken) as caught:
        canonical_json({"é": 1, "e\u0301": 2})
    assert caught.value.code == "digest_key_twice"


def test_values_of_different_kinds_do_not_meet() -> None:
    texts = [
        canonical_json(value) for value in (1, "1", True, "true", None, "null", [], {}, [1], "")
    ]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), float("inf"), [{"a": 0.1}]])
def test_a_float_is_refused_and_its_place_is_named(value: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        canonical_json({"rows": [1, value]})
    assert caught.value.code == "digest_float"
    assert str(caught.value.params["where"]).startswith("$.rows[1]")
    assert "Use a Decimal" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        {1: "a"},
        {None: 1},
        b"bytes",
        {1, 2},
        object(),
        "\ud800",
        datetime(2012, 1, 1),
        Decimal("NaN"),
    ],
)
def test_what_has_no_plain_text_is_refused(value: Any) -> None:
    with pytest.raises(RuleBroken) as caught:
        canonical_json([value])
    assert caught.value.code == "digest_unsupported"


def test_the_same_amount_has_one_text_however_many_zeros_a_database_returns() -> None:
    texts = {canonical_json(Decimal(amount)) for amount in ("1500", "1500.00", "1.5E3")}
    assert texts == {b'"1500"'}
    assert canonical_json(Decimal("-0.00")) == canonical_json(Decimal(0)) == b'"0"'
    precise = "1234567890123456789012345678901234567890.01"
    assert canonical_json(Decimal(precise)) == f'"{precise}"'.encode()


def test_the_same_moment_has_one_text_in_every_zone() -> None:
    moment = datetime(2012, 5, 24, 1, 30, tzinfo=UTC)
    thai = moment.astimezone(timezone(timedelta(hours=7)))
    assert canonical_json(thai) == canonical_json(moment) == b'"2012-05-24T01:30:00+00:00"'


def test_days_identifiers_and_choices_become_text() -> None:
    class Kind(StrEnum):
        PLAN = "plan"

    value = (date(2012, 5, 24), UUID(int=7), Kind.PLAN)
    expected = '["2012-05-24","00000000-0000-0000-0000-000000000007","plan"]'
    assert canonical_json(value).decode() == expected
