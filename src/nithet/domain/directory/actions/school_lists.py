"""The way of a list of schools through the wizard: brought, matched, taken over or dropped."""

from collections.abc import Mapping
from datetime import timedelta

from nithet.domain.directory.actions.entering import locked_office
from nithet.domain.directory.actions.importing import import_schools
from nithet.domain.directory.models.importing import ColumnMatch, SchoolList
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.queries.importing import ListPlan, remembered_matches
from nithet.domain.directory.queries.school_lists import LISTS, reading_of, table_of
from nithet.domain.directory.rules.list_columns import FIELD_OF, is_heading
from nithet.domain.directory.rules.school_lists import guessed_matches
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.documents.table_limits import MAX_BYTES
from nithet.foundation.documents.tables import read_table
from nithet.foundation.files.store import store
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

ABANDONED_AFTER = timedelta(days=2)
"""A list that nobody confirmed for so long goes when the next one is brought."""


@action("school_list.bring", event="school_list.brought")
def bring_list(*, actor: Actor, data: bytes, file_name: str) -> SchoolList:
    """Keep a file with schools until it is confirmed; its columns are matched by their words and by what was matched before.

    Raises `BadInput` where the file holds no table.
    """
    table = read_table(data, file_name, is_known=is_heading)
    office = locked_office(actor)
    SchoolList.objects.filter(brought_at__lt=clock.now() - ABANDONED_AFTER).delete()
    blob = store(LISTS, data, largest=MAX_BYTES)
    return SchoolList.objects.create(
        office=office,
        sha256=blob.sha256,
        file_name=file_name[-255:],
        matches=guessed_matches(table.headers, remembered_matches()),
        brought_by_id=actor.user_id,
    )


@action("school_list.match", event="school_list.matched", on="school_list")
def match_columns(
    *, actor: Actor, school_list: SchoolList, matches: Mapping[str, str]
) -> SchoolList:
    """Say what the columns of a list mean ("" for nothing); the office remembers it for its next list.

    Raises `RuleBroken` where two columns are to mean the same.
    """
    headers = [header for header in table_of(school_list).headers if header]
    chosen = {header: matches.get(header, "") for header in headers}
    wanted = [key for key in chosen.values() if key]
    if set(wanted) - set(FIELD_OF):
        raise RuleBroken("school_list.field", "There is no such field.", field="matches")
    if len(wanted) != len(set(wanted)):
        raise RuleBroken(
            "school_list.twice",
            "Two columns cannot mean the same. Leave one of them out.",
            field="matches",
        )
    ColumnMatch.objects.filter(heading__in=headers).delete()
    ColumnMatch.objects.bulk_create(
        [
            ColumnMatch(office=school_list.office, heading=h[:200], field=key)
            for h, key in chosen.items()
        ]
    )
    if school_list.matches == chosen:
        nothing_changed()
    school_list.matches = chosen
    school_list.save(update_fields=["matches"])
    return school_list


@action("school_list.take_over", event="school_list.taken_over", on="school_list")
def take_list_over(*, actor: Actor, school_list: SchoolList) -> ListPlan:
    """Write a list that was matched and checked, all of it or nothing; then the kept file is no longer needed."""
    plan = import_schools(
        actor=actor, reading=reading_of(school_list), source=school_list.file_name
    )
    note(created=len(plan.created), updated=len(plan.updated), unchanged=plan.unchanged)
    about(school_list)
    SchoolList.objects.filter(pk=school_list.pk).delete()
    return plan


@action("school_list.drop", event="school_list.dropped", on="school_list")
def drop_list(*, actor: Actor, school_list: SchoolList) -> None:
    """Drop a list that is not taken over."""
    about(school_list)
    SchoolList.objects.filter(pk=school_list.pk).delete()
