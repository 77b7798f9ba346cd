"""Writing the narrative."""

from collections.abc import Sequence

from django.db.models import F

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import held_answer, hold_open
from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken


@action("narrative.write", event="narrative.written", on="round")
def write_narrative(
    *, actor: Actor, round: Round, item: str, groups: Sequence[GroupDraft], sheets: int = 1
) -> ItemAnswer:
    """Replace the whole narrative of an item: used when an old return is taken over."""
    answer = held_answer(round, item)
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
    hold_open(round)
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
    hold_open(round)
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
    hold_open(round)
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
