"""What people say to one another about an item or a paragraph."""

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.domain.assessments.queries.people import person_of_office
from nithet.domain.assessments.queries.rounds import item_ref
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.notices.sending import tell
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

SAID = "assessments.comment_said"
"""The kind of notice: somebody asks for you in a comment, or answers yours."""
LONGEST = 2000


@action("comment.say", event="comment.said", on="round")
def say_comment(
    *,
    actor: Actor,
    round: Round,
    item: str,
    text: str,
    paragraph: NarrativeParagraph | None = None,
    answers: Comment | None = None,
    for_user_id: int | None = None,
) -> Comment:
    """Say something about an item or one of its paragraphs, or answer what was said; who is asked for is told."""
    answer = _answer_of(round, item)
    words = collapse(text)
    if not words:
        raise RuleBroken("comment.empty", "A comment needs words.", field="text")
    if len(words) > LONGEST:
        raise RuleBroken(
            "comment.long",
            "Please say it in at most %(limit)s characters.",
            field="text",
            limit=LONGEST,
        )
    if paragraph is not None and paragraph.group.answer_id != answer.pk:
        raise RuleBroken("comment.foreign", "This paragraph is not part of this item.")
    if answers is not None:
        if (answers.round_id, answers.item) != (round.pk, item):
            raise RuleBroken("comment.foreign", "This paragraph is not part of this item.")
        answers = answers.answers or answers
    person = None
    if for_user_id is not None:
        person = person_of_office(round.office_id, for_user_id)
        if person is None:
            raise RuleBroken("comment.person", "There is no such person.", field="for_user")
    said = Comment.objects.create(
        office_id=round.office_id,
        round=round,
        item=item,
        paragraph=paragraph or (answers.paragraph if answers else None),
        answers=answers,
        text=words,
        said_by=actor.signature,
        for_user_id=for_user_id,
        for_title=person.name if person else "",
        **made_by(actor),
    )
    about(answer)
    note(item=item, text=words)
    to = {one for one in (for_user_id, answers.made_by_id if answers else None) if one is not None}
    tell(actor=actor, to=to, kind=SAID, ref=item_ref(round.pk, item), item=item, text=words[:120])
    return said


@action("comment.resolve", event="comment.resolved", on="comment")
def resolve_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Say that what a thread asked for is settled; said of the comment that began it."""
    fresh = Comment.objects.select_for_update(of=("self",)).get(
        pk=(comment.answers_id or comment.pk)
    )
    if not fresh.stands:
        raise Conflict("comment.gone", "This comment was taken back meanwhile.")
    about(_answer_of(fresh.round, fresh.item))
    note(item=fresh.item, text=fresh.text)
    if fresh.resolved_at is not None:
        nothing_changed()
        return fresh
    change(fresh, resolved_at=clock.now(), resolved_by=actor.signature)
    return fresh


@action("comment.take_back", event="comment.taken_back", on="comment")
def take_back_comment(*, actor: Actor, comment: Comment, reason: str = "") -> Comment:
    """Take a comment back: within a day without a trace on the page, later marked as cancelled with a reason."""
    take_back(comment, actor=actor, reason=reason)
    about(_answer_of(comment.round, comment.item))
    note(item=comment.item)
    return comment


def _answer_of(reporting_round: Round, item: str) -> ItemAnswer:
    answer = reporting_round.answers.filter(item=item).first()
    if answer is None:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    return answer
