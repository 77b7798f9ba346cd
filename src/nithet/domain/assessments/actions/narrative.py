"""Writing the narrative: groups, paragraphs, what they cite, drafts.

Two people on one narrative lose nothing: a paragraph has a version, adding and moving hold the round, and a draft never
replaces what a person wrote or accepted.
"""

from collections.abc import Sequence

from django.db.models import F

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import held_answer, hold_open
from nithet.domain.assessments.models.narrative import (
    NarrativeGroup,
    NarrativeParagraph,
    ParagraphProposal,
)
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


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
        drafted=draft.drafted,
        origin=draft.origin,
    )


# Groups ----------------------------------------------------------------------------------------


@action("narrative.add_group", event="narrative_group.added", on="round")
def add_group(*, actor: Actor, round: Round, item: str, draft: GroupDraft) -> NarrativeGroup:
    """Add a group at the end of an item's narrative, with the paragraphs (headings) that it begins with."""
    answer = held_answer(round, item)
    last = answer.groups.order_by("-position").first()
    group = NarrativeGroup.objects.create(
        office_id=round.office_id,
        answer=answer,
        title=collapse(draft.title)[:400],
        about=draft.about,
        position=last.position + 1 if last else 0,
    )
    NarrativeParagraph.objects.bulk_create(
        [_paragraph(group, position, part) for position, part in enumerate(draft.paragraphs)]
    )
    about(answer)
    note(item=item, title=group.title)
    return group


@action("narrative.rename_group", event="narrative_group.renamed", on="round")
def rename_group(
    *, actor: Actor, round: Round, group: NarrativeGroup, version: int, title: str
) -> NarrativeGroup:
    """Name a group; `Conflict` where somebody else named it since `version`."""
    fresh = _group(round, group)
    wanted = collapse(title)[:400]
    if fresh.version != version:
        raise Conflict(
            "group.changed",
            "Somebody else named this group meanwhile. Compare both names and save again.",
            version=fresh.version,
            theirs={"title": fresh.title},
            yours={"title": wanted},
        )
    note(item=fresh.answer.item)
    if fresh.title == wanted:
        nothing_changed()
        return fresh
    change(fresh, title=wanted, version=version + 1)
    about(fresh.answer)
    return fresh


@action("narrative.move_group", event="narrative_group.moved", on="round")
def move_group(*, actor: Actor, round: Round, group: NarrativeGroup, up: bool) -> NarrativeGroup:
    """Move a group one place up or down; at the end it stays."""
    fresh = _group(round, group)
    order = list(fresh.answer.groups.order_by("position", "pk"))
    if not _swap(order, fresh.pk, up=up):
        nothing_changed()
    about(fresh.answer)
    note(item=fresh.answer.item, title=fresh.title)
    return fresh


@action("narrative.remove_group", event="narrative_group.removed", on="round")
def remove_group(*, actor: Actor, round: Round, group: NarrativeGroup, version: int) -> ItemAnswer:
    """Take a group out with its paragraphs; their words stay in the history."""
    fresh = _group(round, group)
    if fresh.version != version:
        raise Conflict(
            "group.changed_before_removal",
            "Somebody else changed this group meanwhile. Look at it again.",
        )
    answer = fresh.answer
    words = [row.text for row in fresh.paragraphs.all()]
    note(item=answer.item, title=fresh.title, text=" / ".join(words)[:10_000])
    fresh.delete()
    return answer


def _group(reporting_round: Round, group: NarrativeGroup) -> NarrativeGroup:
    hold_open(reporting_round)
    fresh = (
        NarrativeGroup.objects.select_for_update(of=("self",))
        .select_related("answer")
        .filter(pk=group.pk)
        .first()
    )
    if fresh is None:
        raise Conflict("group.gone", "Somebody else took this group out meanwhile.")
    if fresh.answer.round_id != reporting_round.pk:
        raise RuleBroken("paragraph.foreign", "This paragraph is not part of this round.")
    return fresh


