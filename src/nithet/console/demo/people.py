"""The people of the demo office: one account a role, all with one password made on this machine."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from nithet.domain.directory.people import add_person, post_person, set_password
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit

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
AT_A_SCHOOL = frozenset({Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, Role.TEACHER})


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How one role of the demo signs in."""

    role: str
    title: str
    username: str
    password: str


def kept_password(folder: Path) -> str:
    """Return the demo's password on this machine, made the first time (file mode 0600)."""
    path = folder / FILE
    if path.is_file():
        return str(json.loads(path.read_text())["password"])
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"password": password}, file)
    return password


def seat_people(actor: Actor, office: Unit, school: Unit, folder: Path) -> list[DemoAccount]:
    """Give every role an account and a posting; repeat visits change nothing but a lost password."""
    password = kept_password(folder)
    accounts = []
    for role, title in TITLES.items():
        username = role.value.replace("_", "-")
        kind = User.Kind.DESK if role == Role.SCHOOL_CLERK else User.Kind.PERSON
        user = add_person(actor=actor, username=username, display_name=title, password=password, kind=kind)
        if not user.check_password(password):
            set_password(actor=actor, user=user, password=password)
        post_person(actor=actor, user=user, role=role, unit=school if role in AT_A_SCHOOL else office, title=title)
        accounts.append(DemoAccount(role.value, title, username, password))
    return accounts


def as_plain(accounts: list[DemoAccount]) -> list[dict[str, str]]:
    """Return accounts for `--json`."""
    return [asdict(account) for account in accounts]
