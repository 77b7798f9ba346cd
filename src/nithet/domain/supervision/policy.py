"""Who may read and write visits, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow

READERS = (*sorted(OFFICE_STAFF), Role.COMMITTEE_MEMBER)
"""Those who read every visit; a school's own people read the visits to their school."""


@policy("visit.record")
def may_record_visit(actor: Actor, school: School) -> Verdict:
    """Whoever does the work records visits."""
    return by_role_over(actor, school, *RECORD_WRITERS)


@policy("visit.record_many")
def may_record_visits(actor: Actor, target: object) -> Verdict:
    """The same people take over a list of visits."""
    return by_role(actor, *RECORD_WRITERS)


@policy("visit.cancel")
def may_cancel_visit(actor: Actor, visit: Visit) -> Verdict:
    """Whoever does the work cancels what was planned."""
    return by_role_over(actor, visit, *RECORD_WRITERS)


@policy("visitor.name")
def may_name_visitor(actor: Actor, visit: Visit) -> Verdict:
    """Whoever does the work says who went."""
    return by_role_over(actor, visit, *RECORD_WRITERS)


@policy("finding.record")
def may_record_finding(actor: Actor, target: object) -> Verdict:
    """Whoever does the work records what was found."""
    return by_role(actor, *RECORD_WRITERS)


def may_see(actor: Actor, visit: Visit) -> Verdict:
    """Say whether an actor may read a visit."""
    if visit.office_id == actor.office_id and visit.school.unit_id in actor.school_ids:
        return allow("This visit is to your own school.")
    return by_role_over(actor, visit, *READERS)


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """Return the visits that an actor may read: a school's own people those to their school."""
    visits = Visit.objects.filter(office_id=actor.office_id)
    return visits if by_role(actor, *READERS) else visits.filter(school__unit__in=actor.school_ids)


def may_see_finding(actor: Actor, finding: Finding) -> Verdict:
    """Say whether an actor may read a finding; one of many visits together is not shown to a single school."""
    if finding.visit is not None:
        return may_see(actor, finding.visit)
    return by_role_over(actor, finding, *READERS)


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that an actor may read."""
    findings = Finding.objects.filter(office_id=actor.office_id)
    if by_role(actor, *READERS):
        return findings
    return findings.filter(visit__school__unit__in=actor.school_ids)
