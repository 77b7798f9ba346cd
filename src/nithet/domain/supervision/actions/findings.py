"""Every write about findings."""

from nithet.domain.plans.models.project import Project
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.visits import refuse_foreign
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@action("finding.record", event="finding.recorded")
def record_finding(
    *,
    actor: Actor,
    fiscal_year: int,
    kind: Finding.Kind | str,
    text: str,
    visit: Visit | None = None,
    project: Project | None = None,
    source: str = "",
    position: int = 0,
) -> Finding:
    """Record what was found on a visit, or on a project's visits together; the same words are kept once.

    What impressed is a finding as much as what troubles.
    """
    words = collapse(text)
    if not words:
        raise RuleBroken("finding.text", "Write what was found.", field="text")
    if visit is not None and visit.office_id != actor.office_id:
        raise RuleBroken("visit.foreign", "This visit belongs to another office.", field="visit")
    if project is not None:
        refuse_foreign(project, actor.writes_in)
    note(kind=str(Finding.Kind(kind)), fiscal_year=fiscal_year, source=source)
    kept, was_made = Finding.objects.get_or_create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        kind=Finding.Kind(kind),
        text=words,
        visit=visit,
        project=project,
        defaults={"source": source, "position": position},
    )
    if not was_made:
        nothing_changed()
    return kept
