"""What the foundation's own models hold."""

import secrets

from django.apps import apps
from django.contrib.auth.hashers import make_password

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.transfer.references import (
    KEPT,
    REF,
    USER,
    WORDS,
    File,
    Secret,
    declare,
    leave_out,
)


def declare_references() -> None:
    """Declare the fields of accounts, units, positions, history and of this package."""
    declare(
        "accounts.user",
        # Nobody can sign in with what cannot be used: people come in by a new invitation.
        password=Secret(lambda: make_password(None)),
        last_login=Secret(lambda: None),
        sittings_ended=Secret(lambda: 0),
    )
    declare("tenancy.officesettings", logo_sha256=File("logos"))
    declare("tenancy.unit", code=WORDS, name_key=WORDS)
    declare("access.posting", limited_to=REF)
    declare(
        "access.invitation",
        limited_to=REF,
        fills=REF,
        token_digest=Secret(lambda: secrets.token_hex(32)),
    )
    declare(
        "audit.auditevent",
        actor_user_id=USER,
        target_kind=WORDS,
        target_id=WORDS,  # with its kind; the history is carried by rules of its own
        target_title=WORDS,
        before=KEPT,
        after=KEPT,
        uid=KEPT,
        cause=KEPT,
        request_id=WORDS,
    )
    declare("transfer.opening", file_digest=KEPT, chain_digest=KEPT)
    declare("transfer.carriedevent", digest=KEPT, their_target=KEPT)
    for model in apps.get_models():
        if issubclass(model, TakenBack):
            declare(model._meta.label_lower, made_by_id=USER, taken_back_because=WORDS)
    leave_out("audit.auditlink", "the history is linked anew, and its old links go along beside it")
    leave_out("audit.audithead", "as its links")
    leave_out("notices.notice", "what somebody was told there is told again where it is due")
    leave_out("search.searchentry", "made anew of the records")
    leave_out("search.searchcursor", "made anew of the records")
    leave_out("jobs.job", "work of the installation")
    leave_out("jobs.schedule", "work of the installation")
    leave_out("transfer.officeexport", "files that lie on the old installation for a day")
