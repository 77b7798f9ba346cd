"""Changing what is known of a school: its facts, its codes, its chair, the scheme by which it is sized."""

from collections.abc import Mapping
from typing import Any

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.actions.versions import edited
from nithet.domain.directory.models.populations import SizeSchemeChoice
from nithet.domain.directory.models.schools import Network, NetworkChair, School, SchoolCode
from nithet.domain.directory.policy import schools as policy
from nithet.domain.directory.rules.list_columns import FACTS, FIELD_OF
from nithet.domain.directory.rules.sizes import size_schemes
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import (
    about,
    action,
    change,
    note,
    nothing_changed,
    open_draft,
)
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, standing, take_back
from nithet.kernel.errors import RuleBroken

CONTACT_FACTS = (
    *(
        "telephone",
        "telephone_answers",
        "connectivity",
        "office_computers",
        "has_dltv",
        "has_meeting_camera",
    ),
    *("latitude", "longitude"),
)
"""Facts that a school itself may put right: how it is reached and with what it works."""
OFFICE_FACTS = (*FACTS, "acting_order", "network")


@action("school.edit", event="school.edited", on="school")
def edit_school(
    *, actor: Actor, school: School, version: int, name: str | None = None, **facts: Any
) -> School:
    """Change facts of a school; what is not given stays. A name of None stays too.

    `facts` are fields of `School` (`OFFICE_FACTS`). Raises `Conflict` where the school is no longer at `version`, `RuleBroken`
    where a school changes more than how it is reached, or a network of another office is named.
    """
    unknown = set(facts) - set(OFFICE_FACTS)
    if unknown:
        raise TypeError(f"no facts of a school: {sorted(unknown)}")
    if not policy.may_keep(actor, school):
        changed = {key for key, value in facts.items() if getattr(school, key) != value}
        if changed - set(CONTACT_FACTS) or (name is not None and name != school.name):
            raise RuleBroken(
                "school.contact_only",
                "A school changes how it is reached; the office changes the rest.",
            )
    if (
        facts.get("head_status", school.head_status) != School.Head.ACTING
        and "head_status" in facts
    ):
        facts["acting_order"] = ""
    network = facts.get("network")
    if network is not None and network.office_id != school.office_id:
        raise RuleBroken("network.unknown", "There is no such network.", field="network")
    tidy = named(name) if name is not None else school.name
    is_renamed = tidy != school.unit.name
    fresh = _edited_with_name(school, version, facts, is_renamed=is_renamed)
    unit = fresh.unit
    parent = fresh.network.unit if fresh.network else fresh.unit.office
    if is_renamed or ("network" in facts and unit.parent_id != (parent.pk if parent else None)):
        change(unit, name=tidy, parent=parent)
        _is_worth_an_event(fresh)
    return fresh


def _edited_with_name(
    school: School, version: int, facts: Mapping[str, Any], *, is_renamed: bool
) -> School:
    """Edit the facts; a new name alone makes a new version too."""
    fresh = edited(school, version, facts)
    if is_renamed and fresh.version == version:
        change(fresh, version=version + 1)
    return fresh


@action("school.set_codes", event="school.codes_set", on="school")
def set_codes(*, actor: Actor, school: School, version: int, codes: Mapping[str, str]) -> School:
    """Set codes by field name ("smis_code", "moe_code", "onesqa_code", "other_code"); "" takes a code away.

    Raises `RuleBroken` "school.code_taken" where another school has the code, `BadInput` where it is no code.
    """
    kinds = {"moe_code": "moe", "onesqa_code": "onesqa", "other_code": "other"}
    read = {
        key: FIELD_OF[key].read(code) or ""
        for key, code in codes.items()
        if key in {"smis_code", *kinds}
    }
    held = {row.kind: row for row in SchoolCode.objects.filter(school=school)}
    new = {
        key: code for key, code in read.items() if code != _code_now(school, held, kinds.get(key))
    }
    for key, code in new.items():
        _refuse_taken(school, key, kinds.get(key), code)
    fresh = edited(school, version, {"smis_code": read.get("smis_code", school.smis_code)})
    if not new:
        nothing_changed()
        return fresh
    for key, code in new.items():
        if kind := kinds.get(key):
            if kind in held:
                held[kind].delete()
            if code:
                SchoolCode.objects.create(office=school.office, school=school, kind=kind, code=code)
    if fresh.version == version:
        change(fresh, version=version + 1)
    main = fresh.smis_code or next(
        (read[k] for k in ("moe_code", "other_code") if read.get(k)), fresh.unit.code
    )
    change(fresh.unit, code=main)
    _is_worth_an_event(fresh)
    note(codes=new)
    return fresh


