"""Forms and filled-in forms for the tests of results."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from nithet.domain.directory.models.schools import Network, School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.models import Unit

_numbers = count(1)
DAY = datetime(2012, 6, 10, 3, 0, tzinfo=UTC)
"""10 มิ.ย. 2555 in Thailand: fiscal year 2555, semester 1/2555."""


def question(name: str, asks_for: str = "select_one", **more: Any) -> dict[str, Any]:
    """Return a question of a definition."""
    return {
        "name": name,
        "path": name,
        "type": asks_for,
        "label": name,
        "hint": "",
        "required": False,
        "choices": [],
        "choices_from": "",
        "scale": None,
        "scheme": "",
        "kind": "",
        "group": "",
        "groups": [],
        "repeat": "",
        "private": False,
        "range": None,
        "asks": True,
        **more,
    }


def rating(name: str, levels: int = 5, **more: Any) -> dict[str, Any]:
    """Return a rating from 1 up."""
    choices = [{"value": str(n), "label": f"ระดับ {n}"} for n in range(1, levels + 1)]
    return question(name, choices=choices, scale=levels, kind="rating", **more)


def make_form(
    office: Unit, questions: Sequence[dict[str, Any]], *, instrument: Instrument | None = None
) -> InstrumentVersion:
    """Make a published version of a form; the version in use before it is retired."""
    number = next(_numbers)
    if instrument is None:
        instrument = Instrument.objects.create(
            office=office, form_id=f"form{number}", title=f"แบบนิเทศที่ {number}", state="published"
        )
    InstrumentVersion.objects.filter(instrument=instrument, state="published").update(
        state="retired"
    )
    return InstrumentVersion.objects.create(
        office=office,
        instrument=instrument,
        version=str(number),
        title=instrument.title,
        xform="<h:html/>",
        definition=list(questions),
        hash="md5:0",
        state="published",
        made_at=DAY,
        made_by="ศึกษานิเทศก์",
        published_at=datetime(2012, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
    )


def make_school(unit: Unit, network: Network | None = None) -> School:
    """Make the directory's entry of a unit of kind school."""
    assert unit.office is not None
    return School.objects.create(office=unit.office, unit=unit, network=network)


def fill(
    version: InstrumentVersion,
    answers: dict[str, Any],
    *,
    school: School | None = None,
    **more: Any,
) -> Submission:
    """Make a filled-in form that counts; answers by their place below the root."""
    number = next(_numbers)
    return Submission.objects.create(
        **{
            "office": version.office,
            "version": version,
            "form_id": version.instrument.form_id,
            "form_version": version.version,
            "instance_id": f"uuid:{number}",
            "school": school,
            "sent_by": "ศึกษานิเทศก์",
            "ended_at": DAY,
            "received_at": DAY,
            "body": "<data/>",
            "sha256": f"{number:064}",
            "answers": {f"/data/{path}": value for path, value in answers.items()},
            **more,
        }
    )
