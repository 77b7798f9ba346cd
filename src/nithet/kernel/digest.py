"""Digests of bytes and of plain values: the same facts have the same one on every machine."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from nithet.kernel.errors import RuleBroken


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits.

    >>> sha256_hex(b"")
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    """
    return hashlib.sha256(data).hexdigest()


def canonical_json(value: Any) -> bytes:
    """The one JSON text of a value: UTF-8, keys sorted by code point, no spaces, strings in NFC.

    Holds None, booleans, integers, strings, lists, tuples and mappings with string keys. A date, an
    aware datetime (as UTC), a Decimal (without the zeros at its end) and a UUID become strings, so
    a value and what JSON gives back of it have the same text. Floats are refused, because the
    printed form of a float is not the number that was meant. Whatever cannot be held raises
    `RuleBroken` saying where it stands.

    >>> canonical_json({"b": [1, True, None], "a": "ก"}).decode()
    '{"a":"ก","b":[1,true,null]}'
    >>> canonical_json({"rate": [0.5]})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    nithet.kernel.errors.RuleBroken: A digest cannot hold the float 0.5 at $.rate[0]. Use ...
    """
    plain = _plain(value, "$")
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON of a value, as 64 hexadecimal digits.

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    return sha256_hex(canonical_json(value))


def _plain(value: Any, where: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        raise RuleBroken(
            "digest_float",
            "A digest cannot hold the float %(value)s at %(where)s. "
            "Use a Decimal or a whole number.",
            value=value,
            where=where,
        )
    if isinstance(value, Mapping):
        return _mapping(value, where)
    if isinstance(value, list | tuple):
        return [_plain(entry, f"{where}[{index}]") for index, entry in enumerate(value)]
    return _scalar(value, where)


def _mapping(value: Mapping[Any, Any], where: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, entry in value.items():
        if not isinstance(key, str):
            raise _unsupported(key, f"{where} (key)")
        name = _text(key, where)
        if name in plain:
            raise RuleBroken(
                "digest_key_twice",
                "Two keys at %(where)s are the same text: %(key)s.",
                where=where,
                key=name,
            )
        plain[name] = _plain(entry, f"{where}.{name}")
    return plain


def _scalar(value: Any, where: str) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return _amount(value)
    if isinstance(value, UUID):
        return str(value)
    raise _unsupported(value, where)


def _amount(value: Decimal) -> str:
    # The two databases give back different numbers of zeros for the same amount, and minus zero is
    # zero. Decimal.normalize would round to the precision of the context.
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value else "0"


def _text(value: str, where: str) -> str:
    text = unicodedata.normalize("NFC", value)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _unsupported(value, where)
    return text


def _unsupported(value: Any, where: str) -> RuleBroken:
    return RuleBroken(
        "digest_unsupported",
        "A digest cannot hold %(value)s of kind %(kind)s at %(where)s.",
        value=ascii(value),
        kind=type(value).__name__,
        where=where,
    )
