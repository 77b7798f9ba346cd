"""What the fields of this package hold when an office is carried to another installation."""

from nithet.foundation.transfer.references import KEPT, WORDS, Row, declare, share
from nithet.kernel.digest import sha256_hex


def declare_references() -> None:
    """Declare them; editions belong to the installation and are found again by name and version."""
    declare("frameworks.edition", subject=WORDS, digest=KEPT, urn=WORDS)
    share(
        "frameworks.edition",
        name=("urn", "version"),
        content="digest",
        fill=("frozen_at",),
        is_whole=_is_whole,
    )


def _is_whole(row: Row) -> bool:
    return sha256_hex(str(row["text"]).encode()) == str(row["digest"])
