"""Every write in a round."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.models import (
    AssessorLevel,
    ItemAnswer,
    NarrativeGroup,
    NarrativeParagraph,
    Round,
    SignOff,
    TestAnswer,
)
from nithet.domain.assessments.queries import (
    answers_of,
    declared_of,
    proposals_of,
    standing_of,
)
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.domain.frameworks.actions import freeze_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

LONGEST_REASON = 500
"""Characters, as wide as the columns that keep reasons."""


@action("round.open", event="round.opened")
def open_round(
    *, actor: Actor, edition: Edition, fiscal_year: int, months: int = 12, heading: Sequence[str] = ()
) -> Round:
    """Open the office's round of an edition and year, or return the one that is open already.

    The edition is frozen from now on. `heading` holds the lines that stand above the form.
    """
    rules = rules_of(edition)
    if rules.years and fiscal_year not in rules.years:
        raise RuleBroken(
            "round.year",
            "This form is for the year %(years)s, not for %(year)s.",
            field="fiscal_year",
            years=", ".join(str(year) for year in rules.years),
            year=fiscal_year,
        )
    kept, was_made = Round.objects.get_or_create(
        office_id=actor.office_id,
        edition=edition,
        fiscal_year=fiscal_year,
        months=months,
        defaults={"heading": list(heading)},
    )
    if was_made:
        freeze_edition(actor=actor, edition=edition)
        ItemAnswer.objects.bulk_create(
            [ItemAnswer(office_id=kept.office_id, round=kept, item=item.id) for item in rules.items]
        )
    else:
        nothing_changed()
    note(fiscal_year=fiscal_year, months=months)
    return kept


def _hold_open(reporting_round: Round) -> None:
    """Lock a round to the end of the action, so that it is not signed or closed over what is being written."""
    fresh = Round.objects.select_for_update(no_key=True).get(pk=reporting_round.pk)
    if fresh.state != Round.State.OPEN:
        raise Conflict("round.closed_meanwhile", "The round was closed meanwhile, so nothing was saved.")


def _answer(reporting_round: Round, item: str) -> ItemAnswer:
    _hold_open(reporting_round)
    answer = reporting_round.answers.filter(item=item).first()
    if answer is None:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    return answer


@action("test.answer", event="test.answered", on="round")
def answer_test(
    *,
    actor: Actor,
    round: Round,
    item: str,
    test: str,
    is_done: bool | None,
    reason: str = "",
    seen: str | None = None,
) -> ItemAnswer:
    """Answer one test of an item: done, not done, or (None) take the answer back.

    What the records propose is kept beside the answer; an answer that differs from it needs a reason. `seen` is the
    answer that the writer had before them ("done", "not_done", "unanswered"); `Conflict` where it reads otherwise by now.
    None does not ask.
    """
    answer = _answer(round, item)
    node = rules_of(round.edition).nodes[item]
    if test not in {one.id for one in node.tests}:
        raise RuleBroken("test.unknown", "Item %(item)s has no such test.", field="test", item=item)
    kept = answer.tests.filter(test=test).first()
    stands = "unanswered" if kept is None else "done" if kept.is_done else "not_done"
    if seen is not None and seen != stands:
        raise Conflict(
            "test.answered_meanwhile",
            "Somebody else answered this test meanwhile. Look at the answer again and decide.",
        )
    note(item=item, test=test, was=stands, is_done=is_done, reason=reason)
    if is_done is None:
        answer.tests.filter(test=test).delete()
        return answer
    proposal = proposals_of(round, [item]).get((item, test))
    proposed = proposal.is_done if proposal else None
    if proposed is not None and proposed != is_done and not reason.strip():
        raise RuleBroken(
            "test.reason",
            "Your answer differs from what the records show. Please say why.",
            field="reason",
        )
    TestAnswer.objects.update_or_create(
        answer=answer,
        test=test,
        defaults={
            "office_id": round.office_id,
            "is_done": is_done,
            "proposed": proposed,
            "reason": reason.strip(),
            "answered_by": actor.signature,
            "answered_at": clock.now(),
        },
    )
    return answer


@action("proposals.accept", event="proposals.accepted", on="round")
def accept_proposals(*, actor: Actor, round: Round, items: Sequence[str]) -> Round:
    """Confirm, for whole items, every unanswered test that the records show as done.

    What the records show as not done, or cannot tell, stays unanswered for a person.
    """
    _hold_open(round)
    answers = answers_of(round)
    proposals = proposals_of(round, items)
    rows = []
    for (item, test), proposal in proposals.items():
        given = {row.test for row in answers[item].tests.all()}
        if proposal.is_done and test not in given:
            rows.append(
                TestAnswer(
                    office_id=round.office_id,
                    answer=answers[item],
                    test=test,
                    is_done=True,
                    proposed=True,
                    answered_by=actor.signature,
                    answered_at=clock.now(),
                )
            )
    TestAnswer.objects.bulk_create(rows)
    note(count=len(rows), items=list(items))
    return round


@action("level.state", event="level.stated", on="round")
def state_level(*, actor: Actor, round: Round, item: str, level: int | None) -> ItemAnswer:
    """Keep the level that an old return ticked at an item. It declares nothing: only a signature does."""
    answer = _answer(round, item)
    note(item=item)
    change(answer, stated_level=level)
    return answer


@action("narrative.write", event="narrative.written", on="round")
def write_narrative(
    *, actor: Actor, round: Round, item: str, groups: Sequence[GroupDraft], sheets: int = 1
) -> ItemAnswer:
    """Replace the whole narrative of an item: used when an old return is taken over."""
    answer = _answer(round, item)
    answer.groups.all().delete()
    for place, draft in enumerate(groups):
        group = NarrativeGroup.objects.create(
            office_id=round.office_id,
            answer=answer,
            title=draft.title,
            about=draft.about,
            position=place,
        )
        NarrativeParagraph.objects.bulk_create(
            [_paragraph(group, position, part) for position, part in enumerate(draft.paragraphs)]
        )
    change(answer, sheets=sheets)
    note(item=item, paragraphs=sum(len(draft.paragraphs) for draft in groups))
    return answer


def _paragraph(group: NarrativeGroup, position: int, draft: ParagraphDraft) -> NarrativeParagraph:
    return NarrativeParagraph(
        office_id=group.office_id,
        group=group,
        role=draft.role,
        section=draft.section,
        mark=draft.mark,
        depth=draft.depth,
        text=draft.text,
        sheet=draft.sheet,
        position=position,
        cites=list(draft.cites),
    )


@action("narrative.edit", event="paragraph.edited", on="round")
def edit_paragraph(
    *,
    actor: Actor,
    round: Round,
    paragraph: NarrativeParagraph,
    text: str,
    seen: str,
) -> NarrativeParagraph:
    """Change the words of one paragraph; its place, mark and citations stay.

    `seen` is the text that the writer had before them: when the paragraph reads otherwise by now, somebody else was
    quicker and `Conflict` carries both versions.
    """
    _refuse_foreign(round, paragraph)
    _hold_open(round)
    fresh = _still_there(paragraph)
    if fresh.text != seen:
        raise Conflict(
            "paragraph.changed",
            "Somebody else changed this paragraph meanwhile. Compare both versions and save again.",
            field="text",
            theirs=fresh.text,
            yours=text,
        )
    if not text.strip():
        raise RuleBroken("paragraph.empty", "A paragraph needs words; to take it out, remove it.", field="text")
    about(round)
    note(item=paragraph.group.answer.item)
    change(fresh, text=" ".join(text.split()))
    return fresh


@action("narrative.add", event="paragraph.added", on="round")
def add_paragraph(
    *,
    actor: Actor,
    round: Round,
    group: NarrativeGroup,
    after: NarrativeParagraph | None,
    draft: ParagraphDraft,
) -> NarrativeParagraph:
    """Add a paragraph to a group, behind `after` (at the start where that is None)."""
    if group.answer.round_id != round.pk or (after is not None and after.group_id != group.pk):
        raise RuleBroken("paragraph.foreign", "This paragraph is not part of this round.")
    _hold_open(round)
    position = _still_there(after).position + 1 if after else 0
    group.paragraphs.filter(position__gte=position).update(position=F("position") + 1)
    added = _paragraph(group, position, draft)
    added.save()
    about(round)
    note(item=group.answer.item, text=draft.text)
    return added


@action("narrative.remove", event="paragraph.removed", on="round")
def remove_paragraph(*, actor: Actor, round: Round, paragraph: NarrativeParagraph) -> Round:
    """Take a paragraph out; its words stay in the history."""
    _refuse_foreign(round, paragraph)
    _hold_open(round)
    fresh = _still_there(paragraph)
    note(item=paragraph.group.answer.item, text=fresh.text, mark=fresh.mark)
    fresh.delete()
    return round


def _still_there(paragraph: NarrativeParagraph) -> NarrativeParagraph:
    fresh = NarrativeParagraph.objects.select_for_update().filter(pk=paragraph.pk).first()
    if fresh is None:
        raise Conflict(
            "paragraph.gone",
            "Somebody else took this paragraph out meanwhile.",
        )
    return fresh


def _refuse_foreign(reporting_round: Round, paragraph: NarrativeParagraph) -> None:
    if paragraph.group.answer.round_id != reporting_round.pk:
        raise RuleBroken("paragraph.foreign", "This paragraph is not part of this round.")


@action("round.sign", event="round.signed", on="round")
def sign_off(
    *,
    actor: Actor,
    round: Round,
    declared_level: int | None,
    shown: str,
    request_key: str,
    reason: str = "",
) -> SignOff:
    """Sign the declared level for exactly what was shown.

    `shown` is the digest of the standing that the signer saw; when the records differ by now, nothing is signed and
    `Conflict` says so. `declared_level` None declares that no level is reached. A level that differs from the computed
    one, or is signed while the records cannot tell a level yet, needs a reason. The same `request_key` signs once, however often it arrives.
    """
    if kept := round.sign_offs.filter(request_key=request_key).first():
        nothing_changed()
        return kept
    _hold_open(round)
    standing = standing_of(round)
    if standing.digest != shown:
        raise Conflict(
            "round.changed_since_shown",
            "The records have changed since this page was opened. Look at them again before you sign.",
        )
    computed = standing.judgement.level
    scale = {level.number for level in standing.edition.root.levels.scale} if standing.edition.root.levels else set()
    if declared_level is not None and declared_level not in scale:
        raise RuleBroken("level.unknown", "This form has no level %(level)s.", field="declared_level", level=declared_level)
    is_told = standing.judgement.settled
    if (declared_level != computed or not is_told) and not reason.strip():
        raise RuleBroken(
            "level.reason",
            "The declared level is not the one that the records show. Please say why.",
            field="reason",
        )
    note(declared_level=declared_level, computed_level=computed, shown=shown, reason=reason.strip())
    try:
        with transaction.atomic():
            return SignOff.objects.create(
                office_id=round.office_id,
                round=round,
                declared_level=declared_level,
                computed_level=computed,
                judgement=to_contract_json(standing.edition, standing.judgement, standing.facts),
                shown_digest=shown,
                reason=reason.strip(),
                signed_by=actor.signature,
                signed_by_id=actor.user_id,
                signed_at=clock.now(),
                request_key=request_key,
            )
    except IntegrityError:
        nothing_changed()
        return round.sign_offs.get(request_key=request_key)


@action("round.close", event="round.closed", on="round")
def close_round(*, actor: Actor, round: Round) -> Round:
    """Close a round (ปิดรอบ): its answers can be read but no longer changed. It must have been signed."""
    if declared_of(round) is None:
        raise RuleBroken("round.unsigned", "The declared level has not been signed yet. Sign it before the round is closed.")
    _hold_open(round)
    change(round, state=Round.State.CLOSED)
    return round


@action("round.reopen", event="round.reopened", on="round")
def reopen_round(*, actor: Actor, round: Round, reason: str) -> Round:
    """Open a closed round again (เปิดแก้ไข), with the reason."""
    if not reason.strip():
        raise RuleBroken("round.reopen_reason", "Please say why the round is opened again.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(
            "reason.long", "Please say it in at most %(limit)s characters.", field="reason", limit=LONGEST_REASON
        )
    change(round, state=Round.State.OPEN, reopened_because=reason.strip())
    return round


@action("assessor_level.give", event="assessor_level.given", on="round")
def give_assessor_level(*, actor: Actor, round: Round, level: int | None, reason: str) -> AssessorLevel:
    """Keep the level that an invited assessor gives, with the reason; None says that no level is reached."""
    if not reason.strip():
        raise RuleBroken("assessor.reason", "An assessor's level needs its reason.", field="reason")
    note(level=level)
    return AssessorLevel.objects.create(
        office_id=round.office_id,
        round=round,
        level=level,
        reason=reason.strip(),
        given_by=actor.signature,
        given_at=clock.now(),
    )

