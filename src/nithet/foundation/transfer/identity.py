"""Old keys and new ones: 16 bytes a record, however large the office."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.transfer.references import model_of


class Keys:
    """The keys of one model, in the order of the file, which is ascending."""

    def __init__(self) -> None:
        self.old, self.new = array("q"), array("q")

    def find(self, key: int) -> int | None:
        """Return the new key of an old one; None where it is not in the file."""
        at = bisect_left(self.old, key)
        return self.new[at] if at < len(self.old) and self.old[at] == key else None


class Translation:
    """Translates keys and references; see `references.Translate`."""

    def __init__(self) -> None:
        self._models: dict[str, Keys] = {}

    def keys(self, model: str) -> Keys:
        """Return the keys of a model, empty ones at first."""
        return self._models.setdefault(model, Keys())

    def find(self, model: str, key: int) -> int | None:
        """Return the new key of a record; None where it is not in the file."""
        known = self._models.get(model)
        return None if known is None else known.find(key)

    def key(self, model: str, key: int) -> int:
        """Return the new key, or a negative one that nobody has: a record that was gone must not become another one."""
        found = self.find(model, key)
        return -abs(key) if found is None else found

    def ref(self, text: str) -> str:
        """Return a reference with the new key; what is no reference to a record of the file's models stays."""
        try:
            old = RecordRef.parse(text)
        except ValueError:
            return text
        head, slash, rest = old.id.partition("/")
        model = model_of(old.kind)
        if model not in self._models or not head.isdecimal():
            return text
        return str(RecordRef(old.kind, f"{self.key(model, int(head))}{slash}{rest}"))


def reserve(model: type[models.Model], count: int) -> Iterable[int]:
    """Return keys that no row of a model has or will get otherwise; called inside the transaction that uses them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # Both names come from the model itself and are quoted.
        quoted = connection.ops.quote_name(table), connection.ops.quote_name(column)
        cursor.execute("SELECT COALESCE(MAX(%s), 0) FROM %s" % (quoted[1], quoted[0]))  # noqa: S608, UP031
        highest = int(cursor.fetchone()[0])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        given: Any = cursor.fetchone()
        first = max(highest, int(given[0]) if given else 0) + 1
    return range(first, first + count)
