"""Takes over what an edited file says of projects and evidence: new lines, reworded ones, and ones that went."""

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.uses import edit_use, use_piece, withdraw_use
from nithet.domain.evidence.models import Use
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import (
    add_project,
    explain_service,
    serve_item,
    stop_serving,
)
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.returns.document import EvidenceMark
from nithet.domain.returns.models import EditedParagraph
from nithet.domain.returns.rules import codec
from nithet.domain.returns.rules.importing.drafts import clip
from nithet.domain.returns.rules.importing.listed import MARK, PRINTED, TITLE
from nithet.domain.returns.rules.importing.phrases import evidence_kind
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import kind_of
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.refs.registry import RecordRef

SERVICE, USE = "plans.projectservice", "evidence.use"
GONE = "Somebody else changed this meanwhile. Compare both versions and edit the return itself."


def take_project(actor: Actor, row: EditedParagraph, because: str, plan_title: str) -> str:
    """Write a line of the list of projects, and return the reference of the project that holds it."""
    if row.kind == EditedParagraph.Kind.ADDED:
        return _add_project(actor, row, because, plan_title)
    service = _service(row)
    if row.kind == EditedParagraph.Kind.REMOVED:
        stop_serving(actor=actor, service=service)
        return ""
    line = codec.information_from(row.place["new"])
    if service.printed_title == clip(line.text, TITLE):
        printed = service.printed_title
    else:
        printed = "" if line.text == service.project.title else clip(line.text, TITLE)
    fields, board_part = list(service.fields), service.board_part
    stop_serving(actor=actor, service=service)
    made = serve_item(
        actor=actor,
        project=service.project,
        edition=service.edition,
        item=service.item,
        printed_title=printed,
        mark=clip(line.mark, MARK),
        boxed=line.boxed,
        ticked=line.ticked,
        why=service.why,
        sheet=service.sheet,
        position=service.position,
    )
    if fields or board_part:
        explain_service(
            actor=actor,
            service=made,
            version=made.version,
            why=made.why,
            fields=fields,
            board_part=board_part,
        )
    return f"{kind_of(service.project)}:{service.project_id}"


def _service(row: EditedParagraph) -> ProjectService:
    key = _key(row, SERVICE)
    found = (
        ProjectService.objects.select_for_update(of=("self",))
        .select_related("project", "edition")
        .filter(pk=key, item=row.item)
        .first()
    )
    old = codec.information_from(row.place["old"])
    if found is None or (found.printed_title or found.project.title) != old.text:
        raise _gone(row, (found.printed_title or found.project.title) if found else "")
    return found


def _add_project(actor: Actor, row: EditedParagraph, because: str, plan_title: str) -> str:
    line = codec.information_from(row.place["new"])
    reporting_round = row.file.round
    plan = open_plan(actor=actor, fiscal_year=reporting_round.fiscal_year, title=plan_title)
    made = add_project(actor=actor, plan=plan, title=clip(line.text, TITLE), source=because[:250])
    serve_item(
        actor=actor,
        project=made,
        edition=reporting_round.edition,
        item=row.item,
        mark=clip(line.mark, MARK),
        boxed=line.boxed,
        ticked=line.ticked,
        sheet=row.place["sheet"],
    )
    return f"{kind_of(made)}:{made.pk}"


def take_evidence(actor: Actor, row: EditedParagraph, because: str) -> str:
    """Write an entry of the list of evidence, and return the reference of the piece that holds it."""
    if row.kind == EditedParagraph.Kind.ADDED:
        return _add_evidence(actor, row, because)
    use = _use(row)
    if row.kind == EditedParagraph.Kind.REMOVED:
        withdraw_use(actor=actor, use=use, reason=because)
        return ""
    mark = codec.evidence_from(row.place["new"])
    title, body = _printed(mark)
    edit_use(
        actor=actor,
        use=use,
        version=use.version,
        printed_title=title,
        printed_body=body,
        mark=clip(mark.mark, MARK),
        boxed=mark.boxed,
        ticked=mark.ticked,
        clear_tick=mark.boxed and mark.ticked is None,
        is_ambiguous=mark.ambiguous,
    )
    return f"{kind_of(use.piece)}:{use.piece_id}"


def _use(row: EditedParagraph) -> Use:
    found = (
        Use.objects.filter(pk=_key(row, USE), item=row.item, taken_back_at__isnull=True)
        .select_related("piece")
        .first()
    )
    old = codec.evidence_from(row.place["old"])
    said = "" if found is None else _said(found)
    if found is None or said != old.title:
        raise _gone(row, said)
    return found


def _said(use: Use) -> str:
    """What the form prints for a use."""
    if use.printed_title:
        return use.printed_title
    return str(use.printed_body[0]) if use.printed_body else use.piece.title


def _printed(mark: EvidenceMark) -> tuple[str, tuple[str, ...]]:
    """Printed title and body; a title too long for its field begins the body."""
    if len(mark.title) <= PRINTED:
        return mark.title, tuple(mark.body)
    return "", (mark.title, *mark.body)


def _add_evidence(actor: Actor, row: EditedParagraph, because: str) -> str:
    mark = codec.evidence_from(row.place["new"])
    tells = bool(mark.body)
    made = bring_piece(
        actor=actor,
        title=clip(mark.title, PRINTED),
        kind=evidence_kind(mark.title, tells=tells),
        medium="statement" if tells else "listed",
        body=mark.full_text if tells else "",
        source=because[:250],
    )
    title, body = _printed(mark)
    use_piece(
        actor=actor,
        piece=made,
        edition=row.file.round.edition,
        fiscal_year=row.file.round.fiscal_year,
        item=row.item,
        printed_title=title,
        printed_body=body,
        mark=clip(mark.mark, MARK),
        boxed=mark.boxed,
        ticked=mark.ticked,
        is_ambiguous=mark.ambiguous,
        sheet=row.place["sheet"],
    )
    return f"{kind_of(made)}:{made.pk}"


def _key(row: EditedParagraph, kind: str) -> int:
    """The id of the record of a kind behind a line; 0 where there is none."""
    for text in row.place.get("refs", []):
        ref = RecordRef.parse(text)
        if ref.kind == kind and ref.id.isdecimal():
            return int(ref.id)
    return 0


def _gone(row: EditedParagraph, now: str) -> Conflict:
    return Conflict("edited.changed_meanwhile", GONE, theirs=now, yours=row.after)
