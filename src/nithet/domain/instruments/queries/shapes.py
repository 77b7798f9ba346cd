"""Which version a submission was filled in with, and how its answers are read."""

from collections import OrderedDict
from threading import Lock

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.rules.answers import NO_SHAPE, Shape, read_shape

REMEMBERED = 300

_shapes: OrderedDict[tuple[int, str], Shape] = OrderedDict()
_guard = Lock()


def version_sent(office_id: int, form_id: str, version: str) -> InstrumentVersion | None:
    """Return the published or retired version of a form, with its instrument, without its long texts; None for a draft."""
    return (
        InstrumentVersion.objects.filter(
            office_id=office_id, instrument__form_id=form_id, version=version
        )
        .exclude(state=InstrumentVersion.State.DRAFT)
        .select_related("instrument")
        .defer("xform", "definition", "media", "warnings", "instrument__serves")
        .first()
    )


def shape_of(version: InstrumentVersion | None) -> Shape:
    """Return how a version's answers are read; remembered, because a published version never changes."""
    if version is None:
        return NO_SHAPE
    key = (version.pk, version.hash)
    with _guard:
        if (found := _shapes.get(key)) is not None:
            _shapes.move_to_end(key)
            return found
    shape = read_shape(version.xform)
    with _guard:
        _shapes[key] = shape
        while len(_shapes) > REMEMBERED:
            _shapes.popitem(last=False)
    return shape
