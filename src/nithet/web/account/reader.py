"""Who reads a page, for the top bar: their name, role and office, and the digits the office has chosen."""

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext

from nithet.foundation.access.actors import Actor, Held
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.foundation.tenancy.queries import offices
from nithet.foundation.ui.frame import Frame, OtherOffice


def describe(request: HttpRequest) -> Frame:
    """Describe the reader by one query; an empty frame for a visitor."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return Frame()
    known = _offices(actor)
    office = known.get(actor.office_id or 0)
    chosen: OfficeSettings | None = getattr(office, "settings", None)
    return Frame(
        person=spoken_name(actor),
        role=role_words(actor.held[0]) if actor.held else "",
        office=office.name if office else "",
        numerals="thai" if chosen and chosen.numerals == OfficeSettings.Numerals.THAI else "arabic",
        is_example=bool(chosen and chosen.is_example),
        asks_who=actor.is_desk and not actor.speaker,
        others=tuple(
            OtherOffice(key, known[key].name) for key in actor.other_office_ids if key in known
        ),
    )


def _offices(actor: Actor) -> dict[int, Unit]:
    if actor.office_id is None:
        return {}
    ids = (actor.office_id, *actor.other_office_ids)
    return {unit.pk: unit for unit in offices().select_related("settings").filter(pk__in=ids)}


def spoken_name(actor: Actor) -> str:
    """Return the name shown for the reader; a school desk adds who sits there, once they have said."""
    if actor.is_desk and actor.speaker:
        return gettext("%(desk)s by %(person)s") % {"desk": actor.name, "person": actor.speaker}
    return actor.name


def role_words(held: Held) -> str:
    """Say a role in hand, with the order it is held by where it is somebody else's."""
    title = held.title or str(Role(held.role).label)
    said = f"{title} · {held.unit_name}"
    if not held.order_number:
        return said
    order = pgettext("acting by an order", "by order %(number)s") % {"number": held.order_number}
    return f"{said} · {order}"
