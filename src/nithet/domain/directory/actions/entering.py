"""What every entry into the directory needs: a name, and its turn."""

from nithet.domain.directory.rules.names import tidy_name
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken


def named(name: str) -> str:
    """Return a name as it is kept; raises `RuleBroken` "name.missing" where nothing is left of it."""
    if not (tidy := tidy_name(name)):
        raise RuleBroken("name.missing", "A name is needed.", field="name")
    return tidy


def locked_office(actor: Actor) -> Unit:
    """Return the office, held until the action ends."""
    # Names of units carry no constraint (two schools may share one), so registrations of an office go one by one.
    return Unit.objects.select_for_update(no_key=True).get(pk=actor.writes_in)
