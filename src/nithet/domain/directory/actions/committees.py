"""Every write about committees."""

from datetime import date

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.policy import committees as policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel.errors import RuleBroken


@action("committee.create", event="committee.created")
def create_committee(
    *,
    actor: Actor,
    kind: Committee.Kind | str,
    name: str,
    order_number: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Committee:
    """Enter a committee (คณะกรรมการ), or return the one of that kind, name and order."""
    tidy = named(name)
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("committee.dates", "It cannot end before it begins.", field="ends_on")
    office = locked_office(actor)
    same = {"kind": Committee.Kind(kind), "name": tidy, "order_number": order_number.strip()}
    if kept := Committee.objects.filter(**same).first():
        nothing_changed()
        return kept
    note(**same)
    return Committee.objects.create(office=office, starts_on=starts_on, ends_on=ends_on, **same)
