"""What search knows of instruments."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import visible_to
from nithet.domain.instruments.refs import INSTRUMENT, VERSION
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year


def _instruments(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = standing(
        Instrument.objects.all() if ids is None else Instrument.objects.filter(pk__in=ids)
    )
    newest: dict[int, InstrumentVersion] = {}
    versions = InstrumentVersion.objects.filter(instrument__in=rows).defer("xform")
    for version in versions.order_by("made_at", "pk"):
        newest[version.instrument_id] = version
    for row in rows:
        version_ = newest.get(row.pk)
        labels = [one["label"] for one in version_.definition if one["label"]] if version_ else []
        day = clock.day_of(version_.made_at if version_ else row.made_at)
        yield SearchDocument(
            INSTRUMENT,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join([row.title, row.form_id, *labels]),
            day,
            fiscal_year(day),
        )


def _of_versions(ids: Collection[str]) -> Iterable[object]:
    return InstrumentVersion.objects.filter(pk__in=row_keys(ids)).values_list(
        "instrument", flat=True
    )


def register_kinds() -> None:
    """Make instruments searchable by their title and their questions."""
    register(
        INSTRUMENT,
        _("Forms of supervision"),
        _instruments,
        visible=visible_to,
        icon="list",
        order=45,
        touched_by={VERSION: _of_versions},
    )
