"""Who may read and write visits, with the reason."""

from django.db.models import Q, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.dates import DateAnswer, OtherBodysVisit
from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.invitations import CommitteeInvitation
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlan
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.rules.feeds import WantedFeed
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.tenancy.models import OfficeOwned

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


@policy("visit.begin")
def may_begin_visit(actor: Actor, school: School) -> Verdict:
    """Whoever does the work records visits."""
    return by_role_over(actor, school, *RECORD_WRITERS)


@policy("visit.write")
@policy("visit.close")
@policy("visit.note_place")
@policy("visit.forget_place")
@policy("visit.keep_signature")
@policy("visit.add_late_photo")
def may_write_visit(actor: Actor, visit: Visit) -> Verdict:
    """Whoever does the work of the office, and who went on this visit: a network chair visits other schools."""
    if _went(actor, visit):
        return allow("You went on this visit.")
    return by_role_over(actor, visit, *RECORD_WRITERS)


def _went(actor: Actor, visit: Visit) -> bool:
    """Say whether a network chair or committee member of the office is in the team of a visit."""
    return (
        actor.user_id is not None
        and visit.office_id == actor.office_id
        and actor.holds(Role.NETWORK_CHAIR, Role.COMMITTEE_MEMBER)
        and visit.visitors.filter(user_id=actor.user_id).exists()
    )


@policy("visit.reopen")
@policy("visit.withdraw")
@policy("visit.make_link")
@policy("visit.revoke_link")
def may_undo_visit(actor: Actor, visit: Visit) -> Verdict:
    """Whoever does the work of the office opens a visit again, takes it back, and gives out its link."""
    return by_role_over(actor, visit, *RECORD_WRITERS)


@policy("visit.invite_member")
def may_invite_member(actor: Actor, target: object) -> Verdict:
    """Whoever does the work of the office invites committee members."""
    return by_role(actor, *RECORD_WRITERS)


@policy("visit.revoke_invitation")
def may_revoke_invitation(actor: Actor, invitation: CommitteeInvitation) -> Verdict:
    """The same people make its link good for nothing."""
    return by_role_over(actor, invitation, *RECORD_WRITERS)


@policy("visit.open_invitation")
def may_open_invitation(actor: Actor, invitation: CommitteeInvitation) -> Verdict:
    """Whoever holds its link: a committee member without an account, let in to these visits alone."""
    if invitation.office_id == actor.office_id and actor.user_id is None and actor.limited_to:
        return allow("You were invited to this visit.")
    return deny("This is for the member who was invited.")


def visible_invitations(actor: Actor) -> "QuerySet[CommitteeInvitation]":
    """Return the invitations of committee members that an actor may read: who invites."""
    rows = CommitteeInvitation.objects.filter(office_id=actor.office_id)
    return rows if by_role(actor, *RECORD_WRITERS) else rows.none()


@policy("visit.answer_as_member")
def may_answer_as_member(actor: Actor, visit: Visit) -> Verdict:
    """The member whom a link names, for the visits of the invitation, and members with an account who went."""
    if _went(actor, visit):
        return allow("You went on this visit.")
    if (
        actor.holds(Role.COMMITTEE_MEMBER, record=f"supervision.visit:{visit.pk}")
        and not actor.user_id
    ):
        return allow("You were invited to this visit.")
    return by_role_over(actor, visit, *RECORD_WRITERS)


@policy("visit.read_copy")
@policy("visit.answer")
@policy("visit.sign")
@policy("visit.say_opinion")
def may_answer_for_school(actor: Actor, visit: Visit) -> Verdict:
    """The school that was visited: its people, or whoever holds the link on its slip."""
    record = f"supervision.visit:{visit.pk}"
    if visit.office_id == actor.office_id and actor.holds(
        Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, unit_id=visit.school.unit_id, record=record
    ):
        return allow("This visit is to your own school.")
    return deny("This is for the school that was visited to say.")


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
    if _went(actor, visit):
        return allow("You went on this visit.")
    return by_role_over(actor, visit, *READERS)


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """Return the visits that an actor may read: a school's own people those to their school."""
    visits = Visit.objects.filter(office_id=actor.office_id)
    if by_role(actor, *READERS):
        return visits
    mine = Q(school__unit__in=actor.school_ids)
    if actor.user_id is not None and actor.holds(Role.NETWORK_CHAIR):
        went = Visitor.objects.filter(user_id=actor.user_id).values("visit_id")
        mine |= Q(pk__in=went)
    return visits.filter(mine)


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
    return findings.filter(visit__in=visible_to(actor))


PLANNERS = RECORD_WRITERS
"""Those for whom the order of schools and its reasons are meant; nobody else sees it."""
PLAN_READERS = tuple(sorted(OFFICE_STAFF))
ANSWERING_SCHOOL = (Role.SCHOOL_HEAD, Role.SCHOOL_CLERK)


