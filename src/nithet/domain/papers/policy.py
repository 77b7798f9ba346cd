"""Who may bring templates, make papers and publish, with the reason."""

from django.db.models import QuerySet

from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.models.publications import Publication, PublicationVersion
from nithet.domain.papers.models.templates import Template
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, deny
from nithet.foundation.actions.taking_back import shown

KEEPERS = (Role.ADMINISTRATOR, Role.GROUP_HEAD, Role.DEPUTY_DIRECTOR, Role.DIRECTOR)
"""Who looks after the office's templates and the head of its papers."""
LEADERS = tuple(sorted(OFFICE_LEADERS))
WRITERS = (*RECORD_WRITERS, Role.COMMUNICATIONS_OFFICER)


@policy("template.bring")
@policy("letterhead.edit")
def may_keep_templates(actor: Actor, target: object) -> Verdict:
    """Whoever looks after the office's templates brings them and words the head of papers."""
    return by_role(actor, *KEEPERS)


@policy("template.choose")
def may_choose(actor: Actor, template: Template) -> Verdict:
    """Whoever looks after the office's templates says which one is in force."""
    return by_role_over(actor, template, *KEEPERS)


@policy("paper.make")
def may_make(actor: Actor, target: object) -> Verdict:
    """Whoever enters records for the office makes its papers."""
    return by_role(actor, *WRITERS)


@policy("paper.bring_back")
@policy("paper.mark_printed")
@policy("paper.mark_signed")
@policy("paper.give_number")
@policy("paper.make_again")
def may_edit(actor: Actor, paper: Paper) -> Verdict:
    """Whoever makes papers brings them back from Word, prints and numbers them, while they stand."""
    verdict = by_role_over(actor, paper, *WRITERS)
    if verdict and not paper.stands:
        return deny("This paper was taken back.")
    return verdict


@policy("paper.take_back")
def may_take_back(actor: Actor, paper: Paper) -> Verdict:
    """Whoever made a paper takes it back, or a leader."""
    if paper.made_by_id is not None and paper.made_by_id == actor.user_id:
        return by_role_over(actor, paper, *WRITERS)
    return by_role_over(actor, paper, *LEADERS, Role.GROUP_HEAD)


@policy("publication.propose")
def may_propose(actor: Actor, target: object) -> Verdict:
    """Whoever makes papers proposes what the office shows to everybody."""
    return by_role(actor, *WRITERS)


@policy("publication.approve")
def may_approve(actor: Actor, version: PublicationVersion) -> Verdict:
    """The director or a deputy approves what everybody may see."""
    return by_role_over(actor, version, *LEADERS)


@policy("publication.withdraw")
@policy("publication.show_again")
def may_withdraw(actor: Actor, publication: Publication) -> Verdict:
    """The director or a deputy withdraws what was published."""
    return by_role_over(actor, publication, *LEADERS)


def may_see(actor: Actor, paper: Paper) -> Verdict:
    """The office's staff sees its papers."""
    return by_role_over(actor, paper, *OFFICE_STAFF)


def visible_to(actor: Actor) -> QuerySet[Paper]:
    """Return the papers that an actor may read; what was taken back within the day is hidden."""
    papers = Paper.objects.filter(office_id=actor.office_id)
    return shown(papers) if by_role(actor, *OFFICE_STAFF) else papers.none()


def may_see_template(actor: Actor, template: Template) -> Verdict:
    """The office's staff sees its templates."""
    return by_role_over(actor, template, *OFFICE_STAFF)


def visible_templates(actor: Actor) -> QuerySet[Template]:
    """Return the templates that an actor may read."""
    templates = Template.objects.filter(office_id=actor.office_id)
    return templates if by_role(actor, *OFFICE_STAFF) else templates.none()


def may_see_publication(actor: Actor, publication: Publication) -> Verdict:
    """The office's staff sees what it publishes, approved or not."""
    return by_role_over(actor, publication, *OFFICE_STAFF)


def visible_publications(actor: Actor) -> QuerySet[Publication]:
    """Return the publications that an actor may read with their history."""
    publications = Publication.objects.filter(office_id=actor.office_id)
    return publications if by_role(actor, *OFFICE_STAFF) else publications.none()
