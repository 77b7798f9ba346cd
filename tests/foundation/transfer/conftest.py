"""A lively office, and an installation that is empty but for a stranger."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit
from tests.conftest import make_unit, make_user
from tests.web.conftest import taken_over  # noqa: F401  the real return, taken over

Move = Callable[[], Unit]


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.NITHET_DATA = tmp_path / "here"
    return tmp_path / "here"


@pytest.fixture
def move_out(settings: Settings, tmp_path: Path) -> Move:
    """Turn this installation into another one, in which keys have been given to others and a user name is taken."""

    def move() -> Unit:
        taken = Unit.objects.order_by("-pk")[0].pk
        call_command("flush", interactive=False, verbosity=0)
        settings.NITHET_DATA = tmp_path / "there"
        strange = make_unit("office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาอื่น เขต 9", short_name="สพป.อื่น เขต 9")
        for number in range(7):
            make_unit("school", f"โรงเรียนของเขตอื่นที่ {number}", office=strange, parent=strange)
            make_user(f"stranger{number}", posted=[(Role.PLANNER, strange)])
        number = 7
        while Unit.objects.order_by("-pk")[0].pk <= taken:  # every key of the office that moves belongs to somebody here
            make_unit("school", f"โรงเรียนของเขตอื่นที่ {number}", office=strange, parent=strange)
            number += 1
        make_user("director", posted=[(Role.DIRECTOR, strange)])
        return strange

    return move
