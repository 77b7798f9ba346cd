"""What the records call unproven is what the paper leaves unproven."""

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.plans.queries.projects import projects_without_evidence


def test_the_two_projects_of_item_three_are_the_only_ones_without_evidence(taken_over: Round) -> None:
    assert [project.title for project in projects_without_evidence(taken_over.fiscal_year)] == [
        "โครงการโรงเรียนแกนนำจัดการเรียนร่วม",
        "โครงการพัฒนาคุณภาพการศึกษา สำหรับนักเรียนที่มีความบกพร่องทางการเรียนรู้",
    ]
