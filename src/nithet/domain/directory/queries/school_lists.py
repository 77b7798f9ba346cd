"""Lists of schools that wait to be confirmed."""

from nithet.domain.directory.models.importing import SchoolList
from nithet.domain.directory.policy.schools import may_keep_schools
from nithet.domain.directory.rules.list_columns import is_heading
from nithet.domain.directory.rules.school_lists import SchoolListReading, read_schools
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.tables import Table, read_table
from nithet.foundation.files.store import read_blob
from nithet.foundation.tenancy.scope import unscoped

LISTS = "school_lists"
"""Namespace of the kept files."""


def find_list(actor: Actor, list_id: int) -> SchoolList | None:
    """Return a waiting list that the actor may take over; None where there is none."""
    if not may_keep_schools(actor, None):
        return None
    return SchoolList.objects.filter(office_id=actor.office_id, pk=list_id).first()


def table_of(school_list: SchoolList) -> Table:
    """Return the table of a waiting list."""
    return read_table(
        read_blob(LISTS, school_list.sha256), school_list.file_name, is_known=is_heading
    )


def reading_of(school_list: SchoolList) -> SchoolListReading:
    """Return what a waiting list says, by its matches."""
    return read_schools(table_of(school_list), school_list.matches)


def kept_digests() -> frozenset[str]:
    """Return the files that waiting lists of all offices name, for upkeep."""
    # Upkeep belongs to no office: a file that any office's list names stays.
    with unscoped():
        return frozenset(SchoolList.objects.values_list("sha256", flat=True))
