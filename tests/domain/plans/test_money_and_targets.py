"""Money by source, exact sums, targets; a figure says whose it is and of when."""

from datetime import date
from decimal import Decimal

import pytest

from nithet.domain.plans.actions.money import (
    add_budget_line,
    add_target,
    edit_budget_line,
    edit_target,
    take_back_budget_line,
    take_back_target,
)
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.queries.projects import list_projects
from nithet.domain.plans.queries.standing import lines_of, plan_of_year
from nithet.domain.plans.rules.money import Sums, add, exact
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_project

FIGURE = {"figure_source": "กลุ่มบริหารงานการเงินและสินทรัพย์", "as_at": date(2012, 6, 30)}


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    found = add([(Decimal("0.10"), None), (Decimal("0.20"), Decimal("0.30")), (None, None)])
    assert found == Sums(Decimal("0.30"), Decimal("0.30"))
    assert (found.left, found.share, found.bar) == (0, 100, 100)
    assert add([]) == Sums(Decimal(0), None)


def test_more_spent_than_planned_is_said_and_the_bar_stays_within_its_frame() -> None:
    found = add([(Decimal(100), Decimal(150))])
    assert (found.left, found.share, found.bar) == (-50, 150, 100)


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000", "NaN"])
def test_amounts_that_cannot_be_kept_are_refused(amount: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        exact(Decimal(amount), "planned")
    assert broken.value.field == "planned"


def test_sums_of_a_plan_are_exact_and_leave_out_what_was_taken_back(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    first, second = make_project(actor, "ก"), make_project(actor, "ข")
    for amount in ("286000.10", "0.20", "999999999.99"):
        add_budget_line(actor=actor, project=first, source_kind="budget", planned=Decimal(amount))
    add_budget_line(
        actor=actor,
        project=second,
        source_kind="local_government",
        planned=Decimal(50_000),
        spent=Decimal("12500.25"),
        **FIGURE,
    )
    add_budget_line(actor=actor, project=second, source_kind="labour", quantity="20 คน 1 วัน")
    wrong = add_budget_line(actor=actor, project=second, source_kind="donation", planned=Decimal(7))
    take_back_budget_line(actor=actor, line=wrong)
    shown = plan_of_year(actor, first.plan)
    assert shown.sums == Sums(Decimal("1000336000.29"), Decimal("12500.25"))
    assert [line.sums.spent for line in shown.lines] == [None, Decimal("12500.25")]


def test_money_needs_an_amount_and_goods_may_have_none(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    with pytest.raises(RuleBroken, match="planned or spent"):
        add_budget_line(actor=actor, project=project, source_kind="budget")
    with pytest.raises(RuleBroken, match="no value"):
        add_budget_line(actor=actor, project=project, source_kind="goods")
    kept = add_budget_line(actor=actor, project=project, source_kind="goods", quantity="หนังสือ 120 เล่ม")
    assert (kept.planned, kept.spent) == (None, None)


@pytest.mark.parametrize("missing", ["figure_source", "as_at"])
def test_what_was_spent_says_who_says_so_and_of_which_day(cast: Cast, office: Unit, missing: str) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    given = {**FIGURE, missing: None if missing == "as_at" else " "}
    with pytest.raises(RuleBroken) as broken:
        add_budget_line(actor=actor, project=project, source_kind="budget", spent=Decimal(1), **given)
    assert broken.value.field == missing
    with pytest.raises(RuleBroken) as broken:
        add_target(actor=actor, project=project, text="เป้า", unit="คน", achieved=Decimal(1), **given)
    assert broken.value.field == missing
    assert not BudgetLine.objects.exists()


def test_two_writers_of_one_line_do_not_overwrite_each_other(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    line = add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(100))
    edit_budget_line(actor=actor, line=line, version=1, source_kind="budget", planned=Decimal(200))
    with pytest.raises(Conflict) as conflict:
        edit_budget_line(actor=actor, line=line, version=1, source_kind="budget", planned=Decimal(300))
    assert conflict.value.params["theirs"]["planned"] == "200.00"
    assert conflict.value.params["yours"]["planned"] == "300.00"
    assert BudgetLine.objects.get().planned == 200
    target = add_target(actor=actor, project=project, text="ครบ", value=Decimal(130), unit="โรงเรียน")
    edit_target(actor=actor, target=target, version=1, text="ครบทุกโรงเรียน", value=Decimal(130), unit="โรงเรียน")
    with pytest.raises(Conflict):
        edit_target(actor=actor, target=target, version=1, text="อื่น")
    take_back_target(actor=actor, target=target)
    assert not Target.objects.get().stands
    assert [(e.name, bool(say(e))) for e in AuditEvent.objects.order_by("pk")][-4:] == [
        ("budget_line.edited", True),
        ("target.added", True),
        ("target.edited", True),
        ("target.taken_back", True),
    ]


def test_a_target_that_counts_says_what_it_counts(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    with pytest.raises(RuleBroken) as broken:
        add_target(actor=cast.actor("planner"), project=project, text="เป้า", value=Decimal(5))
    assert broken.value.field == "unit"


@pytest.mark.parametrize("person", ["administrator", "assessor", "school_head", "outsider"])
def test_others_enter_no_money(cast: Cast, office: Unit, person: str) -> None:
    project = make_project(cast.actor("planner"))
    before = AuditEvent.objects.count()
    with pytest.raises(Refused):
        add_budget_line(actor=cast.actor(person), project=project, source_kind="budget", planned=Decimal(1))
    with pytest.raises(Refused):
        add_target(actor=cast.actor(person), project=project, text="เป้า")
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("count", [1, 30])
def test_the_plan_of_a_year_costs_a_fixed_number_of_queries(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    actor = cast.actor("planner")
    for number in range(count):
        project = make_project(actor, f"โครงการ {number}")
        add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(1))
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert plan_of_year(actor, project.plan).sums.planned == count
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(lines_of(list_projects(actor, YEAR))) == count
