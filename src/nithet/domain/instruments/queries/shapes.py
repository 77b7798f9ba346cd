"""Which version a submission was filled in with, and how its answers are read."""

from collections import OrderedDict
from threading import Lock

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.rules.answers import NO_SHAPE, Shape, read_shape
from nithet.foundation.database.prepared import Statement, run

REMEMBERED = 300

_shapes: OrderedDict[tuple[int, str], Shape] = OrderedDict()
_guard = Lock()


def version_sent(office_id: int, form_id: str, version: str) -> InstrumentVersion | None:
    """Return the published or retired version of a form, with its instrument, without its long texts; None for a draft.

    Worked out again where a value that decides about submissions differs from the last time.
    """
    rows = run(_STAMP, [office_id, form_id, version])
    if not rows:
        return None
    stamp = rows[0]
    with _guard:
        kept = _versions.get(stamp[0])
    if kept is not None and kept[0] == stamp:
        return kept[1]
    found = _version(office_id, form_id, version)
    if found is not None:
        with _guard:
            _versions[stamp[0]] = (stamp, found)
            while len(_versions) > REMEMBERED:
                _versions.popitem(last=False)
    return found


_STAMP = Statement("""
    SELECT v.id, v.hash, v.state, v.retired_at, v.title, v.version, v.office_id,
           i.id, i.form_id, i.state, i.taken_back_at, i.audience, i.purpose, i.title
      FROM instruments_instrumentversion v JOIN instruments_instrument i ON i.id = v.instrument_id
     WHERE v.office_id = %s AND i.form_id = %s AND v.version = %s AND v.state <> 'draft'
""")
_versions: OrderedDict[int, tuple[tuple[object, ...], InstrumentVersion]] = OrderedDict()


def _version(office_id: int, form_id: str, version: str) -> InstrumentVersion | None:
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
