"""A document kept as JSON loses nothing."""

import json
from dataclasses import fields, is_dataclass

from hypothesis import given

from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.rules.codec import from_json, to_json
from tests.domain.returns.word.strategies import documents


def everything(value: object) -> object:
    """A value with its uncompared fields too."""
    if is_dataclass(value):
        return {f.name: everything(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [everything(part) for part in value]
    return value


@given(documents)
def test_what_goes_in_comes_out_source_lines_included(document: ReturnDocument) -> None:
    kept = json.loads(json.dumps(to_json(document), ensure_ascii=False))
    assert from_json(kept) == document
    assert everything(from_json(kept)) == everything(document)


@given(documents, documents)
def test_equal_json_means_equal_documents(one: ReturnDocument, other: ReturnDocument) -> None:
    assert (to_json(one) == to_json(other)) == (everything(one) == everything(other))
