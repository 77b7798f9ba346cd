"""A paper's Word file seen otherwise: as PDF, and compared with the version before it."""

from dataclasses import dataclass

from nithet.domain.papers.models.papers import Paper, PaperVersion
from nithet.domain.papers.queries import read_version
from nithet.foundation.documents.pdf.write import word_as_pdf
from nithet.foundation.documents.word.comparing import Changed, compared
from nithet.foundation.documents.word.reading import read_word


def version_as_pdf(version: PaperVersion) -> bytes:
    """Return a version as PDF, set by our own engine; the Word file stays the paper that counts."""
    return word_as_pdf(read_version(version))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changed against the one before it; `left_out` names what the PDF of it cannot show."""

    version: PaperVersion
    before: PaperVersion
    changes: tuple[Changed, ...]
    left_out: frozenset[str]


def difference_of(paper: Paper, number: int) -> Difference | None:
    """Compare a version with the one before it; None for the first, and for one that is not there."""
    versions = {one.number: one for one in paper.versions.all()}
    newer, older = versions.get(number), versions.get(number - 1)
    if newer is None or older is None:
        return None
    after = read_word(read_version(newer))
    before = read_word(read_version(older))
    return Difference(newer, older, tuple(compared(before, after)), after.left_out)
