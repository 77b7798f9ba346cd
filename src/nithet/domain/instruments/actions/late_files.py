"""Files that arrive apart from their submission, whole or in pieces over a bad line."""

from collections.abc import Sequence

from nithet.domain.instruments.actions.filing import KeptFile, SentFile, keep_sent, plain_name
from nithet.domain.instruments.actions.submissions import Receipt, add_files
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action
from nithet.foundation.files import receiving
from nithet.foundation.files.receiving import Upload
from nithet.kernel.errors import RuleBroken


def receive_files(
    *, actor: Actor, instance_id: str, sha256: str, files: Sequence[SentFile]
) -> Receipt:
    """Take in files of a submission that the actor sent before; `sha256` is the digest of its body.

    Sending them again changes nothing. Raises `RuleBroken` "submission.unknown" where the actor sent no such submission.
    """
    return attach_late(
        actor=actor, instance_id=instance_id, sha256=sha256, files=tuple(keep_sent(files))
    )


def receive_upload(
    *, actor: Actor, instance_id: str, sha256: str, name: str, upload: Upload
) -> Receipt:
    """Take in a file that was received in pieces (`foundation.files.receiving`) and is whole.

    Raises what `receiving.finish` and `receive_files` raise.
    """
    whole = receiving.finish(upload)
    kept = KeptFile(plain_name(name), whole.sha256, whole.size)
    receiving.keep(upload, whole, NAMESPACE)
    return attach_late(actor=actor, instance_id=instance_id, sha256=sha256, files=(kept,))


@action("submission.attach", event="submission.attached")
def attach_late(
    *, actor: Actor, instance_id: str, sha256: str, files: tuple[KeptFile, ...]
) -> Receipt:
    """Write files down that are kept already."""
    rows = Submission.objects.select_for_update(of=("self",)).filter(
        office_id=actor.writes_in, instance_id=instance_id, sha256=sha256
    )
    if not actor.is_system:
        rows = rows.filter(user_id=actor.user_id)
    if (row := rows.first()) is None:
        raise RuleBroken(
            "submission.unknown",
            "The form that these files belong to has not arrived. Send it first.",
        )
    return add_files(row, files)
