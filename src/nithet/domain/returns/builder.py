"""Builds the return of a round from the office's records: the twin of the reader.

Nothing is looked up in the file that an import came from. A fixed number of queries, however many rows.
"""

from collections.abc import Iterable, Sequence

from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.domain.assessments.queries.narrative import narrative_of
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.assessments.queries.standing import answers_of
from nithet.domain.evidence.models import Use
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.plans.queries.projects import services_for
from nithet.domain.returns.document import (
    EvidenceMark,
    InformationLine,
    Kind,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
)
from nithet.domain.returns.models import PrintedWords
from nithet.domain.returns.rules.assembling import (
    Built,
    ItemRecords,
    LevelTick,
    Listed,
    Proof,
    RoundRecords,
    Sources,
    Told,
    assemble,
)
from nithet.foundation.actions.door import kind_of
from nithet.foundation.refs.registry import RecordRef, kinds

_LAST = 1_000_000


def build_return(reporting_round: Round) -> ReturnDocument:
    """Return the document of a round as its records stand now."""
    return built(reporting_round).document


def sources_of(reporting_round: Round) -> Sources:
    """Return, for every entry of the document, the records behind it that have a name and a page.

    Every reference is of a kind that `foundation.refs` can resolve.
    """
    return shown(built(reporting_round).sources)


def shown(sources: Sources) -> Sources:
    """Keep the references that can be resolved."""
    known = kinds()
    kept = {place: tuple(r for r in refs if r.kind in known) for place, refs in sources.items()}
    return {place: refs for place, refs in kept.items() if refs}


def built(reporting_round: Round) -> Built:
    """Return document and sources together."""
    return assemble(rules_of(reporting_round.edition), records_of(reporting_round))


def records_of(reporting_round: Round) -> RoundRecords:
    """Return all that the return is built from, as plain values."""
    declared = declared_of(reporting_round)
    signed = LevelTick(declared.declared_level, (_ref(declared),)) if declared else None
    edition, year = reporting_round.edition, reporting_round.fiscal_year
    answers = answers_of(reporting_round)
    narrative = narrative_of(reporting_round)
    services = services_for(edition, year)
    uses = _uses(reporting_round)
    items = answers.keys() | services.keys() | uses.keys()
    words = PrintedWords.objects.filter(round=reporting_round)
    return RoundRecords(
        office=str(reporting_round.office),
        fiscal_year=year,
        items={
            item: ItemRecords(
                sheets=answers[item].sheets if item in answers else 1,
                tick=signed or _stated(answers.get(item)),
                tests=_tests(answers.get(item)),
                narrative=list(_told(narrative.get(item, ()))),
                projects=[_listed(service) for service in services.get(item, ())],
                evidence=[_proof(use) for use in uses.get(item, ())],
            )
            for item in items
        },
        heading=tuple(reporting_round.heading),
        printed={(word.item, word.sheet, word.part): word.text for word in words},
    )


def _ref(record: object) -> RecordRef:
    return RecordRef(kind_of(record), str(record.pk))  # type: ignore[attr-defined, arg-type]


def _stated(answer: ItemAnswer | None) -> LevelTick | None:
    """The level that an old return ticked at the item; nothing where it was lost."""
    if answer is None or answer.stated_level is None:
        return None
    return LevelTick(answer.stated_level, (_ref(answer),))


def _tests(answer: ItemAnswer | None) -> dict[str, tuple[bool, RecordRef]]:
    return {row.test: (row.is_done, _ref(row)) for row in answer.given} if answer else {}


def _told(groups: Sequence[NarrativeGroup]) -> Iterable[Told]:
    for group in groups:
        for row in group.paragraphs.all():
            paragraph = Paragraph(
                text=row.text,
                role=Role(row.role),
                section=Section(row.section) if row.section else None,
                mark=row.mark,
                depth=row.depth,
            )
            cites = tuple(RecordRef.parse(cite) for cite in row.cites)
            yield Told(paragraph, row.sheet, (_ref(row), *cites))


def _listed(service: ProjectService) -> Listed:
    line = InformationLine(
        kind=Kind.PROJECT,
        text=service.printed_title or service.project.title,
        mark=service.mark,
        ticked=service.ticked if service.boxed else None,
        boxed=service.boxed,
    )
    return Listed(line, service.sheet, service.position, (_ref(service.project), _ref(service)))


def _uses(reporting_round: Round) -> dict[str, list[Use]]:
    """Evidence by item in the order of the form; what was not placed by a form stands last."""
    rows = Use.objects.filter(
        edition=reporting_round.edition,
        fiscal_year=reporting_round.fiscal_year,
        taken_back_at__isnull=True,
        piece__taken_back_at__isnull=True,
    ).select_related("piece")
    found: dict[str, list[Use]] = {}
    for row in sorted(rows, key=lambda row: (row.position or _LAST, row.pk)):
        found.setdefault(row.item, []).append(row)
    return found


def _proof(use: Use) -> Proof:
    """An entry of column 5.

    A use that no form has printed was made here and is ticked: the piece is in use. Where a printed
    title was too long for its field, the body begins with it.
    """
    is_printed = bool(use.printed_title or use.printed_body)
    title, body = use.printed_title, tuple(use.printed_body)
    if not title and body:
        title, body = body[0], body[1:]
    ticked = (use.ticked if is_printed else use.ticked is not False) if use.boxed else None
    mark = EvidenceMark(
        title=title or use.piece.title,
        ticked=ticked,
        ambiguous=use.is_ambiguous and ticked is None,
        body=body,
        mark=use.mark,
        boxed=use.boxed,
    )
    return Proof(mark, use.sheet, (_ref(use.piece), _ref(use)))
