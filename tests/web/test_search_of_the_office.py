"""What the office's own records give the search: fresh behind every action, and nothing of anybody else."""

import pytest

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.projects import edit_project
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import actor_for
from nithet.foundation.access.roles import Role
from nithet.foundation.jobs.worker import drain
from nithet.foundation.search.indexing import rebuild
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.search.queries import Answer, search
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast, make_user
from tests.domain.record_factories import make_piece, make_project, make_school, make_visit

CANARY = "หงส์ฟ้าดงดอย"


def titles(answer: Answer) -> list[str]:
    return [one.about.title for one in answer.found]


def test_behind_every_action_the_search_is_what_a_rebuild_would_make(cast: Cast, taken_over: Round) -> None:
    assert drain().failed == 0
    assert SearchEntry.objects.count() > 150
    kinds = set(SearchEntry.objects.values_list("kind", flat=True))
    assert {"directory.school", "plans.project", "plans.activity", "evidence.piece", "supervision.visit", "assessments.narrativeparagraph", "returns.returnimport"} <= kinds
    assert rebuild() == 0


def test_a_saved_change_is_found_as_soon_as_its_job_has_run(cast: Cast, taken_over: Round) -> None:
    drain()
    project = Project.objects.order_by("pk")[0]
    planner = cast.actor("planner")
    edit_project(actor=planner, project=project, version=project.version, title=f"โครงการ{CANARY}")
    assert titles(search(planner, CANARY)) == []
    drain()
    found = search(planner, CANARY)
    assert f"โครงการ{CANARY}" in titles(found)
    assert rebuild() == 0


def test_a_finding_is_found_with_its_visit_by_the_visited_school_alone(cast: Cast, office: Unit) -> None:
    ours, theirs = make_school(cast, "วัดหนึ่ง"), make_school(cast, "วัดสอง")
    visit, other = make_visit(cast, ours), make_visit(cast, theirs)
    for one, words in ((visit, "ครูจัดมุมอ่านร่มรื่น"), (other, f"พบ{CANARY}")):
        record_finding(actor=cast.actor("supervisor"), visit=one, fiscal_year=2555, kind="impression", text=words)
    drain()
    head = actor_for(make_user("head-1", posted=[(Role.SCHOOL_HEAD, ours.unit)]), clock.today())
    hidden = search(head, CANARY)
    assert (hidden.found, hidden.has_more, hidden.kinds(), hidden.years()) == ([], False, [], [])
    assert [one.hit.kind for one in search(head, "มุมอ่าน").found] == ["supervision.visit"]
    assert titles(search(head, "วัดสอง")) == []
    assert len(search(cast.actor("supervisor"), CANARY).found) == 1


def test_a_school_finds_no_evidence_project_or_narrative_of_the_office(cast: Cast, taken_over: Round) -> None:
    drain()
    school = School.objects.select_related("unit").order_by("pk")[0]
    head = actor_for(make_user("head-2", posted=[(Role.SCHOOL_HEAD, school.unit)]), clock.today())
    own = {str(pk) for pk in Visit.objects.filter(school=school).values_list("pk", flat=True)}
    seen = [one.hit for typed in ("โรงเรียน", "การ", "น", "2555", "นิเทศ") for one in search(head, typed).found]
    assert seen
    for hit in seen:
        assert (hit.kind == "directory.school" and hit.record_id == str(school.pk)) or (hit.kind == "supervision.visit" and hit.record_id in own), hit


def test_another_office_finds_nothing_of_ours_and_we_nothing_of_theirs(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"), CANARY)
    drain()
    with scope(cast.other_office.pk):
        assert search(cast.actor("outsider"), CANARY).found == []
        make_project(cast.actor("outsider"), f"{CANARY}เขตสอง")
        drain()
        assert len(search(cast.actor("outsider"), CANARY).found) == 1
    assert titles(search(cast.actor("planner"), CANARY)) == [CANARY]


@pytest.mark.parametrize("who", ["committee_member", "assessor", "nobody"])
def test_people_who_may_read_no_projects_find_none(cast: Cast, office: Unit, who: str) -> None:
    from nithet.domain.plans.policy import visible_to

    project = make_project(cast.actor("planner"), CANARY)
    drain()
    sees = visible_to(cast.actor(who)).filter(pk=project.pk).exists() if who != "nobody" else False
    assert bool(search(cast.actor(who), CANARY).found) is sees


def test_evidence_taken_back_is_found_no_more(cast: Cast, office: Unit) -> None:
    from nithet.domain.evidence.models import Piece

    piece = make_piece(cast.actor("planner"), CANARY)
    drain()
    assert titles(search(cast.actor("planner"), CANARY)) == [CANARY]
    Piece.objects.filter(pk=piece.pk).update(taken_back_at=clock.now())
    rebuild()
    assert titles(search(cast.actor("planner"), CANARY)) == []
