"""Every write about figures that documents state."""

from nithet.domain.directory.actions.entering import locked_office
from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.policy import figures as policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel.errors import RuleBroken


@action("figure.state", event="figure.stated")
def state_figure(
    *,
    actor: Actor,
    fiscal_year: int,
    value: int,
    counted_in: str,
    text: str,
    source: str,
    line: int | None = None,
) -> StatedFigure:
    """Keep a figure as a document states it, with where it stands; the same statement is kept once.

    It proves nothing by itself: no row of ours stands behind it.
    """
    if not source.strip():
        raise RuleBroken("figure.source", "Say which document states this figure.", field="source")
    office = locked_office(actor)
    same = {
        "fiscal_year": fiscal_year,
        "value": value,
        "counted_in": counted_in,
        "text": text,
        "source": source,
        "line": line,
    }
    if kept := StatedFigure.objects.filter(**same).first():
        nothing_changed()
        return kept
    note(source=source, value=value, counted_in=counted_in, line=line)
    return StatedFigure.objects.create(office=office, **same)