def _swap(order: list[NarrativeGroup] | list[NarrativeParagraph], key: int, *, up: bool) -> bool:
    """Exchange a row with its neighbour and number all of them anew; say whether there was a neighbour."""
    place = next(i for i, row in enumerate(order) if row.pk == key)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return False
    rows: list[NarrativeGroup | NarrativeParagraph] = list(order)
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        if row.position != position:
            type(row).objects.filter(pk=row.pk).update(position=position)
    return True


# Paragraphs ------------------------------------------------------------------------------------


@action("narrative.edit", event="paragraph.edited", on="round")
def edit_paragraph(
    *,
    actor: Actor,
    round: Round,
    paragraph: NarrativeParagraph,
    text: str,
    seen: str | None = None,
    version: int | None = None,
    cites: Sequence[RecordRef] | None = None,
) -> NarrativeParagraph:
    """Change the words of one paragraph, and what it cites where `cites` is given; place and mark stay.

    `version`, or `seen` (the text), is what the writer had before them: when the paragraph is another by now, somebody else
    was quicker and `Conflict` carries both texts as `theirs` and `yours`, and the version that stands. A draft that a person
    saves is theirs from then on.
    """
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    if (version is not None and fresh.version != version) or (
        seen is not None and fresh.text != seen
    ):
        raise Conflict(
            "paragraph.changed",
            "Somebody else changed this paragraph meanwhile. Compare both versions and save again.",
            field="text",
            theirs=fresh.text,
            yours=text,
            version=fresh.version,
        )
    words = " ".join(text.split())
    if not words:
        raise RuleBroken(
            "paragraph.empty", "A paragraph needs words; to take it out, remove it.", field="text"
        )
    about(paragraph.group.answer)
    note(item=paragraph.group.answer.item)
    new: dict[str, object] = {"text": words, "drafted": False}
    if cites is not None:
        new["cites"] = [str(ref) for ref in dict.fromkeys(cites)]
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=fresh.version + 1, **new)
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
    """Add a paragraph to a group, behind `after` (at the start where that is None); two added at once are both kept."""
    if group.answer.round_id != round.pk or (after is not None and after.group_id != group.pk):
        raise RuleBroken("paragraph.foreign", "This paragraph is not part of this round.")
    if not draft.text.strip():
        raise RuleBroken("paragraph.empty_new", "A paragraph needs words.", field="text")
    hold_open(round)
    position = _still_there(after).position + 1 if after else 0
    group.paragraphs.filter(position__gte=position).update(position=F("position") + 1)
    added = _paragraph(group, position, draft)
    added.save()
    about(group.answer)
    note(item=group.answer.item, text=draft.text)
    return added


@action("narrative.move", event="paragraph.moved", on="round")
def move_paragraph(
    *, actor: Actor, round: Round, paragraph: NarrativeParagraph, up: bool
) -> NarrativeParagraph:
    """Move a paragraph one place up or down inside its heading; it never leaves it."""
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    order = list(fresh.group.paragraphs.order_by("position", "pk"))
    place = next(i for i, row in enumerate(order) if row.pk == fresh.pk)
    other = place - 1 if up else place + 1
    inside = 0 <= other < len(order) and not _is_heading(order[other]) and not _is_heading(fresh)
    if not inside or not _swap(order, fresh.pk, up=up):
        nothing_changed()
    about(paragraph.group.answer)
    note(item=paragraph.group.answer.item, text=fresh.text)
    return fresh


def _is_heading(row: NarrativeParagraph) -> bool:
    return row.role in {"heading", "results_heading"}


@action("narrative.remove", event="paragraph.removed", on="round")
def remove_paragraph(
    *, actor: Actor, round: Round, paragraph: NarrativeParagraph, version: int | None = None
) -> Round:
    """Take a paragraph out; its words stay in the history. `version` None does not ask whether somebody changed it."""
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    if version is not None and fresh.version != version:
        raise Conflict(
            "paragraph.changed_before_removal",
            "Somebody else changed this paragraph meanwhile, so it was not taken out. Look at it again.",
        )
    note(item=paragraph.group.answer.item, text=fresh.text, mark=fresh.mark)
    fresh.delete()
    return round


