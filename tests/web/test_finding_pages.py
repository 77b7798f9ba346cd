"""Pages of search, notices and history as people get them."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.plans.models.project import Project
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.reading_notices import read_notices
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.jobs.worker import drain
from nithet.foundation.notices import kinds
from nithet.foundation.notices.models import Notice
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_project

kinds.register("pages.trial", "%(actor)s gave you %(title)s")


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def page(client: Client, address: str) -> str:
    with scope(None):
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def tell_planner(cast: Cast, actor: Actor, **params: object) -> None:
    with transaction.atomic():
        tell(actor=actor, to=[cast.users["planner"].pk], kind="pages.trial", **params)  # type: ignore[arg-type]


def test_the_results_show_the_hit_in_its_place_and_what_was_typed_stays_in_the_box(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"), "โครงการพัฒนาเครือข่าย ๒๕๕๕ <b>")
    drain()
    shown = page(signed_in(cast, "planner"), "/search/?q=2555")
    assert "เครือข่าย <mark>2555</mark> &lt;b&gt;" in shown
    assert shown.count('value="2555"') == 2
    assert "<mark>" not in page(signed_in(cast, "outsider"), "/search/?q=2555")
    assert "<mark>" not in page(signed_in(cast, "school_head"), "/search/?q=2555")
    assert "<mark>" not in page(signed_in(cast, "nobody"), "/search/?q=2555")


@pytest.mark.parametrize("typed", ["", "   ", '"', "%0A", "ไม่มีคำนี้", "a" * 500, "%25%25", "'%3B--", "&kind=nothing&year=abcd"])
def test_odd_questions_get_a_page(cast: Cast, office: Unit, typed: str) -> None:
    assert "<main" in page(signed_in(cast, "planner"), f"/search/?q={typed}")


def queries(client: Client, address: str) -> int:
    page(client, address)
    with CaptureQueriesContext(connection) as context:
        page(client, address)
    return len(context)


def test_a_page_of_results_costs_the_same_for_few_and_for_many(cast: Cast, office: Unit) -> None:
    planner = cast.actor("planner")
    project = make_project(planner, "โครงการ 0")
    client = signed_in(cast, "planner")
    costs = []
    for upto in (1, 30, 99):
        Project.objects.exclude(pk=project.pk).delete()
        Project.objects.bulk_create([Project(office=office, plan=project.plan, title=f"โครงการ {n}") for n in range(1, upto)])
        from nithet.foundation.search.indexing import rebuild

        rebuild()
        costs.append(queries(client, "/search/?q=โครงการ"))
    assert len(set(costs)) == 1, costs


def test_the_bell_counts_what_is_unread_and_opening_a_notice_reads_it(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("director"), "โครงการของแผน")
    tell_planner(cast, cast.actor("director"), ref=RecordRef("plans.project", str(project.pk)))
    tell_planner(cast, cast.actor("director"), title="งานไม่มีรายการ")
    client = signed_in(cast, "planner")
    shown = page(client, "/notices/")
    assert "director gave you โครงการของแผน" in shown
    assert '<span class="bell-count" aria-hidden="true">2</span>' in shown
    notice = Notice.objects.exclude(ref="").get()
    with scope(None):
        assert signed_in(cast, "supervisor").post(f"/notices/{notice.pk}/open/").status_code == 404
        answer = client.post(f"/notices/{notice.pk}/open/")
    assert answer.headers["Location"] == reverse("plans:project", args=[project.pk])
    assert '<span class="bell-count" aria-hidden="true">1</span>' in page(client, "/notices/")
    with scope(None):
        client.post("/notices/read/")
    assert "bell-count" not in page(client, "/notices/")
    assert read_notices(actor=cast.actor("planner")) == 0


def test_notices_cost_the_same_for_one_and_for_many(cast: Cast, office: Unit) -> None:
    client = signed_in(cast, "planner")
    project = make_project(cast.actor("director"), "โครงการ")
    ref = str(RecordRef("plans.project", str(project.pk)))
    costs = []
    for count in (1, 30, 300):
        Notice.objects.all().delete()
        now = clock.now()
        Notice.objects.bulk_create(
            [Notice(office=office, user=cast.users["planner"], kind="pages.trial", same=str(n), ref=ref, params={"actor": "x"}, made_at=now - timedelta(hours=n)) for n in range(count)]
        )
        costs.append(queries(client, "/notices/"))
    assert len(set(costs)) == 1, costs


def test_the_history_says_who_did_what_when_and_what_it_was_before(cast: Cast, office: Unit) -> None:
    from nithet.domain.plans.actions.projects import edit_project

    planner = cast.actor("planner")
    project = make_project(planner, "ชื่อเดิม")
    edit_project(actor=planner, project=project, version=project.version, title="ชื่อใหม่")
    shown = page(signed_in(cast, "director"), "/history/")
    assert "ชื่อเดิม" in shown and "ชื่อใหม่" in shown and str(clock.today().year + 543) in shown
    record = page(signed_in(cast, "supervisor"), f"/history/plans.project/{project.pk}/")
    assert "ชื่อเดิม" in record
    for name in ("planner", "school_head", "assessor", "committee_member"):
        with scope(None):
            assert signed_in(cast, name).get("/history/").status_code == 404
    for name in ("school_head", "outsider", "committee_member"):
        with scope(None):
            assert signed_in(cast, name).get(f"/history/plans.project/{project.pk}/").status_code == 404


def test_the_history_is_narrowed_by_person_kind_and_day(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"), "โครงการของแผน")
    make_project(cast.actor("director"), "โครงการของผอ")
    client = signed_in(cast, "director")
    only = page(client, f"/history/?person={cast.users['planner'].pk}")
    assert "โครงการของแผน" in only and "โครงการของผอ" not in only
    assert "โครงการของแผน" in page(client, "/history/?kind=plans.project")
    assert "โครงการของแผน" not in page(client, "/history/?kind=evidence.piece")
    year = clock.today().year + 543
    assert "โครงการของแผน" not in page(client, f"/history/?first_day=1&first_month=1&first_year={year + 1}")
    assert "โครงการของแผน" in page(client, f"/history/?first_day=1&first_month=1&first_year={year}")


def test_the_history_leaves_as_a_sheet_without_a_formula(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"), '=HYPERLINK("http://x","y")')
    with scope(None):
        answer = signed_in(cast, "director").get("/history/?as=xlsx&kind=plans.project")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows())
    assert len(rows) == 1 + AuditEvent.objects.filter(target_kind="plans.project").count()
    assert all(cell.data_type in {"s", "n", "d", "inlineStr"} for row in rows for cell in row)


def test_the_history_costs_the_same_for_few_and_for_many(cast: Cast, office: Unit) -> None:
    client = signed_in(cast, "director")
    project = make_project(cast.actor("director"), "โครงการ")
    costs = []
    for count in (1, 30, 300):
        AuditEvent.objects.bulk_create(
            [
                AuditEvent(office=office, name="project.edited", actor_user_id=cast.users["planner"].pk, actor_name="x", target_kind="plans.project", target_id=str(project.pk), at=clock.now())
                for _ in range(count)
            ]
        )
        costs.append(queries(client, "/history/?kind=plans.project"))
    assert len(set(costs)) == 1, costs
