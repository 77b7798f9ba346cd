"""Takes a difference of an edited file over into the records, through the actions of the packages below."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext

from nithet.domain.assessments.actions.answers import answer_test, state_level
from nithet.domain.assessments.actions.narrative import (
    add_paragraph,
    edit_paragraph,
    remove_paragraph,
    write_narrative,
)
from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import ItemAnswer
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.returns.actions.taking_listed import GONE, take_evidence, take_project
from nithet.domain.returns.document import Paragraph, Role, Section, printed_paragraph
from nithet.domain.returns.models import EditedFile, EditedParagraph, PrintedWords
from nithet.domain.returns.rules import codec, wording
from nithet.domain.returns.rules.importing.drafts import clip
from nithet.domain.returns.rules.importing.listed import MARK
from nithet.domain.returns.rules.places import Column
from nithet.domain.returns.rules.sections import resectioned
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import kind_of
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.errors import RuleBroken


class Taker:
    """Writes one difference of a file into the records."""

    def __init__(self, actor: Actor, file: EditedFile) -> None:
        self.actor = actor
        self.file = file
        self.round = file.round
        self.edition = rules_of(file.round.edition)

    def take(self, row: EditedParagraph) -> str:
        """Write it, and return the reference of the record that holds it now ("" where none does)."""
        if row.column == Column.NARRATIVE.value:
            return self._narrative(row)
        deeds: dict[str, Callable[[EditedParagraph], str]] = {
            Column.LEVELS.value: self._level,
            Column.INFORMATION.value: self._information,
            Column.EVIDENCE.value: self._evidence,
        }
        return deeds[row.column](row)

    def _answer(self, row: EditedParagraph) -> ItemAnswer:
        answer: ItemAnswer = self.round.answers.select_for_update(of=("self",)).get(item=row.item)
        return answer

    def _because(self) -> str:
        with translation.override("th"):
            return clip(
                gettext("As the edited file %(file)s says") % {"file": self.file.file_name}, 500
            )

    # Narrative -----------------------------------------------------------------------------

    def _narrative(self, row: EditedParagraph) -> str:
        self._answer(row)  # locks the item: its paragraphs move only here
        astray = {held.pk for held, right in self._sectioned(row) if _value(held) != right}
        made: NarrativeParagraph | None = None
        if row.kind == EditedParagraph.Kind.ADDED:
            made = self._added(row)
        else:
            held = self._held(row)
            if row.kind == EditedParagraph.Kind.REMOVED:
                remove_paragraph(actor=self.actor, round=self.round, paragraph=held)
            else:
                made = self._changed(row, held)
        return self._tidied(row, made, astray)

    def _sectioned(self, row: EditedParagraph) -> list[tuple[NarrativeParagraph, Paragraph]]:
        """Return the item's paragraphs, each with what its section and depth should make of it."""
        held = NarrativeParagraph.objects.filter(
            group__answer__round=self.round, group__answer__item=row.item
        ).order_by("group__position", "group_id", "position", "pk")
        rows = list(held.select_related("group__answer"))
        return list(zip(rows, resectioned(map(_value, rows)), strict=True))

    def _held(self, row: EditedParagraph) -> NarrativeParagraph:
        """Return the paragraph that was compared; it must still read as it did."""
        key = RecordRef.parse(row.place["refs"][0]).id
        held = NarrativeParagraph.objects.filter(pk=key, group__answer__round=self.round).first()
        if held is None or printed_paragraph(_value(held)) != row.before:
            raise Conflict(
                "edited.changed_meanwhile",
                GONE,
                theirs=printed_paragraph(_value(held)) if held else "",
                yours=row.after,
            )
        return held

    def _changed(self, row: EditedParagraph, held: NarrativeParagraph) -> NarrativeParagraph:
        new = codec.paragraph_from(row.place["new"])
        if (new.mark, new.role.value) == (held.mark, held.role):
            return edit_paragraph(
                actor=self.actor, round=self.round, paragraph=held, text=new.text, seen=held.text
            )
        return self._replace(held, new)

    def _replace(self, held: NarrativeParagraph, new: Paragraph) -> NarrativeParagraph:
        """Put a paragraph in the place of another, with its citations."""
        group, cites, sheet = held.group, tuple(held.cites), held.sheet
        earlier = group.paragraphs.filter(position__lt=held.position).order_by("-position").first()
        remove_paragraph(actor=self.actor, round=self.round, paragraph=held)
        return self._put(group, earlier, _draft(new, sheet, cites))

    def _put(
        self, group: NarrativeGroup, after: NarrativeParagraph | None, draft: ParagraphDraft
    ) -> NarrativeParagraph:
        return add_paragraph(
            actor=self.actor, round=self.round, group=group, after=after, draft=draft
        )

    def _added(self, row: EditedParagraph) -> NarrativeParagraph:
        draft = _draft(codec.paragraph_from(row.place["new"]), row.place["sheet"])
        if behind := self._behind(row):
            return self._put(behind.group, behind, draft)
        groups = NarrativeGroup.objects.filter(answer__round=self.round, answer__item=row.item)
        if first := groups.order_by("position", "pk").first():
            return self._put(first, None, draft)
        answer = self._answer(row)
        write_narrative(
            actor=self.actor,
            round=self.round,
            item=row.item,
            groups=[GroupDraft((draft,))],
            sheets=max(answer.sheets, draft.sheet + 1),
        )
        return NarrativeParagraph.objects.get(group__answer=answer)

    def _behind(self, row: EditedParagraph) -> NarrativeParagraph | None:
        """Return what an addition goes behind: earlier additions at the same place, else the nearest paragraph."""
        anchors = row.place["anchors"]
        earlier = self.file.paragraphs.filter(
            item=row.item,
            column=row.column,
            kind=EditedParagraph.Kind.ADDED,
            decision=EditedParagraph.Decision.TAKEN,
            position__lt=row.position,
        )
        same = [one for one in earlier.order_by("-position") if one.place["anchors"] == anchors]
        keys = [int(RecordRef.parse(one.record).id) for one in same if one.record] + anchors
        rows = NarrativeParagraph.objects.filter(pk__in=keys, group__answer__round=self.round)
        found = {one.pk: one for one in rows.select_related("group__answer")}
        return next((found[key] for key in keys if key in found), None)

    def _tidied(
        self, row: EditedParagraph, made: NarrativeParagraph | None, astray: set[int]
    ) -> str:
        """Bring in order what the change has put into another section or depth, and what points at it.

        Paragraphs that were astray before are left as they are.
        """
        moved: dict[int, int] = {}
        if row.kind == EditedParagraph.Kind.CHANGED and made is not None:
            moved[int(RecordRef.parse(row.place["refs"][0]).id)] = made.pk
        for held, right in self._sectioned(row):
            if _value(held) != right and held.pk not in astray:
                old = held.pk
                moved[old] = self._replace(NarrativeParagraph.objects.get(pk=old), right).pk
        self._follow(row, moved)
        if made is None:
            return ""
        return f"{kind_of(made)}:{moved.get(made.pk, made.pk)}"

    def _follow(self, row: EditedParagraph, moved: dict[int, int]) -> None:
        """Point the other differences of the item at the rows that took the place of theirs."""
        moved = {old: new for old, new in moved.items() if old != new}
        if not moved:
            return
        for other in self.file.paragraphs.filter(item=row.item, column=row.column).exclude(
            pk=row.pk
        ):
            place = dict(other.place)
            place["refs"] = [_moved(ref, moved) for ref in place.get("refs", [])]
            place["anchors"] = [moved.get(key, key) for key in place.get("anchors", [])]
            other.place, other.record = place, _moved(other.record, moved)
            other.save(update_fields=["place", "record"])

    # Boxes ---------------------------------------------------------------------------------

    def _level(self, row: EditedParagraph) -> str:
        if declared_of(self.round) is not None:
            raise RuleBroken(
                "edited.signed",
                "The declared level has been signed; a tick in a file does not change it.",
            )
        level = codec.level_from(row.place["new"])
        answer = self._answer(row)
        wanted: int | None = level.level
        if not level.ticked:
            wanted = None if answer.stated_level == level.level else answer.stated_level
        made = state_level(actor=self.actor, round=self.round, item=row.item, level=wanted)
        return f"{kind_of(made)}:{made.pk}"

    def _information(self, row: EditedParagraph) -> str:
        if "test" not in row.place:
            return self._project(row)
        new = codec.information_from(row.place["new"])
        if row.place["test"] == "":
            return self._label(row, wording.TICK_WORDS[new.ticked])
        old = codec.information_from(row.place["old"])
        answer = self._answer(row)
        given = answer.tests.filter(test=row.place["test"]).first()
        if (given.is_done if given else None) != old.ticked:
            raise Conflict("edited.changed_meanwhile", GONE, yours=row.after)
        answer_test(
            actor=self.actor,
            round=self.round,
            item=row.item,
            test=row.place["test"],
            is_done=new.ticked,
            reason=self._because(),
        )
        return f"{kind_of(answer)}:{answer.pk}"

    def _label(self, row: EditedParagraph, word: str) -> str:
        """Keep what the box above the list of projects says from now on."""
        number = next(
            wording.item_number(self.edition, node)
            for node in self.edition.items
            if node.id == row.item
        )
        kept, _ = PrintedWords.objects.update_or_create(
            round=self.round,
            item=number,
            sheet=0,
            part="label.tick",
            defaults={"office_id": self.round.office_id, "text": word},
        )
        return f"{kind_of(kept)}:{kept.pk}"

    # Projects and evidence -----------------------------------------------------------------

    def _project(self, row: EditedParagraph) -> str:
        with translation.override("th"):
            title = gettext("Action plan of fiscal year %(year)s") % {
                "year": self.round.fiscal_year
            }
        return take_project(self.actor, row, self._because(), title)

    def _evidence(self, row: EditedParagraph) -> str:
        return take_evidence(self.actor, row, self._because())


def _value(held: NarrativeParagraph) -> Paragraph:
    return Paragraph(
        text=held.text,
        role=Role(held.role),
        section=Section(held.section) if held.section else None,
        mark=held.mark,
        depth=held.depth,
    )


def _draft(new: Paragraph, sheet: int, cites: tuple[str, ...] = ()) -> ParagraphDraft:
    return ParagraphDraft(
        role=new.role.value,
        text=new.text,
        section=new.section.value if new.section else "",
        mark=clip(new.mark, MARK),
        depth=new.depth,
        sheet=sheet,
        cites=cites,
    )


def _moved(ref: str, moved: dict[int, int]) -> str:
    if not ref.startswith("assessments.narrativeparagraph:"):
        return ref
    parsed = RecordRef.parse(ref)
    return f"{parsed.kind}:{moved.get(int(parsed.id), parsed.id)}"
