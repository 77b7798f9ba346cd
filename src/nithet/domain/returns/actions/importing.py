"""Old returns become records: read and proposed, then confirmed or dropped by a person."""

from collections.abc import Mapping

from django.db import IntegrityError

from nithet.domain.assessments.actions.answers import accept_proposals
from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.returns import files
from nithet.domain.returns.actions.making import RecordMaker
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.document import ReturnDocument, items_of
from nithet.domain.returns.models import PrintedWords, Proposal, ReturnImport
from nithet.domain.returns.policy import may_propose_import
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.rules import fitting, wording
from nithet.domain.returns.rules.codec import from_json, to_json
from nithet.domain.returns.rules.compare import compare
from nithet.domain.returns.rules.importing.drafts import ProposalDraft
from nithet.domain.returns.rules.importing.proposals import dropped_with, proposals_of
from nithet.domain.returns.summary import to_json as summary_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.files.store import StoredBlob
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken


def propose_import(*, actor: Actor, data: bytes, file_name: str, fiscal_year: int) -> ReturnImport:
    """Read an old return of the office and propose what it gives rise to; nothing else is written.

    `fiscal_year` is พ.ศ. The same file of the same year gives the kept import back. The file is read and kept before the
    transaction opens. Raises `Refused`, `BadInput` for what cannot be read, and `RuleBroken` "import.other_office" or
    "import.other_year" where the file is somebody else's or another year's.
    """
    if not (verdict := may_propose_import(actor, None)):
        raise Refused("return.propose_import", verdict)
    fitting.check_year(fiscal_year)
    digest = sha256_hex(data)
    if kept := _kept(fiscal_year, digest):
        return kept
    result = read_return(data, file_name)
    office = Unit.objects.get(pk=_office_of(actor))
    fitting.check_owner(result.document, (office.name, office.short_name), fiscal_year)
    found = ReturnImport(
        office=office,
        fiscal_year=fiscal_year,
        file_name=fitting.tidy_file_name(file_name),
        document=to_json(result.document),
        found=summary_of(result),
        brought_at=clock.now(),
        brought_by=actor.signature,
    )
    drafts = proposals_of(result.document, fiscal_year)
    rows = [_row(office, position, draft) for position, draft in enumerate(drafts)]
    try:
        return _keep_import(actor=actor, found=found, rows=rows, blob=files.keep(data))
    except IntegrityError:
        # Somebody brought the same file at the same moment.
        if kept := _kept(fiscal_year, digest):
            return kept
        raise


def _row(office: Unit, position: int, draft: ProposalDraft) -> Proposal:
    return Proposal(
        office=office,
        kind=draft.kind.value,
        key=draft.key,
        needs=list(draft.needs),
        summary=draft.summary,
        payload=draft.payload,
        line=draft.line,
        position=position,
    )


def _office_of(actor: Actor) -> int:
    """Return the office in which an actor acts; the policy has refused those who have none."""
    if actor.office_id is None:
        raise RuleBroken("import.no_office", "Say for which office the return is imported.")
    return actor.office_id


def _kept(fiscal_year: int, digest: str) -> ReturnImport | None:
    rows = ReturnImport.objects.filter(fiscal_year=fiscal_year, file_sha256=digest)
    return rows.exclude(state=ReturnImport.State.DROPPED).first()


@action("return.propose_import", event="return.proposed")
def _keep_import(
    *, actor: Actor, found: ReturnImport, rows: list[Proposal], blob: StoredBlob
) -> ReturnImport:
    found.file_sha256, found.file_size = blob.sha256, blob.size
    found.save(force_insert=True)
    for row in rows:
        row.source = found
    Proposal.objects.bulk_create(rows, batch_size=500)
    note(proposals=len(rows), fiscal_year=found.fiscal_year, file=blob.sha256)
    return found


@action("return.confirm_import", event="return.imported", on="return_import")
def confirm_import(*, actor: Actor, return_import: ReturnImport, edition: Edition) -> Round:
    """Write every open proposal as a record and return the round that holds them; all of it or nothing.

    A second confirmation finds the same round. Raises `RuleBroken` where the edition is another form than the file's, or
    where the round already tells of an item of the file: people's words are never replaced.
    """
    kept = ReturnImport.objects.select_for_update(of=("self",)).get(pk=return_import.pk)
    if kept.state == ReturnImport.State.CONFIRMED and kept.round is not None:
        nothing_changed()
        return kept.round
    _refuse_dropped(kept)
    document = from_json(kept.document)
    rules = rules_of(edition)
    nodes = fitting.nodes_by_number(document, rules)
    reporting_round = open_round(
        actor=actor, edition=edition, fiscal_year=kept.fiscal_year, heading=document.heading
    )
    _refuse_told(reporting_round, [node.id for node in nodes.values()])
    sheets = fitting.sheets_of(document)
    maker = RecordMaker(actor, reporting_round, nodes, sheets, kept)
    proposals = list(kept.proposals.filter(state=Proposal.State.OPEN))
    maker.make(proposals)
    Proposal.objects.bulk_update(proposals, ["state", "record"], batch_size=500)
    _keep_words(reporting_round, document, sheets)
    accept_proposals(actor=actor, round=reporting_round, items=_without_boxes(document, nodes))
    differences = _not_reproduced(reporting_round, document)
    about(kept)
    note(accepted=len(proposals), not_reproduced=len(differences), round=reporting_round.pk)
    change(kept, state=ReturnImport.State.CONFIRMED)
    kept.round, kept.not_reproduced = reporting_round, differences
    kept.save(update_fields=["round", "not_reproduced"])
    return reporting_round


