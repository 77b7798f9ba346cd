"""What a filled-in standard form becomes: a visit with its findings and agreements, matched with the planned one of that day.

Called for each complete submission inside the action that hands it over; being called twice changes nothing. What another
member of the team sent of the same visit stays; an edit takes away what the submission before it had said.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.actions.agreements import AgreementDraft, Check
from nithet.domain.supervision.actions.answers import sign_visit
from nithet.domain.supervision.actions.writing import (
    TeamMember,
    VisitContent,
    begin_visit,
    write_visit,
)
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import (
    agreements_of,
    agreements_to_look_at,
    digest_of_visit,
    open_agreements,
    visit_ref,
)
from nithet.domain.supervision.queries.links import school_actor
from nithet.domain.supervision.queries.teams import member_words, members_who_visit
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.submitted import Agreed, Submitted, read_committee, read_visit
from nithet.foundation.access.actors import Actor, actor_for, system_actor
from nithet.foundation.access.roles import RECORD_WRITERS
from nithet.foundation.accounts.models import User
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

PLANNED_NEAR = timedelta(days=7)
"""So many days before and after the plan's day a form that names no visit is still the planned one."""


def sender_of(submission: Submission) -> Actor:
    """Return who sent a submission, as they are in the office today, where they write its records themselves.

    For everybody else (network chairs, committee members, outside experts, who holds nothing any more) the system acts in
    their name: that the form is theirs to fill in was judged when it came, or a person of the office accepted it.
    """
    system = system_actor("submissions", submission.office_id)
    person = User.objects.filter(pk=submission.user_id).first() if submission.user_id else None
    if person is not None:
        actor = actor_for(person, clock.today(), office_id=submission.office_id)
        if actor.office_id == submission.office_id:
            writes = actor.holds(*RECORD_WRITERS)
            return actor if writes else replace(system, name=actor.name, user_id=actor.user_id)
    return replace(system, name=submission.sent_by, user_id=submission.user_id)


def take_visit(submission: Submission) -> Visit:
    """Make of a submission to the standard form of supervisors the visit that it tells of."""
    return _take(submission, Visit.Kind.SUPERVISION, read_visit)


def take_committee_visit(submission: Submission) -> Visit:
    """Make of a submission to the committee's form the visit that it tells of."""
    return _take(submission, Visit.Kind.COMMITTEE, read_committee)


def _take(submission: Submission, kind: Visit.Kind, read: Any) -> Visit:
    said: Submitted = read(submission.answers)
    gone: Submitted | None = read(submission.replaces.answers) if submission.replaces else None
    school = submission.school
    if school is None:
        raise RuleBroken("visit.school_unknown", "The form does not say a school of this office.")
    if said.visited_on is None:
        raise RuleBroken("visit.day_unknown", "The form does not say the day of the visit.")
    actor = sender_of(submission)
    day = said.visited_on
    there = _visit_told_of(submission, school, kind, day)
    if there is None or there.state == Visit.State.PLANNED:
        content = _first(actor, there, said, day, open_agreements(school.pk))
    else:
        content = _added(actor, there, said, gone, day)
    if there is None or (there.state, there.visited_on) == (Visit.State.PLANNED, day):
        visit = begin_visit(actor=actor, school=school, kind=kind, content=content)
    else:
        visit = write_visit(actor=actor, visit=there, version=there.version, content=content)
    Submission.objects.filter(pk=submission.pk).update(about=str(visit_ref(visit)))
    if said.signer:
        sign_visit(
            actor=school_actor(visit, said.signer),
            visit=visit,
            shown=digest_of_visit(visit),
            signed_by=said.signer,
            way=SchoolAnswer.Way.SCREEN,
        )
    return visit


def _visit_told_of(
    submission: Submission, school: School, kind: Visit.Kind, day: date
) -> Visit | None:
    """Return the visit that a form speaks of: that of what it edits, of its day, that it was opened for, or planned near.

    The day goes before what the form was opened for, since two visits of a kind cannot share a day; all are looked for
    among the visits of its own school and kind, because a device may say anything. A form that was opened for a visit is
    of no other one: where that was cancelled meanwhile, or the sender chose none, it becomes a visit of its own.
    """
    rows = (
        Visit.objects.filter(school=school, kind=kind)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("school__unit", "project")
    )
    edited = submission.replaces.about if submission.replaces else ""
    if (found := _named(rows, edited)) is not None:
        return found
    of_day: Visit | None = rows.filter(visited_on=day).first()
    if of_day is not None:
        return of_day
    return (
        _named(rows, submission.about) if submission.about else _planned_near(rows, submission, day)
    )


def _planned_near(rows: "QuerySet[Visit]", submission: Submission, day: date) -> Visit | None:
    """Return the one visit that the sender was to make within a week of a day; None where there are several or none."""
    if submission.user_id is None:
        return None
    went = Visit.objects.filter(visitors__user_id=submission.user_id).values("pk")
    goes = Visit.objects.filter(planned__party__user_id=submission.user_id).values("pk")
    found = rows.filter(
        Q(pk__in=went) | Q(pk__in=goes),
        state=Visit.State.PLANNED,
        visited_on__range=(day - PLANNED_NEAR, day + PLANNED_NEAR),
    )[:2]
    return found[0] if len(found) == 1 else None


def _named(rows: "QuerySet[Visit]", ref: str) -> Visit | None:
    """Return the visit of a reference among some."""
    kind, _, key = ref.partition(":")
    number = row_key(key) if kind == VISIT else None
    return rows.filter(pk=number).first() if number is not None else None


