"""Committee members: invited by a link without an account, asked four questions, and written for where they wish."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.answers import new_code
from nithet.domain.supervision.actions.findings import keep_findings
from nithet.domain.supervision.actions.holding import hold, keep_version, refuse_closed
from nithet.domain.supervision.models.invitations import CommitteeInvitation, InvitedVisit
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.content import content_of
from nithet.domain.supervision.queries.spoken import has_said
from nithet.domain.supervision.rules.questions import COMMITTEE_QUESTIONS
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

GOOD_AFTER_LAST_VISIT = timedelta(days=60)


@action("visit.invite_member", event="visit.member_invited")
def invite_member(
    *,
    actor: Actor,
    visits: Sequence[Visit],
    member: CommitteeMember | None = None,
    title: str = "",
    companion: str = "",
    companion_telephone: str = "",
    programme: str = "",
) -> CommitteeInvitation:
    """Invite a committee member to committee visits by a link; it is good until sixty days after the last of them."""
    words = collapse(title)[:200] or (str(member.holder_name or member.title) if member else "")
    if not words:
        raise RuleBroken("invitation.title", "Write the name or the position.", field="title")
    if not visits:
        raise RuleBroken(
            "invitation.visits", "Choose at least one visit of the committee.", field="visits"
        )
    for visit in visits:
        if visit.kind != Visit.Kind.COMMITTEE or visit.office_id != actor.writes_in:
            raise RuleBroken(
                "invitation.kind", "Members are invited to visits of a committee.", field="visits"
            )
    now = clock.now()
    last = max([clock.today(), *(visit.visited_on for visit in visits)])
    made = CommitteeInvitation.objects.create(
        office_id=actor.writes_in,
        member=member,
        title=words,
        companion=collapse(companion)[:200],
        companion_telephone=collapse(companion_telephone)[:40],
        programme=programme.strip()[:4000],
        code=new_code(),
        made_at=now,
        made_by=actor.signature,
        expires_at=now + (last - clock.today()) + GOOD_AFTER_LAST_VISIT,
    )
    InvitedVisit.objects.bulk_create(
        [
            InvitedVisit(office_id=made.office_id, invitation=made, visit=visit)
            for visit in dict.fromkeys(visits)
        ]
    )
    note(visits=[visit.pk for visit in visits])
    return made


@action("visit.revoke_invitation", event="visit.invitation_revoked", on="invitation")
def revoke_invitation(*, actor: Actor, invitation: CommitteeInvitation) -> CommitteeInvitation:
    """Make the link of an invitation good for nothing; what its member has said stays."""
    fresh = CommitteeInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if fresh.revoked_at is not None:
        nothing_changed()
        return fresh
    change(fresh, revoked_at=clock.now())
    return fresh


@action("visit.answer_as_member", event="visit.member_answered", on="visit")
def answer_as_member(
    *,
    actor: Actor,
    visit: Visit,
    title: str,
    answers: Mapping[str, Sequence[str]],
    member: CommitteeMember | None = None,
) -> Visit:
    """Keep a member's own answers to the four questions; with them the member went, and a visit whose day has come is done.

    Answers of other members stay; what this member said before is kept in the version that stood.
    """
    speaker = collapse(title)[:200]
    if not speaker:
        raise RuleBroken("invitation.title", "Write the name or the position.", field="title")
    fresh = hold(visit)
    refuse_closed(fresh)
    about(fresh)
    if fresh.visited_on > clock.today():
        raise RuleBroken("visit.not_yet", "The day of this visit has not come yet.")
    was_done = fresh.state == Visit.State.DONE
    if not any(answers.values()) and not has_said(fresh, speaker):
        raise RuleBroken(
            "visit.no_answer", "Write at least one of the four answers.", field="impression"
        )
    before = content_of(fresh)
    given = {name: list(answers.get(name, ())) for name in COMMITTEE_QUESTIONS}
    keep_findings(actor, fresh, given, said_by=speaker)
    Visitor.objects.get_or_create(
        visit=fresh,
        title=speaker,
        defaults={"office_id": fresh.office_id, "member": member, "user_id": actor.user_id},
    )
    change(fresh, state=Visit.State.DONE)
    if content_of(fresh) == before:
        nothing_changed()
        return fresh
    if was_done:
        keep_version(actor, fresh, fresh.version, before, fresh.written_at)
    note(title=speaker)
    change(fresh, version=fresh.version + 1)
    if fresh.written_at is None:
        change(fresh, written_by=actor.signature, written_at=clock.now())
    return fresh


@action("visit.open_invitation", event="visit.invitation_opened", on="invitation")
def note_opened(*, actor: Actor, invitation: CommitteeInvitation) -> CommitteeInvitation:
    """Note once that a member has opened the invitation, so that nobody needs to telephone and ask."""
    fresh = CommitteeInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if fresh.opened_at is not None:
        nothing_changed()
        return fresh
    change(fresh, opened_at=clock.now())
    return fresh
