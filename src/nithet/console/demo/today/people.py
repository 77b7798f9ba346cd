"""Those who have no account in the demo and still write: supervisors by their number, the heads of the schools visited."""

from dataclasses import replace

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.domain.directory.models.schools import School
from nithet.foundation.access.actors import Actor, Held
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit


def supervisor_of(supervisor: Actor, number: int) -> Actor:
    """Return supervisor number 0, who has the account, or another of the office, who has none."""
    if number == 0:
        return supervisor
    return replace(supervisor, name=title_of(number), user_id=None)


def title_of(number: int) -> str:
    """Return the title of a supervisor by number from 0."""
    return f"ศึกษานิเทศก์ คนที่ {number + 1}"


def head_of(school: School) -> Actor:
    """Return the head of a school, answering by the link on the slip."""
    return Actor(
        name=f"ผู้อำนวยการโรงเรียน ({EXAMPLE})",
        office_id=school.office_id,
        held=(Held(Role.SCHOOL_HEAD, school.unit_id, Unit.Kind.SCHOOL, school.name),),
    )
