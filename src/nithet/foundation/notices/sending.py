"""Telling people, inside an action."""

from collections.abc import Iterable
from typing import Protocol

from django.db import transaction

from nithet.foundation.accounts.models import User
from nithet.foundation.notices.kinds import sentence_of
from nithet.foundation.notices.models import Notice
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.digest import canonical_json, sha256_hex


class Teller(Protocol):
    """The one who acts, as far as a notice asks."""

    @property
    def user_id(self) -> int | None:
        """The account; None for the system."""

    @property
    def signature(self) -> str:
        """The name that a record keeps."""

    @property
    def writes_in(self) -> int:
        """The office that new records belong to."""


def tell(
    *,
    actor: Teller,
    to: Iterable[int],
    kind: str,
    ref: RecordRef | None = None,
    **params: object,
) -> int:
    """Tell people (ids of accounts) something, in the transaction of the running action; return how many were told.

    Nobody is told of what they did themselves, nobody who has been deactivated is told. Who has not read the same (kind and
    record; without a record: kind and values) yet keeps one notice, with the newest values. `title=` in the values is shown
    where the sentence names the record. Raises LookupError for an unknown kind or an actor without an office, RuntimeError
    outside a transaction.
    """
    sentence_of(kind)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("people are told inside an action")
    wanted = set(to) - {actor.user_id}
    people = User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True)
    told = sorted(people)
    if not told:
        return 0
    values = {"actor": actor.signature} | {name: _plain(value) for name, value in params.items()}
    now, office = clock.now(), actor.writes_in
    same = str(ref) if ref else sha256_hex(canonical_json(values))
    fresh = {"params": values, "made_at": now}
    waiting = Notice.objects.filter(office_id=office, user__in=told, kind=kind, same=same)
    waiting.filter(read_at__isnull=True).update(**fresh)
    Notice.objects.bulk_create(
        [
            Notice(
                office_id=office,
                user_id=user,
                kind=kind,
                ref=str(ref) if ref else "",
                same=same,
                **fresh,
            )
            for user in told
        ],
        ignore_conflicts=True,
    )
    return len(told)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | bool) else str(value)
