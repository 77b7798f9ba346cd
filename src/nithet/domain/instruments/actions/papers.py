"""Blank forms are printed: with a school's name they carry a code, so that the scan of the filled paper files itself."""

from collections.abc import Sequence
from io import BytesIO

import pypdfium2

from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.printouts import register_printout
from nithet.domain.evidence.models import Printout
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.refs import VERSION
from nithet.domain.instruments.rules.paper import Blank, document_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken

SCHOOL = "directory.school"
KIND = "visit_copy"
MOST_AT_ONCE = 60
_GROUP = 4


def blank_document(
    version: InstrumentVersion, school: School | None = None, *, code: str = "", address: str = ""
) -> Document:
    """Return a blank form as a document; `address` is scheme and host ("https://…") for the QR of a `code`."""
    return document_of(
        Blank(
            title=version.title,
            version=version.version,
            definition=version.definition,
            office=version.office.name,
            school=school.unit.name if school else "",
            address=f"{address}/p/{code}/" if code and address else "",
            code=" ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)),
        )
    )


def register_blank(actor: Actor, version: InstrumentVersion, school: School | None) -> Printout:
    """Register a blank form that is about to be printed; the same form for the same school gives the same code back.

    Its scan becomes evidence about the school, or about the version where no school is chosen.
    """
    about = RecordRef(SCHOOL, str(school.pk)) if school else RecordRef(VERSION, str(version.pk))
    title = f"{version.title} {school.unit.name}" if school else version.title
    return register_printout(
        actor=actor,
        about=about,
        title=title,
        kind=KIND,
        sha256=sha256_hex(f"{version.hash}:{version.pk}:{school.pk if school else ''}".encode()),
    )


def print_blank(
    *,
    actor: Actor,
    version: InstrumentVersion,
    school: School | None,
    address: str,
    docx: bool = False,
) -> bytes:
    """Register and write one blank form, as PDF or as Word file."""
    printout = register_blank(actor, version, school)
    document = blank_document(version, school, code=printout.code, address=address)
    return write_docx(document) if docx else write_pdf(document)


def print_blanks(
    *, actor: Actor, version: InstrumentVersion, schools: Sequence[School], address: str
) -> bytes:
    """Register and write the blank forms of several schools, each with its own name and code, as one PDF."""
    if not schools:
        raise RuleBroken("paper.no_schools", "This network has no schools.", field="network")
    if len(schools) > MOST_AT_ONCE:
        raise RuleBroken(
            "paper.too_many",
            "At most %(count)s schools are printed at once.",
            field="network",
            count=MOST_AT_ONCE,
        )
    whole = pypdfium2.PdfDocument.new()
    try:
        for school in schools:
            part = pypdfium2.PdfDocument(
                print_blank(actor=actor, version=version, school=school, address=address)
            )
            whole.import_pages(part)
            part.close()
        file = BytesIO()
        whole.save(file)
        return file.getvalue()
    finally:
        whole.close()
