"""Addresses of directory."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from nithet.domain.directory.actions.arrangements import arrange_joint_learning, record_legal_act
from nithet.domain.directory.actions.census import record_census, record_test_result
from nithet.domain.directory.actions.facts import set_chair
from nithet.domain.directory.actions.networks import create_network
from nithet.domain.directory.actions.populations import declare_population
from nithet.domain.directory.actions.school_lists import bring_list
from nithet.domain.directory.actions.schools import register_school
from nithet.foundation.access.actors import system_actor
from tests.web.routes.who import (
    FOREIGN,
    NO_OFFICE,
    OTHERS,
    RECORD_WRITERS,
    SCHOOL,
    SIGNED_IN,
    STAFF,
    Route,
    Stage,
)

KEEPERS = RECORD_WRITERS | {"administrator"}
READERS = STAFF | (OTHERS - {"outside_expert", "assessor"})
"""An assessor is invited to one record, which is no school."""
OF_THE_SCHOOL = SCHOOL - {"teacher"}
DAY = date(2012, 6, 10)
LIST = "รหัส,โรงเรียน\n99010001,โรงเรียนในแฟ้ม\n"


def be(*names: str) -> dict[str, str]:
    parts = {"day": "10", "month": "6", "year": "2555"}
    return {f"{name}_{part}": value for name in names for part, value in parts.items()}


def undone() -> Route:
    return Route(KEEPERS, get=False, do=KEEPERS)


TABLE: dict[str, Route] = {
    "directory:schools": Route(SIGNED_IN, in_view=True),
    "directory:places": Route(SIGNED_IN, in_view=True),
    "directory:edit_school": Route(
        KEEPERS | OF_THE_SCHOOL,
        do=KEEPERS | OF_THE_SCHOOL,
        body=lambda known: {"version": "1", "name": "วัดทดสอบ", "telephone": "1"},
    ),
    # After what a school itself may write: the next page it sees says so, and only then are refusals compared.
    "directory:school": Route(SIGNED_IN - NO_OFFICE - FOREIGN - {"outside_expert", "assessor"}),
    "directory:edit_codes": Route(
        KEEPERS, do=KEEPERS, body=lambda known: {"version": "1", "smis_code": "99010009"}
    ),
    "directory:add_census": Route(
        KEEPERS, do=KEEPERS, body=lambda known: {**be("as_at"), "as_at_year": "2554", "pupils": "5"}
    ),
    "directory:edit_census": Route(
        KEEPERS, do=KEEPERS, body=lambda known: {"version": "1", "pupils": "6"}
    ),
    "directory:undo_census": undone(),
    "directory:add_result": Route(
        KEEPERS,
        do=KEEPERS,
        body=lambda known: {
            "test": "nt_p3",
            "academic_year": "2555",
            "subject": "คณิตศาสตร์",
            "tested": "7",
            "mean": "40",
            "full_marks": "100",
        },
    ),
    "directory:edit_result": Route(
        KEEPERS,
        do=KEEPERS,
        body=lambda known: {"version": "1", "tested": "7", "mean": "40", "full_marks": "100"},
    ),
    "directory:undo_result": undone(),
    "directory:add_act": Route(
        KEEPERS,
        do=KEEPERS,
        body=lambda known: {
            "kind": "close",
            "order_number": "1/2555",
            **be("ordered_on", "effective_on"),
        },
    ),
    "directory:edit_act": Route(
        KEEPERS,
        do=KEEPERS,
        body=lambda known: {
            "version": "1",
            "order_number": "2/2555",
            **be("ordered_on", "effective_on"),
        },
    ),
    "directory:undo_act": undone(),
    "directory:bring_list": Route(KEEPERS | FOREIGN, do=KEEPERS | FOREIGN),
    "directory:list_columns": Route(
        KEEPERS, do=KEEPERS, body=lambda known: {"column_0": "code", "column_1": "name"}
    ),
    "directory:list_check": Route(KEEPERS),
    "directory:list_confirm": undone(),
    "directory:list_drop": undone(),
    "directory:networks": Route(READERS | FOREIGN),
    "directory:network": Route(READERS),
    "directory:chair": Route(
        KEEPERS,
        do=KEEPERS,
        body=lambda known: {"academic_year": "2555", "school": known["partner_school"]},
    ),
    "directory:undo_chair": undone(),
    "directory:joint_learning": Route(READERS | FOREIGN),
    "directory:add_joint_learning": Route(KEEPERS | FOREIGN, do=KEEPERS | FOREIGN),
    "directory:edit_joint_learning": Route(
        KEEPERS, do=KEEPERS, body=lambda known: {"version": "1", **be("starts_on")}
    ),
    "directory:undo_joint_learning": undone(),
    "directory:populations": Route(READERS | FOREIGN),
    "directory:declare": Route(
        KEEPERS | FOREIGN,
        do=KEEPERS | FOREIGN,
        body=lambda known: {"name": "ทุกโรงเรียน", "rule": "open", **be("as_at")},
    ),
    "directory:population": Route(READERS),
    "directory:undo_population": undone(),
    "directory:scheme": Route(
        KEEPERS | FOREIGN,
        do=KEEPERS | FOREIGN,
        body=lambda known: {"scheme": "primary-7", "version": "0"},
    ),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring one of each kind of record."""
    actor = system_actor("test", stage.cast.office.pk)
    network = create_network(actor=actor, name="เครือข่ายของตาราง")
    member = register_school(actor=actor, name="โรงเรียนของเครือข่าย", network=network)
    ended = register_school(actor=actor, name="โรงเรียนที่เลิก")
    made = {
        "census_id": record_census(actor=actor, school=stage.school, as_at=DAY, pupils=5),
        "result_id": record_test_result(
            actor=actor,
            school=stage.school,
            test="rt_p1",
            academic_year=2555,
            subject="การอ่าน",
            tested=5,
            mean=Decimal(40),
        ),
        "act_id": record_legal_act(
            actor=actor,
            school=ended,
            kind="close",
            order_number="9/2555",
            ordered_on=DAY,
            effective_on=DAY,
        ),
        "list_id": bring_list(actor=actor, data=LIST.encode(), file_name="list.csv"),
        "network_id": network,
        "partner_school": member,
        "chair_id": set_chair(actor=actor, network=network, academic_year=2554, school=member),
        "arrangement_id": arrange_joint_learning(
            actor=actor, host=member, partners={stage.school: []}, starts_on=DAY
        ),
        "population_id": declare_population(actor=actor, as_at=DAY, rule="open"),
    }
    return {name: str(record.pk) for name, record in made.items()}
