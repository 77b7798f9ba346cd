"""Forms are drawn up from pasted lines: written as an XLSForm first, so that both ways in are one."""

from dataclasses import replace

from nithet.domain.instruments.actions.forms import bring_form, free_form_id
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import may_make
from nithet.domain.instruments.queries.versions import names_ever_used, newest_version
from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.numbering import next_version
from nithet.domain.instruments.rules.sheets import FormSheet, workbook_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.errors import Refused
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def draw_up(
    *,
    actor: Actor,
    sheet: FormSheet,
    instrument: Instrument | None = None,
    audience: str = "",
    publish: bool = False,
    seen: str | None = None,
) -> InstrumentVersion:
    """Make the next version of an instrument (a new one where None is given) from lines that a person has looked through.

    The workbook that it is made from is kept, to be edited and brought back. `seen` as in `bring_form`. Raises `Refused`, and `RuleBroken` for a sheet
    that is not whole.
    """
    if not (verdict := may_make(actor, None)):
        raise Refused("instrument.bring", verdict)
    if instrument is not None and instrument.purpose:
        raise RuleBroken(
            "sheet.purpose",
            "What is filled in with this form becomes a record, so it is changed as a workbook.",
        )
    newest = newest_version(instrument) if instrument else None
    versions = list(instrument.versions.all()) if instrument else []
    taken = {one.version for one in versions if one.state != InstrumentVersion.State.DRAFT}
    form_id = instrument.form_id if instrument else free_form_id()
    data = workbook_of(
        replace(sheet, form_id=form_id),
        names=Names.after(newest.definition if newest else (), names_ever_used(versions)),
        version=next_version("", taken),
    )
    return bring_form(
        actor=actor,
        data=data,
        file_name=f"{collapse(sheet.title)[:200]}.xlsx",
        instrument=instrument,
        audience=audience,
        publish=publish,
        seen=seen,
    )