def _first(
    actor: Actor,
    planned: Visit | None,
    said: Submitted,
    day: date,
    agreements: Sequence[Commitment],
) -> VisitContent:
    """Return the whole record of a visit that nobody has written yet; what the plan said of it stays."""
    base = content_now(planned) if planned is not None else VisitContent(visited_on=day)
    return replace(
        _with_facts(base, said),
        visited_on=day,
        team=_team(actor, base.team, said, day),
        said_by=said.member,
        findings=said.findings,
        checks=_checks(agreements, said),
        agreements=[AgreementDraft(one.text, one.owner, one.due_on) for one in said.agreed],
    )


def _added(
    actor: Actor, visit: Visit, said: Submitted, gone: Submitted | None, day: date
) -> VisitContent:
    """Return the record of a visit that stands, with what this submission adds, and without what its edit takes away."""
    base = content_now(visit, said_by=said.member)
    took = gone or Submitted()
    findings = {
        kind: _merged(
            base.findings.get(kind, ()), said.findings.get(kind, ()), took.findings.get(kind, ())
        )
        for kind in {*base.findings, *said.findings}
    }
    gone_words = {one.text for one in took.agreed} - {one.text for one in said.agreed}
    mended = {one.text: one for one in said.agreed if gone is not None and one not in gone.agreed}
    kept = [
        _mended(one, mended.get(one.text)) for one in base.agreements if one.text not in gone_words
    ]
    known = {one.text for one in kept}
    new = [
        AgreementDraft(one.text, one.owner, one.due_on)
        for one in said.agreed
        if one.text not in known
    ]
    return replace(
        _with_facts(base, said),
        visited_on=day,
        team=_team(actor, base.team, said, day),
        findings=findings,
        checks=_checks(agreements_to_look_at(visit), said) or base.checks,
        agreements=[*kept, *new],
    )


def _mended(kept: AgreementDraft, said: Agreed | None) -> AgreementDraft:
    """Return an agreement with the day and the owner that an edit gives it."""
    if said is None:
        return kept
    account = kept.owner_user_id if said.owner == kept.owner_title else None
    return replace(kept, due_on=said.due_on, owner_title=said.owner, owner_user_id=account)


def _merged(kept: Sequence[str], said: Sequence[str], gone: Sequence[str]) -> list[str]:
    stay = [line for line in kept if line not in gone or line in said]
    return [*stay, *(line for line in said if line not in stay)]


def _with_facts(base: VisitContent, said: Submitted) -> VisitContent:
    return replace(
        base,
        mode=said.mode or base.mode,
        link=said.link or base.link,
        purpose=said.purpose or base.purpose,
        qa_in_work=said.qa_in_work or base.qa_in_work,
        qa_seen=said.qa_seen or base.qa_seen,
    )


def _team(actor: Actor, team: Sequence[TeamMember], said: Submitted, day: date) -> list[TeamMember]:
    """Return the team with whoever sent the form and whom it names; a companion who wrote for a member went along."""
    found = {one.title: one for one in team}
    wrote_for = bool(said.member) and said.member != actor.name
    found.setdefault(
        actor.name, TeamMember(actor.name, user_id=actor.user_id, is_companion=wrote_for)
    )
    seats = {}
    if said.member and actor.office_id is not None:
        seats = {member_words(one): one for one in members_who_visit(actor.office_id, day)}
    for title in [*said.team, *filter(None, [said.member])]:
        seat = seats.get(title)
        member = TeamMember(title, member=seat, user_id=seat.user_id if seat else None)
        found.setdefault(title, member)
    return list(found.values())


def _checks(agreements: Sequence[Commitment], said: Submitted) -> list[Check]:
    """Return what the form says of earlier agreements; one that is not this school's is refused by its reference."""
    known = {f"commitments.commitment:{one.pk}": one for one in agreements}
    found = []
    for one in said.checks:
        if (agreement := known.get(one.ref)) is not None:
            found.append(Check(agreement, one.answer, one.note))
    return found


def content_now(visit: Visit, *, said_by: str = "") -> VisitContent:
    """Return the record of a visit as a form would send it unchanged."""
    findings: dict[str, list[str]] = {}
    for one in visit.findings.filter(said_by=said_by):
        findings.setdefault(one.kind, []).append(one.text)
    return VisitContent(
        visited_on=visit.visited_on,
        mode=visit.mode,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        project=visit.project,
        needs=[one.need for one in visit.needs_served.select_related("need")],
        need=visit.need,
        purpose=visit.purpose,
        link=visit.link,
        instruments=[one.instrument for one in visit.instruments_used.select_related("instrument")],
        team=[
            TeamMember(one.title, one.user_id, one.member, one.is_companion)
            for one in visit.visitors.select_related("member").order_by("pk")
        ],
        qa_in_work=visit.qa_in_work,
        qa_seen=visit.qa_seen,
        said_by=said_by,
        findings=findings,
        lesson_notes=[(one.at, one.text) for one in visit.lesson_notes.all()],
        checks=[
            Check(one.agreement, one.answer, one.note)
            for one in visit.agreement_checks.select_related("agreement")
        ],
        agreements=[
            AgreementDraft(one.text, one.owner_title, one.due_on, one.owner_user_id, key=one.pk)
            for one in agreements_of(visit)
        ],
    )
