"""Both versions are shown where two people edited one record."""

import pytest

from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.errors import Compared, Conflict
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.tenancy.models import Unit


def project(office: Unit) -> Project:
    plan = Plan.objects.create(office=office, fiscal_year=2569, title="แผน")
    return Project.objects.create(office=office, plan=plan, title="ชื่อของเขา", objective="เหมือนกัน", version=3)


def test_the_version_that_was_read_may_be_written(office: Unit) -> None:
    refuse_if_changed(project(office), version=3, new={"title": "ใหม่"})


def test_an_older_version_is_answered_with_both_texts(office: Unit) -> None:
    with pytest.raises(Conflict) as raised:
        refuse_if_changed(project(office), version=2, new={"title": "ชื่อของฉัน", "objective": "เหมือนกัน"})
    title, objective = raised.value.compared
    assert (title.theirs, title.yours, title.differs) == ("ชื่อของเขา", "ชื่อของฉัน", True)
    assert title.label != "title"
    assert not objective.differs


def test_a_single_text_is_compared_without_a_label() -> None:
    assert Conflict("x", "x", theirs="ก", yours="ข").compared == [Compared("", "ก", "ข")]


def test_a_conflict_without_versions_compares_nothing() -> None:
    assert Conflict("x", "x").compared == []
