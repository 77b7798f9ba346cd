"""The one table of who may do what at which address. An address that is not here fails the build.

A route says who may *see* its record (others get 404, the same as for what does not exist), who may *do* what its POST does
(others who see it get 403), and with what body, so that a refusal is a refusal and not a complaint about an empty form.
States are those of the round: "open", "closed".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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


OPEN_ONLY = {"closed": frozenset[str]()}
ROUND_READERS: Who = {"open": STAFF, "closed": STAFF | {"assessor"}}


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


TABLE: dict[str, Route] = {
    "home:home": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "home:health": Route(EVERYBODY, shows="ok"),
    "ui_display": Route(EVERYBODY, get=False, do=EVERYBODY, body=lambda known: {"language": "en", "next": "/"}),
    "rounds:rounds": Route(SIGNED_IN, in_view=True),
    "rounds:round": Route(ROUND_READERS, shows="<h1"),
    "rounds:what_if": Route(ROUND_READERS),
    "rounds:rights": Route(ROUND_READERS),
    "rounds:sign": Route(
        ROUND_READERS,
        get=False,
        do=while_open(LEADERS),
        body=lambda known: {"level": "none", "shown": known["shown"], "request_key": "matrix", "reason": "x"},
    ),
    "rounds:close": Route(ROUND_READERS, get=False, do=while_open(LEADERS)),
    "rounds:reopen": Route(ROUND_READERS, get=False, do=while_closed(LEADERS), body=lambda known: {"reason": "x"}),
    "rounds:assess": Route(
        ROUND_READERS,
        get=False,
        do=while_closed(frozenset({"assessor"})),
        body=lambda known: {"level": "2", "reason": "x"},
    ),
    "rounds:item": Route(ROUND_READERS, shows="<h1"),
    "rounds:answer": Route(
        ROUND_READERS, get=False, do=while_open(WRITERS), body=lambda known: {"answer": "done", "reason": "x"}
    ),
    "rounds:paragraph": Route(
        ROUND_READERS,
        do=while_open(WRITERS),
        body=lambda known: {"text": "ถ้อยคำใหม่", "seen": known["paragraph_text"]},
    ),
    "records:projects": Route(SIGNED_IN, in_view=True),
    "records:project": Route(STAFF | {"assessor"}),
    "records:visits": Route(SIGNED_IN, in_view=True),
    "records:visit": Route(STAFF | {"assessor", "committee_member"} | SCHOOL),
    "records:evidence_list": Route(SIGNED_IN, in_view=True),
    "records:evidence": Route(STAFF | {"assessor"}),
    "records:answer_point": Route(
        STAFF | {"assessor"}, get=False, do=RECORD_WRITERS, body=lambda known: {"holds": "yes", "reason": "x"}
    ),
    "records:schools": Route(SIGNED_IN, in_view=True),
    "records:school": Route(SIGNED_IN - NO_OFFICE - FOREIGN - {"outside_expert"}),
    "returns:returns": Route(SIGNED_IN, in_view=True),
    "returns:imports": Route(SIGNED_IN, in_view=True),
    "returns:import": Route(STAFF),
    "returns:confirm": Route(STAFF, get=False, do=IMPORTERS, body=lambda known: {"edition": known["edition"]}),
    "returns:drop": Route(STAFF, get=False, do=IMPORTERS),
    "returns:drop_one": Route(STAFF, get=False, do=IMPORTERS),
    "returns:preview": Route(ROUND_READERS, shows="<table"),
    "returns:draft_docx": Route(ROUND_READERS),
    "returns:draft_pdf": Route(ROUND_READERS),
    "returns:bring": Route(ROUND_READERS, get=False, do=while_open(WRITERS)),
    "returns:edited": Route(STAFF),
    "returns:decide": Route(STAFF, get=False, do=while_open(WRITERS), body=lambda known: {"take": "no"}),
    "returns:issue": Route(ROUND_READERS, get=False, do=LEADERS, body=lambda known: {"request_key": "matrix"}),
    "returns:issued": Route(ROUND_READERS),
    "returns:issued_docx": Route(ROUND_READERS),
    "returns:issued_pdf": Route(ROUND_READERS),
    "returns:verify": Route(EVERYBODY),
}

ACCOUNT = "account_"
"""The ways in are one's own account: they take no id, and `tests/web/account` walks them one by one."""
OWN_PAGES = frozenset(
    {
        "account_mine",
        "account_speaker",
        "account_office",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)