def _without_boxes(document: ReturnDocument, nodes: Mapping[int, Node]) -> list[str]:
    """List the items whose tests the paper ticks by naming projects: it prints no box for them.

    Whoever confirms the import confirms these with it; a printed box whose tick was lost stays unanswered.
    """
    return [
        nodes[item.number].id
        for item in items_of(document)
        if item.number in nodes and not item.tests
    ]


def _refuse_dropped(kept: ReturnImport) -> None:
    if kept.state == ReturnImport.State.DROPPED:
        raise RuleBroken(
            "import.dropped", "This import has been dropped. Bring the file again to import it."
        )


def _refuse_told(reporting_round: Round, items: list[str]) -> None:
    if reporting_round.state != Round.State.OPEN:
        raise RuleBroken(
            "import.round_closed",
            "The reporting round of %(year)s is closed. Reopen it before importing into it.",
            year=reporting_round.fiscal_year,
        )
    told = NarrativeGroup.objects.filter(answer__round=reporting_round, answer__item__in=items)
    if first := told.order_by("answer__item").values_list("answer__item", flat=True).first():
        raise RuleBroken(
            "import.already_told",
            "Item %(item)s of this round already has a narrative. An import never replaces it.",
            item=first,
        )


def _keep_words(reporting_round: Round, document: ReturnDocument, sheets: dict[int, int]) -> None:
    """Keep what the paper prints otherwise than the edition; words kept earlier stay."""
    edition = wording.words_of_edition(rules_of(reporting_round.edition), sheets)
    printed = wording.words_of_document(document)
    rows = [
        PrintedWords(
            office_id=reporting_round.office_id,
            round=reporting_round,
            item=item,
            sheet=sheet,
            part=part,
            text=text,
        )
        for (item, sheet, part), text in wording.differing(
            printed, {key: text for key, text in edition.items() if key[0] in sheets}
        ).items()
    ]
    PrintedWords.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _not_reproduced(reporting_round: Round, document: ReturnDocument) -> list[dict[str, str]]:
    return [
        {
            "item": str(difference.item or ""),
            "column": difference.column.value,
            "records": difference.before,
            "file": difference.after,
        }
        for difference in compare(build_return(reporting_round), document)
    ]


@action("return.drop_proposal", event="return.proposal_dropped", on="proposal")
def drop_proposal(*, actor: Actor, proposal: Proposal) -> ReturnImport:
    """Drop a proposal and whatever cannot be without it; returns the import."""
    kept = ReturnImport.objects.select_for_update(of=("self",)).get(pk=proposal.source_id)
    _refuse_decided(kept)
    rows = list(kept.proposals.all())
    gone = dropped_with(rows, proposal.key)
    dropped = [row for row in rows if row.key in gone and row.state == Proposal.State.OPEN]
    if not dropped:
        nothing_changed()
        return kept
    for row in dropped:
        row.state = Proposal.State.DROPPED
    Proposal.objects.bulk_update(dropped, ["state"], batch_size=500)
    note(count=len(dropped), proposals=[row.summary for row in dropped[:20]])
    return kept


@action("return.drop_import", event="return.import_dropped", on="return_import")
def drop_import(*, actor: Actor, return_import: ReturnImport) -> ReturnImport:
    """Drop an import that was not confirmed; the file stays, and may be brought again."""
    kept = ReturnImport.objects.select_for_update(of=("self",)).get(pk=return_import.pk)
    if kept.state == ReturnImport.State.DROPPED:
        nothing_changed()
        return kept
    _refuse_decided(kept)
    change(kept, state=ReturnImport.State.DROPPED)
    return kept


def _refuse_decided(kept: ReturnImport) -> None:
    _refuse_dropped(kept)
    if kept.state == ReturnImport.State.CONFIRMED:
        raise RuleBroken(
            "import.confirmed",
            "This import has been confirmed. Change its records where they are now.",
        )
