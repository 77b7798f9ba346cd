"""Every write about networks of schools."""

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.models.schools import Network
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, nothing_changed
from nithet.foundation.tenancy.models import Unit


@action("network.create", event="network.created")
def create_network(*, actor: Actor, name: str) -> Network:
    """Create a school network (กลุ่มเครือข่าย), or return the one of that name."""
    tidy = named(name)
    office = locked_office(actor)
    if kept := Network.objects.select_related("unit").filter(unit__name=tidy).first():
        nothing_changed()
        return kept
    unit = Unit.objects.create(kind=Unit.Kind.NETWORK, name=tidy, office=office, parent=office)
    return Network.objects.create(office=office, unit=unit)
