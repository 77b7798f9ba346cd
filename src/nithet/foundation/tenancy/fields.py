"""Fields of the database that know Thai."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from nithet.foundation.thai_text.forms import sort_key

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class SortKeyField(Text):
    """The sort key of another field of the same row, kept beside it so that a database can sort Thai names.

    It follows the other field at every save and in `bulk_create`; a write that names its fields must name this one too.
    Compared by code point on either database, as the key demands.
    """

    def __init__(self, of: str, **options: Any) -> None:
        """`of` names the field whose text is sorted."""
        self.of = of
        super().__init__(**{"max_length": 1000, "default": "", "editable": False, **options})

    def deconstruct(self) -> Any:
        """Tell a migration how to make the field again."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        """Work the key out of what the other field holds now."""
        key = sort_key(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Ask PostgreSQL to compare by code point; SQLite does so by itself."""
        found = super().db_parameters(connection)
        return {**found, "collation": "C"} if connection.vendor == "postgresql" else found
