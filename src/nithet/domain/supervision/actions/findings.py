"""Every write about findings."""

from collections.abc import Mapping, Sequence

from nithet.domain.plans.models.project import Project
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.visits import refuse_foreign
from nithet.domain.supervision.models.findings import Finding, LessonNote
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.rules.lines import meet
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
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


def keep_findings(
    actor: Actor, visit: Visit, findings: Mapping[str, Sequence[str]], *, said_by: str = ""
) -> None:
    """Make the findings of a visit in one visitor's words those of a form, kind by kind; kinds that are not given stay.

    A mended line stays its row. What the form no longer has goes; the version that stood before keeps it.
    """
    speaker = collapse(said_by)[:200]
    for kind, lines in findings.items():
        of_kind = Finding.Kind(kind)
        rows = list(Finding.objects.filter(visit=visit, kind=of_kind, said_by=speaker))
        met = meet([(row.pk, row.text) for row in rows], lines)
        Finding.objects.filter(pk__in=met.gone).delete()
        by_key = {row.pk: row for row in rows}
        for key, words in met.changed:
            by_key[key].text, by_key[key].written_by = words, actor.signature
        for place, one in enumerate(met.order):
            row = by_key.get(one) if isinstance(one, int) else None
            if row is None:
                row = Finding(
                    office_id=visit.office_id,
                    fiscal_year=fiscal_year(visit.visited_on),
                    visit=visit,
                    kind=of_kind,
                    text=str(one),
                    said_by=speaker,
                    written_by=actor.signature,
                )
            row.position, row.project = place, visit.project
            row.fiscal_year = fiscal_year(visit.visited_on)
            row.save()


def keep_lesson_notes(visit: Visit, notes: Sequence[tuple[int, str]]) -> None:
    """Make the notes at minutes of a recording those of a form."""
    kept = [(one.at, one.text) for one in visit.lesson_notes.all()]
    if kept == list(notes):
        return
    visit.lesson_notes.all().delete()
    LessonNote.objects.bulk_create(
        [
            LessonNote(office_id=visit.office_id, visit=visit, at=at, text=words)
            for at, words in notes
        ]
    )
