"""Files that rows of this package name."""

from collections.abc import Iterator

from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.scope import unscoped


def kept_digests() -> frozenset[str]:
    """Return the digest of every sheet and medium that a version names, in all offices: for upkeep."""
    return frozenset(_digests())


def _digests() -> Iterator[str]:
    # Files have no office of their own: upkeep must know them all before it removes any.
    with unscoped():
        rows = list(InstrumentVersion.objects.values_list("xlsx_sha256", "media"))
    for xlsx, media in rows:
        yield xlsx
        yield from (one["sha256"] for one in media)


def attachment_digests() -> frozenset[str]:
    """Return the digest of every file that came with a submission, in all offices: for upkeep."""
    # As above: upkeep asks for all offices at once.
    with unscoped():
        return frozenset(SubmissionAttachment.objects.values_list("sha256", flat=True))
