"""The people of the permission matrix, and what is expected of an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory.models.schools import School
from tests.conftest import Cast

STAFF = frozenset(
    {
        "director",
        "deputy_director",
        "group_head",
        "supervisor",
        "planner",
        "communications_officer",
        "administrator",
    }
)
SCHOOL = frozenset({"school_head", "school_clerk", "teacher"})
OTHERS = frozenset({"committee_member", "network_chair", "outside_expert", "assessor"})
NO_OFFICE = frozenset({"nobody"})
FOREIGN = frozenset({"outsider"})
SIGNED_IN = STAFF | SCHOOL | OTHERS | NO_OFFICE | FOREIGN
EVERYBODY = SIGNED_IN | {"anonymous"}
LEADERS = frozenset({"director", "deputy_director"})
WRITERS = LEADERS | {"group_head", "supervisor", "planner", "communications_officer"}
RECORD_WRITERS = LEADERS | {"group_head", "supervisor", "planner"}
IMPORTERS = RECORD_WRITERS

Who = frozenset[str] | Mapping[str, frozenset[str]]
"""The same people in every state, or people by state."""


def in_state(who: Who, state: str) -> frozenset[str]:
    """Return who may in a state of the round."""
    return who if isinstance(who, frozenset) else who[state]


ROUND_READERS: Who = STAFF


def while_open(people: frozenset[str]) -> Who:
    """These people, while the round is open."""
    return {"open": people, "closed": frozenset()}


def while_closed(people: frozenset[str]) -> Who:
    """These people, once the round is closed."""
    return {"open": frozenset(), "closed": people}


@dataclass(frozen=True)
class Route:
    """What is expected of one address."""

    see: Who
    get: bool = True
    do: Who | None = None
    body: Callable[[Mapping[str, str]], Mapping[str, str]] = field(default=lambda known: {})
    shows: str = ""
    """Words that a permitted GET must hold, so that an empty page does not pass for a success."""
    in_view: bool = False
    """Who cannot see still gets 200: the page says so itself (lists, home)."""
    for_nobody: bool = False
    """Also for somebody who holds no position in any office; to them an office's records are not there."""


@dataclass(frozen=True)
class Stage:
    """What an area finds when it brings records for the matrix: the cast, the round taken over and a school of it."""

    cast: Cast
    round: Round
    school: School
