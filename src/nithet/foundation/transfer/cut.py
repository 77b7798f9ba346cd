"""Reading many tables as they were at one moment, beside those who write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Read everything inside the block from one snapshot; nothing may be written in it.

    Inside of a transaction that is open already (tests), that transaction is the moment.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        # Django's own transactions lock the file for writing; a reader must not keep writers out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
