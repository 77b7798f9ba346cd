"""Reading the tests of an item and the thresholds that propose their answers."""

from decimal import Decimal, InvalidOperation

from nithet.domain.frameworks.rules.edition import Bound, ItemTest, Threshold
from nithet.domain.frameworks.rules.loading.fields import Fields, Ids
from nithet.domain.frameworks.rules.loading.shelf import Shelf
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.yaml_tree import Scalar

RESERVED = ("level", "value")  # how a judgement names what is unanswered and is no test
_LIMIT = 50
_BOUNDS = tuple(bound.value for bound in Bound)
_TEST_KEYS = ("id", "th", "en", "measure", "measures", "answer", "reading", "note", *_BOUNDS)


def read_tests(shelf: Shelf, item: Fields) -> tuple[ItemTest, ...]:
    """The tests under `tests` of this item."""
    ids = Ids("tests")
    listed_tests = item.each(
        "tests", known=_TEST_KEYS, required=("id", "th"), limit=_LIMIT, empty=False
    )
    read = [_test(shelf, fields, ids) for fields in listed_tests]
    return tuple(test for test in read if test is not None)


def _test(shelf: Shelf, fields: Fields, ids: Ids) -> ItemTest | None:
    name, words = ids.claim(fields, RESERVED), fields.words()
    way = fields.only_one_of("measure", "measures", "answer")
    fields.word("answer", ("person",))
    thresholds: list[Threshold | None] = []
    if way == "measure":
        thresholds.append(_threshold(shelf, fields))
    elif way == "measures":
        for one in fields.each(
            way, known=("measure", *_BOUNDS), required=("measure",), empty=False
        ):
            thresholds.append(_threshold(shelf, one))
    if way != "measure":
        for bound in _BOUNDS:
            if fields.has(bound):
                fields.fault("not_together", bound, one=way or "answer", other=bound)
    if name is None or words is None:
        return None
    good = tuple(threshold for threshold in thresholds if threshold is not None)
    return ItemTest(name, words, good, fields.boolean("reading") or False, fields.text("note"))


def _threshold(shelf: Shelf, fields: Fields) -> Threshold | None:
    measure = fields.string("measure")
    name = fields.only_one_of(*_BOUNDS)
    if measure is None or name is None:
        return None
    spec = shelf.check_measure(fields, "measure", measure)
    bound = Bound(name)
    if bound is Bound.HOLDS:
        answer = fields.boolean(name)
        if answer is None:
            return None
        value, share = Decimal(int(answer)), False
    else:
        found = _figure(fields, name)
        if found is None:
            return None
        value, share = found
    if spec is not None:
        _check_signature(fields, name, spec, share=share)
    return Threshold(measure, bound, value, share)


def _figure(fields: Fields, key: str) -> tuple[Decimal, bool] | None:
    node = fields.place(key)
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not text.endswith("%"):
        number = fields.number(key)
        return None if number is None else (number, False)
    try:
        number = Decimal(text[:-1].strip()[:20])
    except InvalidOperation:
        fields.fault("not_a_number", key)
        return None
    if not number.is_finite() or not 0 <= number <= 100:
        fields.fault("out_of_range", key, value=text[:20], low="0%", high="100%")
        return None
    return number / 100, True


def _check_signature(fields: Fields, key: str, spec: MeasureSpec, *, share: bool) -> None:
    fitting = {
        Signature.NUMBER: (Bound.AT_LEAST, Bound.AT_MOST),
        Signature.RATIO: (Bound.AT_LEAST, Bound.AT_MOST),
        Signature.EACH: (Bound.EACH_AT_LEAST, Bound.EACH_AT_MOST),
        Signature.BOOL: (Bound.HOLDS,),
    }[spec.signature]
    if Bound(key) not in fitting:
        gives = spec.signature.value
        fields.fault("wrong_threshold", key, measure=spec.name, gives=gives, threshold=key)
        return
    of_shares = spec.signature is Signature.RATIO or spec.of_shares
    if of_shares and not share:
        fields.fault("percent_needed", key, measure=spec.name)
    if share and not of_shares:
        fields.fault("percent_not_possible", key, measure=spec.name)
