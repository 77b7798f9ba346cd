"""Who makes the papers of visits and who approves their photo news, with the reason."""

from django.db.models import QuerySet

from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.models.visit_papers import VisitNews, VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import READERS as VISIT_READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, deny
from nithet.foundation.actions.taking_back import shown

MAKERS = (*RECORD_WRITERS, Role.COMMUNICATIONS_OFFICER)
"""Those who make papers of the office make those of its visits."""
APPROVERS = (*sorted(OFFICE_LEADERS), Role.GROUP_HEAD)
READERS = tuple(sorted(OFFICE_STAFF))


@policy("visit_paper.make")
@policy("visit_news.write")
def may_make_paper(actor: Actor, visit: Visit) -> Verdict:
    """Whoever makes papers for the office makes those of its visits, while the visit is not cancelled."""
    verdict = by_role_over(actor, visit, *MAKERS)
    if verdict and visit.state == Visit.State.CANCELLED:
        return deny("This visit was cancelled.")
    return verdict


@policy("visit_paper.make_many")
def may_make_papers(actor: Actor, target: object) -> Verdict:
    """The same people make the papers of many visits at once."""
    return by_role(actor, *MAKERS)


@policy("visit_paper.make_again")
@policy("visit_paper.number")
@policy("visit_paper.print")
def may_edit_paper(actor: Actor, link: VisitPaper) -> Verdict:
    """The same people number, print and make them again, while they stand."""
    verdict = by_role_over(actor, link, *MAKERS)
    if verdict and not link.paper.stands:
        return deny("This paper was taken back.")
    return verdict


@policy("visit_news.approve")
def may_approve_news(actor: Actor, news: VisitNews) -> Verdict:
    """The head of a group, a deputy or the director approves what is shown outside."""
    return by_role_over(actor, news, *APPROVERS)


@policy("supervision_report.issue")
def may_issue_report(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans and visits for the office issues the reports made of them."""
    return by_role(actor, *RECORD_WRITERS)


@policy("supervision_report.take_back")
def may_take_back_report(actor: Actor, issued: IssuedReport) -> Verdict:
    """The same people take an issue of their office back."""
    return by_role_over(actor, issued, *RECORD_WRITERS)


def may_read_papers(actor: Actor) -> Verdict:
    """The office's staff reads the papers of its visits."""
    return by_role(actor, *READERS)


def may_read_reports(actor: Actor) -> Verdict:
    """Whoever reads every visit reads the reports on supervision: the office's staff and its committees."""
    return by_role(actor, *VISIT_READERS)


def visible_issues(actor: Actor) -> QuerySet[IssuedReport]:
    """Return the issued reports that an actor may read, cancelled ones among them."""
    rows = shown(IssuedReport.objects.filter(office_id=actor.office_id))
    return rows if may_read_reports(actor) else rows.none()


def visible_visit_papers(actor: Actor) -> QuerySet[VisitPaper]:
    """Return which papers were made of which visits, for those who may read papers."""
    rows = VisitPaper.objects.filter(office_id=actor.office_id)
    return rows if may_read_papers(actor) else rows.none()


def visible_news(actor: Actor) -> QuerySet[VisitNews]:
    """Return the photo news that an actor may read."""
    rows = VisitNews.objects.filter(office_id=actor.office_id)
    return rows if may_read_papers(actor) else rows.none()