@policy("supervision_plan.open")
@policy("dates.ask")
def may_plan(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans for the office plans its visits and asks schools about their days."""
    return by_role(actor, *PLANNERS)


@policy("supervision_plan.propose")
@policy("supervision_plan.accept")
@policy("supervision_plan.take_in")
@policy("supervision_plan.submit")
@policy("supervision_plan.take_back")
@policy("planned_visit.add")
@policy("planned_visit.move")
@policy("planned_visit.drop")
@policy("planned_visit.restore")
@policy("planned_visit.name_party")
@policy("date.settle")
@policy("date.withdraw")
@policy("other_body.record")
@policy("other_body.edit")
@policy("other_body.take_back")
def may_write_supervision_plan(actor: Actor, record: OfficeOwned) -> Verdict:
    """Whoever enters plans for the office writes every part of the plan of visits."""
    return by_role_over(actor, record, *PLANNERS)


@policy("supervision_plan.approve")
@policy("supervision_plan.send_back")
def may_approve_supervision_plan(actor: Actor, plan: SupervisionPlan) -> Verdict:
    """The director of the office, or a deputy, approves the plan of visits or sends it back."""
    return by_role_over(actor, plan, *sorted(OFFICE_LEADERS))


@policy("date.agree")
@policy("date.ask_other")
def may_answer_date(actor: Actor, answer: DateAnswer) -> Verdict:
    """The school that is to be visited answers: its head or its desk, signed in or by the link that it was sent."""
    if answer.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    if actor.holds(*ANSWERING_SCHOOL, unit_id=answer.visit.school.unit_id):
        return allow("This visit is to your own school.")
    return deny("The school that is to be visited answers about its day.")


@policy("feed.make")
def may_make_feed(actor: Actor, wanted: WantedFeed) -> Verdict:
    """Everybody makes the calendar of their own visits, a school that of its visits, planners that of any school or the office."""
    if wanted.kind == CalendarFeed.Kind.PERSON:
        if actor.user_id is not None and wanted.user_id == actor.user_id and actor.is_of_office:
            return allow("This calendar is your own.")
        return deny("A calendar of one person's visits is made by that person.")
    if wanted.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    if wanted.school_unit_id is not None and actor.holds(
        *ANSWERING_SCHOOL, unit_id=wanted.school_unit_id
    ):
        return allow("This is a calendar of your own school.")
    return by_role(actor, *PLANNERS)


@policy("feed.renew")
@policy("feed.revoke")
def may_keep_feed(actor: Actor, feed: CalendarFeed) -> Verdict:
    """Whoever made a calendar renews or ends it; planners and the administrator end any but a person's own."""
    if feed.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    if actor.user_id is not None and actor.user_id in {feed.made_by_id, feed.user_id}:
        return allow("This calendar is your own.")
    if feed.kind == CalendarFeed.Kind.PERSON:
        return by_role(actor, Role.ADMINISTRATOR)
    return by_role(actor, *PLANNERS, Role.ADMINISTRATOR)


def may_read_supervision_plan(actor: Actor) -> Verdict:
    """Say whether an actor may read the plan of visits of the office they work in."""
    return by_role(actor, *PLAN_READERS)


def visible_supervision_plans(actor: Actor) -> QuerySet[SupervisionPlan]:
    """Return the plans of visits that an actor may read."""
    plans = SupervisionPlan.objects.filter(office_id=actor.office_id)
    return plans if may_read_supervision_plan(actor) else plans.none()


def visible_planned(actor: Actor) -> QuerySet[PlannedVisit]:
    """Return the lines of plans that an actor may read; what is only proposed is for planners."""
    lines = PlannedVisit.objects.filter(office_id=actor.office_id)
    if may_plan(actor, None):
        return lines
    if may_read_supervision_plan(actor):
        return lines.filter(state=PlannedVisit.State.ACCEPTED)
    return lines.none()


def visible_date_answers(actor: Actor) -> QuerySet[DateAnswer]:
    """Return what schools were asked about days: all for the office's staff, a school's own for its people."""
    rows = DateAnswer.objects.filter(office_id=actor.office_id)
    if may_read_supervision_plan(actor):
        return rows
    return rows.filter(visit__school__unit__in=actor.school_ids)


def visible_other_bodies(actor: Actor) -> QuerySet[OtherBodysVisit]:
    """Return the visits of other bodies that an actor may read."""
    rows = shown(OtherBodysVisit.objects.filter(office_id=actor.office_id))
    if may_read_supervision_plan(actor):
        return rows
    return rows.filter(school__unit__in=actor.school_ids)


def visible_feeds(actor: Actor) -> QuerySet[CalendarFeed]:
    """Return the calendars an actor may know of: their own, their school's, and for planners those of schools and the office."""
    rows = CalendarFeed.objects.filter(office_id=actor.office_id)
    if actor.is_system:
        return rows
    mine = Q(made_by_id=actor.user_id) | Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=())
    own = Q(school__unit__in=actor.school_ids)
    kinds = [CalendarFeed.Kind.SCHOOL, CalendarFeed.Kind.OFFICE]
    if by_role(actor, *PLANNERS, Role.ADMINISTRATOR):
        return rows.filter(mine | own | Q(kind__in=kinds))
    return rows.filter(mine | own)
