"""Why a file cannot be read as a return, in words that say what to do next.

Message ids are English; the Thai stands in the catalogue of the package.
"""

from nithet.kernel.errors import BadInput

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Larger files are refused unread. A return of a hundred pages is about 1 MB."""
MAX_TEXT_BYTES = 1024 * 1024
"""Larger texts are refused: the whole return of one issue is about 60 kB."""
MAX_LINES = 20_000
"""Texts of more lines are refused: the whole return of one issue has about 500."""
MAX_LETTERS = 350_000
"""The same limit for the words of a Word document, Thai letters being three bytes each."""


def empty() -> BadInput:
    """Nothing in it, or white space only."""
    return BadInput("empty_file", "The file is empty. Choose the file of the return and try again.")


def too_large(limit: int) -> BadInput:
    """More than a return can be."""
    return BadInput(
        "too_large",
        "The file is larger than %(limit)s MB, which no return of one issue is. Check that it is the right file.",
        limit=limit // (1024 * 1024),
    )


def binary() -> BadInput:
    """Neither text nor Word."""
    return BadInput(
        "binary_file",
        "The file is neither a text nor a Word document (.docx). Open it in Word and save it as .docx.",
    )


def old_word() -> BadInput:
    """An OLE file: Word 97-2003, or a DOCX behind a password."""
    return BadInput(
        "old_or_protected_word",
        "The file is an old Word document (.doc) or has a password. Open it in Word, remove the password and save it as .docx.",
    )


def pdf() -> BadInput:
    """A PDF."""
    return BadInput(
        "pdf_file",
        "The file is a PDF, whose words and tables cannot be read reliably. Use the Word document (.docx) it was made from.",
    )


def truncated() -> BadInput:
    """The end is missing."""
    return BadInput(
        "truncated_file",
        "The end of the file is missing: it was not copied completely. Copy it again from where it came.",
    )


def wrong_encoding(line: int | None = None) -> BadInput:
    """The bytes are no Thai text in UTF-8 or Windows-874."""
    if line is None:
        return BadInput(
            "wrong_encoding",
            "The Thai letters of the file cannot be read. Save it again as text in UTF-8, or as .docx.",
        )
    return BadInput(
        "wrong_encoding",
        "The Thai letters of the file cannot be read from line %(line)s on. Save it again as text in UTF-8, or as .docx.",
        line=line,
    )


def garbled(example: str) -> BadInput:
    """Text that was once read in the wrong encoding and saved like that; ``example`` is of it."""
    return BadInput(
        "garbled_text",
        "The Thai letters were destroyed when this file was saved (“%(example)s”). Go back to the original file.",
        example=example,
    )


def not_a_return() -> BadInput:
    """No caption and no table of the form."""
    return BadInput(
        "not_a_return",
        "This is not a return: no heading of an issue and an item (ประเด็นที่ …, ข้อที่ …) and no table of five columns was found in it.",
    )


def damaged_docx() -> BadInput:
    """A ZIP that does not open, or XML that does not parse."""
    return BadInput(
        "damaged_docx",
        "The Word document is damaged and cannot be opened. Open it in Word, let Word repair it, and save it again.",
    )


def no_word_document() -> BadInput:
    """A ZIP without the parts of a Word document."""
    return BadInput(
        "no_word_document",
        "The file is a ZIP archive but no Word document (.docx). Choose the document itself.",
    )


def protected_docx() -> BadInput:
    """An encrypted ZIP."""
    return BadInput(
        "protected_docx",
        "The document has a password. Open it in Word, remove the password and save it again.",
    )


def unsafe_docx(reason: str) -> BadInput:
    """Something in the package that no honest Word document has; ``reason`` names it shortly."""
    return BadInput(
        "unsafe_docx",
        "The document was not opened because it is built like an attack (%(reason)s). Ask the sender to save it again from Word.",
        reason=reason,
    )
