"""A year of visits proposed: 300 schools and 14 supervisors (goal: a few seconds with reading, weighing and writing).

Then its pages: queries and processor time of one answer, the median of nine (goal: 120 ms for the plan by month).

    python bench/planner.py                 # SQLite
    python bench/planner.py --db=postgres   # a PostgreSQL of the tests' own

Prints how long the rule alone takes, how long the proposal takes through the door, how long taking all of it into the plan, and
what each page costs a planner.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
SCHOOLS, SUPERVISORS, MEMBERS = 300, 14, 11


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nithet.config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NITHET_DATA"] = folder
        server = None
        if asked.db == "postgres":
            from tests import postgres_server

            server = postgres_server.start()
            os.environ["NITHET_DATABASE_URL"] = server.url
        try:
            run()
        finally:
            from django.db import connections

            connections.close_all()
            if server:
                server.stop()


def run() -> None:
    """Make an office of that size, propose its year, take it over."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from nithet.domain.supervision.actions.planning import (
        accept_lines,
        open_supervision_plan,
        propose_year,
    )
    from nithet.domain.supervision.queries.planning import basis_of
    from nithet.domain.supervision.rules.proposing.question import Settings
    from nithet.domain.supervision.rules.proposing.year import propose
    from nithet.foundation.access.actors import system_actor
    from nithet.foundation.tenancy.models import Unit
    from nithet.foundation.tenancy.scope import scope
    from nithet.kernel import clock
    from nithet.kernel.school_years import fiscal_year

    office = Unit.objects.create(kind="office", name="สำนักงานเขตพื้นที่การศึกษาตัวอย่าง")
    with scope(office.pk):
        actor = system_actor("bench", office.pk)
        fill(actor, office)
        year = fiscal_year(clock.today()) + 1
        plan = open_supervision_plan(actor=actor, fiscal_year=year)
        basis = basis_of(actor, plan, Settings())
        began = time.perf_counter()
        found = propose(basis.question)
        print(f"rule alone: {len(found.visits)} visits, {time.perf_counter() - began:.2f} s")
        began = time.perf_counter()
        propose_year(actor=actor, plan=plan)
        print(f"proposed through the door: {time.perf_counter() - began:.2f} s")
        began = time.perf_counter()
        made = accept_lines(actor=actor, plan=plan)
        print(f"taken into the plan: {len(made)} visits, {time.perf_counter() - began:.2f} s")
        planner = seat_planner(office)
        line = plan.lines.order_by("pk")[0].pk
    pages(planner, year, plan.pk, line)


def seat_planner(office: object) -> object:
    """Make an account that plans."""
    from nithet.foundation.access.models import Posting
    from nithet.foundation.access.roles import Role
    from nithet.foundation.accounts.models import User
    from nithet.kernel import clock

    user = User.objects.create(username="planner", display_name="นักวิเคราะห์นโยบายและแผน")
    Posting.objects.create(user=user, unit=office, role=Role.PLANNER, starts_on=clock.today())
    return user


def pages(user: object, year: int, plan: int, line: int) -> None:
    """Ask for each page ten times as the planner; the first answer, which compiles templates, is not counted."""
    from statistics import median

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    with override_settings(ALLOWED_HOSTS=["*"]):
        client = Client()
        client.force_login(user)
        for address in (
            f"/supervision/plans/{plan}/",
            f"/supervision/plans/{plan}/approval/",
            f"/supervision/plans/{plan}/proposal/?show=accepted",
            f"/supervision/plan-lines/{line}/",
            f"/supervision/plan/?year={year}",
            "/supervision/dates/",
        ):
            times = []
            for at in range(10):
                with CaptureQueriesContext(connection) as asked:
                    began = time.process_time()
                    answer = client.get(address)
                    spent = time.process_time() - began
                if at:
                    times.append(spent)
            size = len(answer.content) // 1024
            cost = f"{median(times) * 1000:.0f} ms, {len(asked)} queries, {size} KB"
            print(f"{address}: {answer.status_code}, {cost}")


def fill(actor: object, office: object) -> None:
    """Write schools with coordinates, supervisors with their schools, a committee."""
    from nithet.domain.directory.actions.committees import create_committee, seat_member
    from nithet.domain.directory.actions.staff import add_position, assign_schools
    from nithet.domain.directory.models.schools import School
    from nithet.foundation.access.roles import Role
    from nithet.foundation.tenancy.models import Unit

    schools = []
    for at in range(SCHOOLS):
        unit = Unit.objects.create(
            kind="school", name=f"โรงเรียนตัวอย่างที่ {at}", office=office, parent=office
        )
        place = (round(13 + (at * 37 % 100) / 120, 6), round(99.5 + (at * 61 % 100) / 120, 6))
        schools.append(
            School.objects.create(office=office, unit=unit, latitude=place[0], longitude=place[1])
        )
    for number in range(SUPERVISORS):
        position = add_position(
            actor=actor, unit=office, role=Role.SUPERVISOR, title=f"ศึกษานิเทศก์ คนที่ {number + 1}"
        )
        assign_schools(actor=actor, position=position, schools=schools[number::SUPERVISORS])
    body = create_committee(actor=actor, kind="monitoring", name="ก.ต.ป.น.")
    for number in range(MEMBERS):
        seat_member(actor=actor, committee=body, title=f"กรรมการ คนที่ {number + 1}")


if __name__ == "__main__":
    main()
