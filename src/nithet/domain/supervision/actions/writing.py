"""Writing the record of a visit: everything that one form says is saved together, and what stood before is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions.agreements import (
    AgreementDraft,
    Check,
    keep_agreements,
    keep_checks,
)
from nithet.domain.supervision.actions.development import StepDraft, keep_steps
from nithet.domain.supervision.actions.findings import keep_findings, keep_lesson_notes
from nithet.domain.supervision.actions.holding import hold, keep_version, refuse_closed
from nithet.domain.supervision.actions.visits import refuse_foreign
from nithet.domain.supervision.models.visits import (
    Visit,
    VisitInstrument,
    VisitNeed,
    Visitor,
)
from nithet.domain.supervision.queries.content import content_of
from nithet.domain.supervision.queries.spoken import has_words
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Who goes on a visit: by title, with the account or the committee seat where known."""

    title: str
    user_id: int | None = None
    member: CommitteeMember | None = None
    is_companion: bool = False


@dataclass(frozen=True, slots=True)
class VisitContent:
    """What the form of a visit says. `said_by` limits the findings to the words of one visitor ("": the team together)."""

    visited_on: date
    mode: str = Visit.Mode.ON_SITE
    starts_at: time | None = None
    ends_at: time | None = None
    project: Project | None = None
    needs: Sequence[Need] = ()
    need: str = ""
    purpose: str = ""
    link: str = ""
    instruments: Sequence[Instrument] = ()
    team: Sequence[TeamMember] = ()
    qa_in_work: str = ""
    qa_seen: str = ""
    said_by: str = ""
    findings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lesson_notes: Sequence[tuple[int, str]] = ()
    checks: Sequence[Check] = ()
    agreements: Sequence[AgreementDraft] = ()
    steps: Sequence[StepDraft] = ()


@action("visit.begin", event="visit.recorded", on="school")
def begin_visit(
    *, actor: Actor, school: School, kind: Visit.Kind | str, content: VisitContent
) -> Visit:
    """Record a visit that was carried out, all at once.

    Where one of the school, kind and day is planned, it becomes that one; where one was carried out already, this is refused,
    so that nobody writes over a record that they have not seen. A committee visit begins with somebody's words.
    """
    of_kind = Visit.Kind(kind)
    refuse_future(content.visited_on)
    rows = Visit.objects.exclude(state=Visit.State.CANCELLED).select_for_update(of=("self",))
    visit, was_made = rows.get_or_create(
        school=school,
        kind=of_kind,
        visited_on=content.visited_on,
        defaults={"office_id": school.office_id, "state": Visit.State.DONE},
    )
    if not was_made and visit.state == Visit.State.DONE:
        raise RuleBroken(
            "visit.there",
            "A visit to this school on this day is recorded already. Open it and add to it.",
            field="visited_on",
        )
    _write(actor, visit, content)
    if visit.kind == Visit.Kind.COMMITTEE and not has_words(visit) and was_made:
        raise RuleBroken(
            "visit.no_words",
            "Write at least one answer of a member; a visit of the committee is recorded in their words.",
            field="finding_impression",
        )
    note(visited_on=content.visited_on.isoformat(), kind=str(of_kind), state=visit.state)
    return visit


@action("visit.write", event="visit.written", on="visit")
def write_visit(*, actor: Actor, visit: Visit, version: int, content: VisitContent) -> Visit:
    """Save what the form of a visit says; a planned visit becomes done, a correction keeps what stood before as a version.

    A committee visit without a word of anybody stays planned: its day, team and purpose are kept, and nobody counts as gone.

    Raises `Conflict` where somebody else saved since `version`, `RuleBroken` for a closed visit, a day in the future, and a
    day on which the school has another visit of this kind.
    """
    fresh = hold(visit)
    refuse_closed(fresh)
    refuse_if_changed(fresh, version=version, new=_compared(content))
    refuse_future(content.visited_on)
    _refuse_twice(fresh, content.visited_on)
    before, written_at = content_of(fresh), fresh.written_at
    if not _write(actor, fresh, content):
        nothing_changed()
        return fresh
    if before["state"] == Visit.State.DONE:
        keep_version(actor, fresh, version, before, written_at)
    return fresh


def _compared(content: VisitContent) -> dict[str, object]:
    return {
        "visited_on": content.visited_on,
        "mode": content.mode,
        "purpose": content.purpose,
        "qa_in_work": content.qa_in_work,
    }


