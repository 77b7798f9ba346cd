"""Addresses of the office's settings."""

import io
from collections.abc import Mapping

from PIL import Image

from nithet.domain.directory.office_settings import choose_for_office
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import settings_of
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.queries import folder, path_of
from nithet.kernel import clock
from tests.web.routes.who import FOREIGN, NO_OFFICE, SIGNED_IN, Route, Stage


def records(stage: Stage) -> Mapping[str, str]:
    """Give the office a logo."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, "PNG")
    office = Unit.objects.get(pk=stage.cast.office.pk)
    kept = settings_of(office.pk)
    with scope(office.pk):
        choose_for_office(
            actor=system_actor("matrix", office.pk),
            version=kept.version,
            name=office.name,
            short_name=office.short_name,
            numerals=kept.numerals,
            logo=out.getvalue(),
        )
    with scope(office.pk):
        made = OfficeExport.objects.create(
            office=office,
            state=OfficeExport.State.READY,
            asked_at=clock.now(),
            asked_by="ผู้ดูแลระบบ",
            ready_at=clock.now(),
            file_name="nithet-office.zip",
            sha256="0" * 64,
            size=4,
        )
    folder().mkdir(parents=True, exist_ok=True)
    path_of(made).write_bytes(b"file")
    return {"export_id": str(made.pk)}


TABLE: dict[str, Route] = {
    "settings:office": Route(frozenset({"administrator"}), do=frozenset({"administrator"})),
    "settings:logo": Route(SIGNED_IN - NO_OFFICE - FOREIGN),
    "settings:whole_office": Route(frozenset({"administrator"}), shows="nithet office open"),
    "settings:ask_whole_office": Route(
        frozenset({"administrator"}), get=False, do=frozenset({"administrator"})
    ),
    "settings:take_whole_office": Route(
        frozenset({"administrator"}), get=False, do=frozenset({"administrator"})
    ),
}
