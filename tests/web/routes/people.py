"""Addresses of people."""

import datetime
from collections.abc import Mapping

from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.actions.staff import (
    add_expert,
    add_group,
    add_position,
    assign_duty,
    fill_position,
)
from nithet.domain.directory.invitations import invite_person
from nithet.domain.directory.people import grant_power
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.web.routes.who import EVERYBODY, STAFF, Route, Stage

READERS = STAFF | {"committee_member", "network_chair"}
KEEPERS = frozenset({"administrator", "director", "deputy_director", "group_head"})
LOOKING_AFTER = frozenset({"administrator", "director"})
ADMINISTRATOR = frozenset({"administrator"})
OUT = frozenset({"outsider"})
"""The foreign director reads and keeps what is their own office's, so addresses without an id open to them."""


def records(stage: Stage) -> Mapping[str, str]:
    """One of each: position, duty, group, expert, committee with a seat, posting, power, invitation."""
    cast, office = stage.cast, stage.cast.office
    actor, user, today = system_actor("matrix", office.pk), cast.users["supervisor"], clock.today()
    with scope(office.pk):
        posting = Posting.objects.select_related("unit").get(user=user)
        position = add_position(actor=actor, unit=office, role=Role.SUPERVISOR, title="ศึกษานิเทศก์")
        fill_position(actor=actor, position=position, posting=posting)
        committee = create_committee(actor=actor, kind="other", name="คณะทำงานตัวอย่าง")
        invitation, token = invite_person(
            actor=actor,
            unit=office,
            role=Role.PLANNER,
            title="นักวิเคราะห์นโยบายและแผน",
            display_name="นักวิเคราะห์ คนที่ 2",
            expires_on=today + datetime.timedelta(days=7),
        )
        power = grant_power(
            actor=actor, user=user, kind=Power.Kind.ACTING, role=Role.PLANNER, unit=office, order_number="1/2555", starts_on=today
        )
        return {
            "user_id": str(user.pk),
            "posting_id": str(posting.pk),
            "position_id": str(position.pk),
            "duty_id": str(assign_duty(actor=actor, position=position, school=stage.school).pk),
            "office_group_id": str(add_group(actor=actor, name="กลุ่มตัวอย่าง").pk),
            "expert_id": str(add_expert(actor=actor, title="ผู้ทรงคุณวุฒิ", field="การวัดผล").pk),
            "committee_id": str(committee.pk),
            "member_id": str(seat_member(actor=actor, committee=committee, title="กรรมการ").pk),
            "power_id": str(power.pk),
            "invitation_id": str(invitation.pk),
            "invitation_token": token,
        }


def _kept() -> dict[str, Route]:
    """What keepers add, change and take back."""
    table: dict[str, Route] = {}
    for add in ("position_add", "groups_add", "duties_add", "experts_add", "committee_add", "board_add"):
        table[f"people:{add}"] = Route(KEEPERS | OUT, do=KEEPERS | OUT)
    for edit in ("position_edit", "position_fill", "position_schools", "groups_edit", "duties_edit", "experts_edit"):
        table[f"people:{edit}"] = Route(KEEPERS, do=KEEPERS)
    for edit in ("committee_edit", "member_add", "member_edit"):
        table[f"people:{edit}"] = Route(KEEPERS, do=KEEPERS)
    for name in ("position", "groups", "duties", "experts", "committee", "member"):
        table[f"people:{name}_take_back"] = Route(KEEPERS, get=False, do=KEEPERS)
    return table


TABLE: dict[str, Route] = {
    "people:join": Route(EVERYBODY, do=EVERYBODY, shows="นักวิเคราะห์ คนที่ 2"),
    **{
        f"people:{name}": Route(READERS | OUT)
        for name in ("positions", "groups", "duties", "experts", "committees", "boards")
    },
    "people:position": Route(READERS, shows="ศึกษานิเทศก์"),
    "people:committee": Route(READERS, shows="คณะทำงานตัวอย่าง"),
    "people:groups_usual": Route(KEEPERS | OUT, get=False, do=KEEPERS | OUT),
    **_kept(),
    "people:accounts": Route(LOOKING_AFTER | OUT),
    "people:person": Route(LOOKING_AFTER, shows="supervisor"),
    "people:powers": Route(LOOKING_AFTER | OUT),
    "people:power_add": Route(LOOKING_AFTER | OUT, do=LOOKING_AFTER | OUT),
    "people:power_end": Route(LOOKING_AFTER, do=LOOKING_AFTER),
    "people:handover": Route(LOOKING_AFTER, do=LOOKING_AFTER),
    "people:handover_paper": Route(LOOKING_AFTER),
    "people:post": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:posting_end": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:posting_transfer": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:close": Route(ADMINISTRATOR, get=False, do=ADMINISTRATOR),
    "people:reopen": Route(ADMINISTRATOR, get=False, do=ADMINISTRATOR),
    "people:anew": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:invitations": Route(ADMINISTRATOR),
    "people:invite": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:invite_schools": Route(ADMINISTRATOR, do=ADMINISTRATOR),
    "people:withdraw": Route(ADMINISTRATOR, get=False, do=ADMINISTRATOR),
    "people:slip": Route(
        ADMINISTRATOR,
        get=False,
        do=ADMINISTRATOR,
        body=lambda known: {"token": known["invitation_token"]},
    ),
}
