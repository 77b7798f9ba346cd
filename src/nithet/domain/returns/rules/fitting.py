"""Whether a file fits: is it this office's, of this year, and of this form?"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from nithet.domain.frameworks.rules.edition import Edition, Node
from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.rules import wording
from nithet.domain.returns.rules.importing.drafts import clip
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

FIRST_YEAR, LAST_YEAR = 2500, 2700
_IN_FULL = {
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา": "สพป.",
    "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา": "สพม.",
    "สำนักงานเขตพื้นที่การศึกษา": "สพท.",
}
_LONGEST_NAME = 200


def check_year(fiscal_year: int) -> None:
    """Refuse a fiscal year that is not one of the Buddhist era."""
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise RuleBroken(
            "import.year",
            "%(year)s is not a fiscal year of the Buddhist era.",
            field="fiscal_year",
            year=fiscal_year,
        )


def check_owner(document: ReturnDocument, names: Iterable[str], fiscal_year: int) -> None:
    """Refuse a file that names another office or another year; silence is no contradiction."""
    ours = [name for name in names if name]
    if document.office and same_office(document.office) not in map(same_office, ours):
        raise RuleBroken(
            "import.other_office",
            "The file is the return of %(theirs)s, not of %(ours)s.",
            field="file",
            theirs=document.office,
            ours=ours[-1] if ours else "",
        )
    if document.fiscal_year and document.fiscal_year != fiscal_year:
        raise RuleBroken(
            "import.other_year",
            "The file is a return of fiscal year %(theirs)s, not of %(ours)s.",
            field="fiscal_year",
            theirs=document.fiscal_year,
            ours=fiscal_year,
        )


def same_office(name: str) -> str:
    """A name of an office in the one form in which two names are compared.

    >>> same_office("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1") == same_office("สพป.เพชรบุรีเขต ๑")
    True
    """
    plain = to_arabic("".join(name.split()))
    for full, short in _IN_FULL.items():
        plain = plain.replace(full, short)
    return plain


def nodes_by_number(document: ReturnDocument, edition: Edition) -> dict[int, Node]:
    """The edition's items for the items of a document, by number.

    Raises `RuleBroken` where the document is another issue's form, or has an item that the edition
    has not or a table that says no item.
    """
    check_issue(document, wording.address_of(edition)[2])
    nodes = {wording.item_number(edition, node): node for node in edition.items}
    for block in document.blocks:
        if block.item not in nodes:
            raise RuleBroken(
                "import.item",
                "This form has no item %(item)s (line %(line)s of the file).",
                item=block.item or "–",
                line=block.line or "–",
            )
    return {block.item: nodes[block.item] for block in document.blocks}


def check_issue(document: ReturnDocument, issue: str | None) -> None:
    """Refuse a file that answers another issue; silence is no contradiction."""
    if document.issue and issue and document.issue != issue:
        raise RuleBroken(
            "import.other_form",
            "The file answers issue %(theirs)s; this form is for issue %(ours)s.",
            theirs=document.issue,
            ours=issue,
        )


def sheets_of(document: ReturnDocument) -> dict[int, int]:
    """How many sheets each item of a document fills."""
    sheets: dict[int, int] = {}
    for block in document.blocks:
        sheets[block.item] = sheets.get(block.item, 0) + 1
    return sheets


def tidy_file_name(name: str) -> str:
    r"""The last part of a name that a person's machine gave, fit to be shown and kept.

    >>> tidy_file_name("C:\\งาน\\ แบบ 5.4.docx"), tidy_file_name("../../etc/passwd"), tidy_file_name("")
    ('แบบ 5.4.docx', 'passwd', '–')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    return clip(collapse(last), _LONGEST_NAME) or "–"
