"""Every write about schools."""

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.queries.schools import schools_named
from nithet.domain.directory.rules.names import spellings
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken


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
    tidy = named(name)
    office = locked_office(actor)
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
