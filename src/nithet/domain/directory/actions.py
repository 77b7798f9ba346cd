"""Every write in the directory."""

from datetime import date

from nithet.domain.directory import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.models import Committee, Network, School, StatedFigure
from nithet.domain.directory.queries import schools_named
from nithet.domain.directory.rules import spellings, tidy_name
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken


def _named(name: str) -> str:
    if not (tidy := tidy_name(name)):
        raise RuleBroken("name.missing", "A name is needed.", field="name")
    return tidy


def _locked_office(actor: Actor) -> Unit:
    # Names of units carry no constraint (two schools may share one), so registrations of an office go one by one.
    return Unit.objects.select_for_update(no_key=True).get(pk=actor.writes_in)


@action("school.register", event="school.registered")
def register_school(
    *,
    actor: Actor,
    name: str,
    source: str = "",
    is_example: bool = False,
    smis_code: str = "",
    district: str = "",
    network: Network | None = None,
) -> School:
    """Register a school of the office, or return the one of exactly that name (or code) unchanged.

    Names are compared whole: วัดโพธิ์ and วัดโพธิ์ทัยมณี are two schools. A school of the same name with another code is
    another school. Raises `RuleBroken` "school.several" where the name alone cannot tell which is meant.
    """
    tidy = _named(name)
    office = _locked_office(actor)
    if kept := _kept_school(tidy, smis_code):
        nothing_changed()
        return kept
    unit = Unit.objects.create(
        kind=Unit.Kind.SCHOOL,
        name=tidy,
        code=smis_code,
        office=office,
        parent=network.unit if network else office,
    )
    note(source=source, is_example=is_example, smis_code=smis_code)
    return School.objects.create(
        office=office,
        unit=unit,
        network=network,
        smis_code=smis_code,
        district=district,
        source=source,
        is_example=is_example,
    )


def _kept_school(name: str, smis_code: str) -> School | None:
    if smis_code:
        by_code = School.objects.select_related("unit").filter(smis_code=smis_code).first()
        if by_code and by_code.unit.name not in spellings(name):
            raise RuleBroken(
                "school.code_taken",
                "The code %(code)s belongs to the school %(name)s.",
                field="smis_code",
                code=smis_code,
                name=by_code.unit.name,
            )
        if by_code:
            return by_code
    found = [one for one in schools_named(name) if not (smis_code and one.smis_code)]
    if len(found) > 1:
        raise RuleBroken(
            "school.several",
            "There are %(count)s schools named %(name)s. Say which one by its code.",
            field="name",
            count=len(found),
            name=name,
        )
    return found[0] if found else None


@action("network.create", event="network.created")
def create_network(*, actor: Actor, name: str) -> Network:
    """Create a school network (กลุ่มเครือข่าย), or return the one of that name."""
    tidy = _named(name)
    office = _locked_office(actor)
    if kept := Network.objects.select_related("unit").filter(unit__name=tidy).first():
        nothing_changed()
        return kept
    unit = Unit.objects.create(kind=Unit.Kind.NETWORK, name=tidy, office=office, parent=office)
    return Network.objects.create(office=office, unit=unit)


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
    tidy = _named(name)
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("committee.dates", "It cannot end before it begins.", field="ends_on")
    office = _locked_office(actor)
    same = {"kind": Committee.Kind(kind), "name": tidy, "order_number": order_number.strip()}
    if kept := Committee.objects.filter(**same).first():
        nothing_changed()
        return kept
    note(**same)
    return Committee.objects.create(office=office, starts_on=starts_on, ends_on=ends_on, **same)


@action("figure.state", event="figure.stated")
def state_figure(
    *,
    actor: Actor,
    fiscal_year: int,
    value: int,
    counted_in: str,
    text: str,
    source: str,
    line: int | None = None,
) -> StatedFigure:
    """Keep a figure as a document states it, with where it stands; the same statement is kept once.

    It proves nothing by itself: no row of ours stands behind it.
    """
    if not source.strip():
        raise RuleBroken("figure.source", "Say which document states this figure.", field="source")
    office = _locked_office(actor)
    same = {
        "fiscal_year": fiscal_year,
        "value": value,
        "counted_in": counted_in,
        "text": text,
        "source": source,
        "line": line,
    }
    if kept := StatedFigure.objects.filter(**same).first():
        nothing_changed()
        return kept
    note(source=source, value=value, counted_in=counted_in, line=line)
    return StatedFigure.objects.create(office=office, **same)