def _is_worth_an_event(school: School) -> None:
    """Something beside the school's own row changed, so the event stays although the row may be as it was."""
    open_draft().is_silent = False
    about(school)


def _code_now(school: School, held: Mapping[str, SchoolCode], kind: str | None) -> str:
    if kind is None:
        return school.smis_code
    return held[kind].code if kind in held else ""


def _refuse_taken(school: School, key: str, kind: str | None, code: str) -> None:
    if not code:
        return
    if kind is None:
        other = (
            School.objects.filter(smis_code=code)
            .exclude(pk=school.pk)
            .select_related("unit")
            .first()
        )
    else:
        row = (
            SchoolCode.objects.filter(kind=kind, code=code)
            .exclude(school=school)
            .select_related("school__unit")
            .first()
        )
        other = row.school if row else None
    if other:
        raise RuleBroken(
            "school.code_taken",
            "The code %(code)s belongs to the school %(name)s.",
            field=key,
            code=code,
            name=other.name,
        )


@action("network.set_chair", event="network.chair_set", on="network")
def set_chair(
    *, actor: Actor, network: Network, academic_year: int, school: School, order_number: str = ""
) -> NetworkChair:
    """Say which school chairs a network in an academic year (พ.ศ.); one that was entered before is replaced."""
    if school.office_id != network.office_id or school.network_id != network.pk:
        raise RuleBroken(
            "network.foreign_chair", "The chair's school belongs to the network.", field="school"
        )
    kept = standing(
        NetworkChair.objects.filter(network=network, academic_year=academic_year)
    ).first()
    if kept and (kept.school_id, kept.order_number) == (school.pk, order_number.strip()):
        nothing_changed()
        return kept
    if kept:
        change(kept, school=school, order_number=order_number.strip(), version=kept.version + 1)
        return kept
    return NetworkChair.objects.create(
        office=network.office,
        network=network,
        academic_year=academic_year,
        school=school,
        order_number=order_number.strip(),
        **made_by(actor),
    )


@action("network.take_back_chair", event="network.chair_taken_back", on="chair")
def take_back_chair(*, actor: Actor, chair: NetworkChair, reason: str = "") -> NetworkChair:
    """Take back a chair that was entered by mistake."""
    take_back(chair, actor=actor, reason=reason)
    return chair


@action("size_scheme.choose", event="size_scheme.chosen")
def choose_scheme(*, actor: Actor, scheme: str, version: int) -> SizeSchemeChoice:
    """Choose the scheme by which the office sizes its schools; `version` is 0 where none was chosen yet."""
    if scheme not in size_schemes():
        raise RuleBroken("size_scheme.unknown", "There is no such scheme.", field="scheme")
    office = locked_office(actor)
    kept = SizeSchemeChoice.objects.first()
    if kept is None:
        return SizeSchemeChoice.objects.create(office=office, scheme=scheme)
    if kept.version != version:
        raise Conflict(
            "record.changed_meanwhile",
            "Somebody else changed this meanwhile. Compare both versions and save again.",
            version=kept.version,
            theirs=kept.scheme,
            yours=scheme,
        )
    if kept.scheme == scheme:
        nothing_changed()
        return kept
    change(kept, scheme=scheme, version=version + 1)
    return kept
