"""The cast, the scope, and databases that can be emptied although audit rows refuse to go."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from pytest_django import Settings

from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.audit import triggers
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock

NEEDS_DATABASE = ("db", "transactional_db", "django_db_reset_sequences", "cast", "office", "client", "live_server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what touches a database: the rest is the same on both and ran on SQLite."""
    if config.getoption("--db") != "postgres":
        return
    kept, left_out = [], []
    for item in items:
        names = getattr(item, "fixturenames", ())
        touches = item.get_closest_marker("django_db") or item.get_closest_marker("both_databases")
        (kept if touches or any(n in names for n in NEEDS_DATABASE) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


@pytest.fixture(autouse=True, scope="session")
def _audit_rows_may_be_emptied() -> None:
    """Let transactional tests empty their tables: the triggers go for the length of the flush and come back."""
    # On the class: a test that drives a browser has a connection of its own.
    operations = type(connection.ops)
    flush, vendor = operations.sql_flush, connection.vendor

    def sql_flush(self: object, *args: object, **kwargs: object) -> list[str]:
        install, remove = triggers.statements(vendor)
        statements = flush(self, *args, **kwargs)
        return [*remove, *statements, *install] if statements else statements

    operations.sql_flush = sql_flush


@pytest.fixture(autouse=True)
def _administrators_of_the_cast_sign_in_with_a_password_alone(settings: Settings) -> None:
    """Tests about anything else need no telephone; `tests/web/account` turns the second step on again."""
    settings.ADMIN_SECOND_FACTOR = False


def make_unit(kind: str, name: str, *, office: Unit | None = None, **fields: object) -> Unit:
    """Make a unit."""
    return Unit.objects.create(kind=kind, name=name, office=office, **fields)


def make_user(username: str, *, posted: list[tuple[Role, Unit]], **fields: object) -> User:
    """Make a person with their postings; the display name is a role title."""
    user = User.objects.create_user(username, "a-long-enough-password", display_name=username, **fields)
    Posting.objects.bulk_create([Posting(user=user, role=role, unit=unit) for role, unit in posted])
    return user


@dataclass(frozen=True)
class Cast:
    """One office with its people, a school of it, and an outsider from another office."""

    office: Unit
    other_office: Unit
    school: Unit
    other_school: Unit
    users: dict[str, User]

    def actor(self, name: str) -> Actor:
        """Return a person as an actor today."""
        return actor_for(self.users[name], clock.today())


@pytest.fixture
def cast(db: None) -> Cast:
    """supervisor, director, planner, administrator, school_head (one school), school_desk, outsider (other office)."""
    office = make_unit("office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 1", short_name="สพป.ทดสอบ เขต 1")
    other = make_unit("office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 2", short_name="สพป.ทดสอบ เขต 2")
    school = make_unit("school", "โรงเรียนตัวอย่างที่ 1", office=office, parent=office)
    other_school = make_unit("school", "โรงเรียนตัวอย่างที่ 2", office=office, parent=office)
    people = {
        "supervisor": [(Role.SUPERVISOR, office)],
        "director": [(Role.DIRECTOR, office)],
        "planner": [(Role.PLANNER, office)],
        "administrator": [(Role.ADMINISTRATOR, office)],
        "committee_member": [(Role.COMMITTEE_MEMBER, office)],
        "assessor": [(Role.ASSESSOR, office)],
        "school_head": [(Role.SCHOOL_HEAD, school)],
        "outsider": [(Role.DIRECTOR, other)],
    }
    users = {name: make_user(name, posted=posted) for name, posted in people.items()}
    users["school_desk"] = make_user("school_desk", posted=[(Role.SCHOOL_CLERK, school)], kind=User.Kind.DESK)
    users["nobody"] = make_user("nobody", posted=[])
    return Cast(office, other, school, other_school, users)


@pytest.fixture
def office(cast: Cast) -> Iterator[Unit]:
    """The cast's office with its scope open."""
    with scope(cast.office.pk):
        yield cast.office
