"""Plain values of a round: narrative drafts, and the digest of what a signer was shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from nithet.kernel.digest import digest_of


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """One paragraph to write; fields as in `NarrativeParagraph`."""

    role: str
    text: str
    section: str = ""
    mark: str = ""
    depth: int = 0
    sheet: int = 0
    cites: tuple[str, ...] = ()
    drafted: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """One narrative group to write; `about` is a record reference as text, or empty."""

    paragraphs: tuple[ParagraphDraft, ...]
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """A threshold that an office reads otherwise: fields as in `Reading`."""

    item: str
    test: str
    measure: str
    value: Decimal
    reason: str


def shown_digest(
    edition_digest: str,
    facts: object,
    judgement: Mapping[str, object],
    readings: Sequence[Sequence[object]] = (),
) -> str:
    """Return the digest of what stands before a signer: edition, facts, the judgement drawn from them, the office's readings.

    `facts` is a dataclass of plain values; two rounds that would be judged on the same facts have the same digest.
    """
    shown = {"edition": edition_digest, "facts": asdict(facts), "judgement": judgement}  # type: ignore[call-overload]
    if readings:
        shown["readings"] = readings
    return digest_of({name: _plain(value) for name, value in shown.items()})


def _plain(value: object) -> object:
    """Return a value that canonical JSON can hold: numbers that are not whole become text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return str(value)