def _write(actor: Actor, visit: Visit, content: VisitContent) -> bool:
    """Save everything; say whether anything is other than before."""
    _check(visit, content)
    before = content_of(visit)
    fields = {
        "visited_on": content.visited_on,
        "mode": Visit.Mode(content.mode),
        "starts_at": content.starts_at,
        "ends_at": content.ends_at,
        "project": content.project,
        "need": collapse(content.need)[:500],
        "purpose": collapse(content.purpose)[:500],
        "link": content.link.strip(),
        "qa_in_work": content.qa_in_work,
        "qa_seen": collapse(content.qa_seen)[:500],
    }
    change(visit, **fields)
    _keep_team(visit, content)
    _keep_needs(visit, content.needs)
    _keep_instruments(visit, content.instruments)
    keep_findings(actor, visit, content.findings, said_by=content.said_by)
    if visit.kind != Visit.Kind.COMMITTEE or has_words(visit):
        change(visit, state=Visit.State.DONE)
    keep_lesson_notes(visit, content.lesson_notes)
    keep_checks(actor, visit, content.checks)
    keep_agreements(actor, visit, content.agreements)
    keep_steps(visit, content.steps)
    if content_of(visit) == before and (
        visit.written_at is not None or visit.state == Visit.State.PLANNED
    ):
        return False
    if visit.state == Visit.State.PLANNED:
        # Nothing is recorded yet: only what the plan says of the visit was changed.
        change(visit, version=visit.version + 1)
        return True
    change(
        visit,
        version=visit.version + 1,
        written_by=actor.signature,
        written_by_id=actor.user_id,
        written_for=collapse(content.said_by)[:200],
        written_at=clock.now(),
    )
    return True


def _check(visit: Visit, content: VisitContent) -> None:
    if content.project is not None:
        refuse_foreign(content.project, visit.office_id)
    if any(need.school_id != visit.school_id for need in content.needs):
        raise RuleBroken("need.other_school", "This need is another school's.", field="needs")
    if content.starts_at and content.ends_at and content.ends_at < content.starts_at:
        raise RuleBroken("visit.hours", "The end lies before the beginning.", field="ends_at")
    mode = Visit.Mode(content.mode)
    if mode in (Visit.Mode.ONLINE, Visit.Mode.RECORDED) and not content.link.strip():
        raise RuleBroken(
            "visit.link", "Give the address of the meeting or of the recording.", field="link"
        )


def refuse_future(day: date) -> None:
    """Refuse a record of a visit that has not been made yet."""
    if day > clock.today():
        raise RuleBroken(
            "visit.future", "A visit in the future can only be planned.", field="visited_on"
        )


def _refuse_twice(visit: Visit, day: date) -> None:
    same = Visit.objects.exclude(state=Visit.State.CANCELLED).filter(
        school_id=visit.school_id, kind=visit.kind, visited_on=day
    )
    if same.exclude(pk=visit.pk).exists():
        raise RuleBroken(
            "visit.there",
            "A visit to this school on this day is recorded already. Open it and add to it.",
            field="visited_on",
        )


def _keep_team(visit: Visit, content: VisitContent) -> None:
    """Make the team that of the form; whoever stays keeps the row, with what is newly known of them."""
    kept = {one.title: one for one in visit.visitors.all()}
    wanted = {collapse(one.title)[:200]: one for one in content.team if collapse(one.title)}
    if (speaker := collapse(content.said_by)[:200]) and speaker not in wanted:
        wanted[speaker] = TeamMember(speaker)
    for title, one in wanted.items():
        row = kept.get(title)
        if row is None:
            Visitor.objects.create(
                office_id=visit.office_id,
                visit=visit,
                title=title,
                user_id=one.user_id,
                member=one.member,
                is_companion=one.is_companion,
            )
            continue
        row.is_companion = one.is_companion
        row.user_id = one.user_id or row.user_id
        row.member = one.member or row.member
        row.save(update_fields=["is_companion", "user_id", "member"])
    visit.visitors.exclude(title__in=wanted).delete()


def _keep_needs(visit: Visit, needs: Sequence[Need]) -> None:
    wanted = {need.pk for need in needs}
    visit.needs_served.exclude(need__in=wanted).delete()
    there = set(visit.needs_served.values_list("need_id", flat=True))
    VisitNeed.objects.bulk_create(
        [
            VisitNeed(office_id=visit.office_id, visit=visit, need_id=key)
            for key in sorted(wanted - there)
        ]
    )


def _keep_instruments(visit: Visit, instruments: Sequence[Instrument]) -> None:
    wanted = {one.pk for one in instruments}
    visit.instruments_used.exclude(instrument__in=wanted).delete()
    there = set(visit.instruments_used.values_list("instrument_id", flat=True))
    VisitInstrument.objects.bulk_create(
        [
            VisitInstrument(office_id=visit.office_id, visit=visit, instrument_id=key)
            for key in sorted(wanted - there)
        ]
    )
