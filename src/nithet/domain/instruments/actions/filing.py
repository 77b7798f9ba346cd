"""Files that come with submissions: kept to the letter before a row names them, and looked at afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.files import store
from nithet.foundation.files.names import safe_file_name
from nithet.kernel import clock
from nithet.kernel.errors import BadInput

LARGEST_FILE = 60 * 1024 * 1024
MOST_FILES = 500
"""Of one submission."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a device sends it: `name` is what the answers call it."""

    name: str
    content: bytes | BinaryIO


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is safely on the disk; a row may name it."""

    name: str
    sha256: str
    size: int


def keep_sent(files: Sequence[SentFile]) -> list[KeptFile]:
    """Keep files as they are; when this returns they survive a power cut. To be called before the transaction."""
    if len(files) > MOST_FILES:
        raise too_many()
    kept = []
    for one in files:
        blob = store.store(NAMESPACE, one.content, largest=LARGEST_FILE)
        kept.append(KeptFile(plain_name(one.name), blob.sha256, blob.size))
    return kept


def plain_name(name: str) -> str:
    """Return the name without any folder; what no file may be called is replaced."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if last and len(last) <= 250 and last.isprintable() and last not in {".", ".."}:
        return last
    return safe_file_name(last)[:250]


def too_many() -> BadInput:
    """The refusal of more files than a form can have."""
    return BadInput(
        "submission.files", "A filled-in form may have at most %(most)s files.", most=MOST_FILES
    )


def attach(submission: Submission, files: Sequence[KeptFile], *, is_new: bool) -> bool:
    """Write the rows of files, each once; say whether any was new. Inside an action, the submission locked or new.

    Another file under a name that is taken is kept as a spare one: what came first stands.
    """
    if not files:
        return False
    known: set[tuple[str, str]] = set()
    if not is_new:
        known = set(submission.attachments.values_list("name", "sha256"))
    taken = {name for name, _ in known}
    now, rows = clock.now(), []
    for one in files:
        if (one.name, one.sha256) in known:
            continue
        rows.append(
            SubmissionAttachment(
                office_id=submission.office_id,
                submission=submission,
                name=one.name,
                sha256=one.sha256,
                size=one.size,
                is_spare=one.name in taken,
                received_at=now,
            )
        )
        known.add((one.name, one.sha256))
        taken.add(one.name)
    if len(known) > MOST_FILES:
        raise too_many()
    SubmissionAttachment.objects.bulk_create(rows)
    return bool(rows)


def missing_of(submission: Submission, present: Sequence[str]) -> tuple[str, ...]:
    """Return the names of files that the answers speak of and that are not among those present."""
    return tuple(name for name in submission.expected if name not in set(present))