# Drafts ----------------------------------------------------------------------------------------


@action("narrative.accept_draft", event="draft.accepted", on="round")
def accept_draft(
    *, actor: Actor, round: Round, paragraph: NarrativeParagraph, version: int
) -> NarrativeParagraph:
    """Take a draft as one's own words, as it stands."""
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    if fresh.version != version:
        raise Conflict(
            "draft.changed", "This draft was changed meanwhile. Read it again before you accept it."
        )
    about(paragraph.group.answer)
    note(item=paragraph.group.answer.item, text=fresh.text)
    if not fresh.drafted:
        nothing_changed()
        return fresh
    change(fresh, drafted=False, version=version + 1)
    return fresh


@action("narrative.draft_again", event="draft.made_again", on="round")
def draft_again(
    *,
    actor: Actor,
    round: Round,
    paragraph: NarrativeParagraph,
    text: str,
    origin: str,
    cites: Sequence[RecordRef] = (),
) -> NarrativeParagraph:
    """Give a paragraph newer drafted words: in its place while it is a draft, beside it once a person has made it theirs."""
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    words = " ".join(text.split())
    if not words:
        raise RuleBroken("paragraph.empty_new", "A paragraph needs words.", field="text")
    about(paragraph.group.answer)
    note(item=paragraph.group.answer.item, origin=origin)
    named = [str(ref) for ref in dict.fromkeys(cites)]
    if (fresh.text, list(fresh.cites)) == (words, named):
        nothing_changed()
    elif fresh.drafted:
        change(fresh, text=words, cites=named, origin=origin[:200], version=fresh.version + 1)
    elif fresh.proposals.filter(text=words).exists():
        nothing_changed()
    else:
        ParagraphProposal.objects.create(
            office_id=fresh.office_id,
            paragraph=fresh,
            text=words,
            cites=named,
            origin=origin[:200],
            proposed_at=clock.now(),
        )
        note(proposed=words)
    return fresh


@action("narrative.decide_proposal", event="proposal.decided", on="round")
def decide_proposal(
    *, actor: Actor, round: Round, proposal: ParagraphProposal, version: int, take: bool
) -> NarrativeParagraph:
    """Take proposed words in the place of one's own, or leave them; either way they no longer stand beside."""
    paragraph = proposal.paragraph
    _refuse_foreign(round, paragraph)
    hold_open(round)
    fresh = _still_there(paragraph)
    kept = ParagraphProposal.objects.filter(pk=proposal.pk).first()
    if kept is None:
        raise Conflict("proposal.gone", "Somebody else has decided this proposal meanwhile.")
    if fresh.version != version:
        raise Conflict(
            "paragraph.changed",
            "Somebody else changed this paragraph meanwhile. Compare both versions and save again.",
            field="text",
            theirs=fresh.text,
            yours=kept.text,
            version=fresh.version,
        )
    about(paragraph.group.answer)
    note(item=paragraph.group.answer.item, taken=take, proposed=kept.text)
    if take:
        change(fresh, text=kept.text, cites=list(kept.cites), drafted=False, version=version + 1)
    kept.delete()
    return fresh


def _still_there(paragraph: NarrativeParagraph) -> NarrativeParagraph:
    fresh = (
        NarrativeParagraph.objects.select_for_update(of=("self",)).filter(pk=paragraph.pk).first()
    )
    if fresh is None:
        raise Conflict(
            "paragraph.gone",
            "Somebody else took this paragraph out meanwhile.",
        )
    return fresh


def _refuse_foreign(reporting_round: Round, paragraph: NarrativeParagraph) -> None:
    if paragraph.group.answer.round_id != reporting_round.pk:
        raise RuleBroken("paragraph.foreign", "This paragraph is not part of this round.")
