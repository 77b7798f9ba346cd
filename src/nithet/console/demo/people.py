"""The people of the demo office: one account a role, all with one password made on this machine."""

import json
import os
import secrets
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nithet.domain.directory.people import add_person, post_person, set_password
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import SCHOOL_STAFF, Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.digest import sha256_hex

FILE = "demo-accounts.json"

TITLES = {
    Role.DIRECTOR: "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    Role.DEPUTY_DIRECTOR: "รองผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    Role.GROUP_HEAD: "ผู้อำนวยการกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
    Role.SUPERVISOR: "ศึกษานิเทศก์",
    Role.PLANNER: "นักวิเคราะห์นโยบายและแผน",
    Role.COMMUNICATIONS_OFFICER: "เจ้าหน้าที่ประชาสัมพันธ์",
    Role.COMMITTEE_MEMBER: "กรรมการเขตพื้นที่การศึกษา",
    Role.NETWORK_CHAIR: "ประธานเครือข่าย",
    Role.OUTSIDE_EXPERT: "ผู้ทรงคุณวุฒิ",
    Role.SCHOOL_HEAD: "ผู้อำนวยการสถานศึกษา",
    Role.SCHOOL_CLERK: "โต๊ะธุรการโรงเรียน",
    Role.TEACHER: "ครูผู้รับผิดชอบงานประกันคุณภาพ",
    Role.ADMINISTRATOR: "ผู้ดูแลระบบของเขต",
    Role.ASSESSOR: "ผู้ประเมินจาก สพฐ.",
}
AT_THE_OFFICE = frozenset(TITLES) - SCHOOL_STAFF


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How one role of the demo signs in."""

    role: str
    title: str
    username: str
    password: str


def kept_password(folder: Path) -> str:
    """Return the demo's password on this machine, made the first time (file mode 0600)."""
    kept = _kept(folder)
    if "password" not in kept:
        kept["password"] = "-".join(secrets.token_hex(2) for _ in range(3))
        _keep(folder, kept)
    return str(kept["password"])


def _kept(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def _keep(folder: Path, kept: Mapping[str, object]) -> None:
    handle, neighbour = tempfile.mkstemp(dir=folder, prefix=f".{FILE}.")  # mode 0600
    with os.fdopen(handle, "w") as file:
        json.dump(kept, file)
    Path(neighbour).replace(folder / FILE)


def seat_people(
    actor: Actor, roles: Collection[Role], unit: Unit, folder: Path
) -> list[DemoAccount]:
    """Give each of the roles an account and a posting at a unit; repeat visits change nothing but a lost password.

    Checking a password is slow on purpose. So a digest of each stored password that was seen to be right is kept beside
    the password, and only what differs from it is checked.
    """
    password = kept_password(folder)
    seen = dict(_kept(folder).get("seen", {}))
    names = {role: role.value.replace("_", "-") for role in TITLES if role in roles}
    old = set(User.objects.filter(username__in=names.values()).values_list("username", flat=True))
    accounts = []
    for role, name in names.items():
        title = TITLES[role]
        kind = User.Kind.DESK if role == Role.SCHOOL_CLERK else User.Kind.PERSON
        user = User.objects.filter(username=name).first() or add_person(
            actor=actor, username=name, display_name=title, password=password, kind=kind
        )
        is_known = name not in old or seen.get(name) == _seal(user)
        if not is_known and not user.check_password(password):
            user = set_password(actor=actor, user=user, password=password)
        seen[name] = _seal(user)
        # An assessor holds nothing of an office: they are invited to one frozen round (see `invite_assessor`).
        if role != Role.ASSESSOR:
            post_person(actor=actor, user=user, role=role, unit=unit, title=title)
        accounts.append(DemoAccount(role.value, title, name, password))
    _keep(folder, {"password": password, "seen": seen})
    return accounts


def seat_again(actor: Actor, roles: Collection[Role], unit: Unit) -> None:
    """Post the accounts that `seat_people` made at a unit of another office as well."""
    for role, title in TITLES.items():
        if role in roles and role != Role.ASSESSOR:
            user = User.objects.get(username=role.value.replace("_", "-"))
            post_person(actor=actor, user=user, role=role, unit=unit, title=title)


def invite_assessor(actor: Actor, unit: Unit, record: str) -> None:
    """Give the demo's assessor one record ("reviews.frozenround:1"), as an accepted invitation does."""
    user = User.objects.get(username=Role.ASSESSOR.value)
    post_person(actor=actor, user=user, role=Role.ASSESSOR, unit=unit, title=TITLES[Role.ASSESSOR], limited_to=record)


def _seal(user: User) -> str:
    return sha256_hex(user.password.encode())


def as_plain(accounts: list[DemoAccount]) -> list[dict[str, str]]:
    """Return accounts for `--json`."""
    return [asdict(account) for account in accounts]
