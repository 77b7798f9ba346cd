"""A whole office leaves one installation and lives on in another."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import proposals_of, standing_of
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.evidence.models import Piece
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.models.review import PlanVersion
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import find_by_token, is_intact, read_docx, read_pdf
from nithet.domain.reviews.models.folders import Folder
from nithet.foundation.access.models import Invitation, Posting
from nithet.foundation.accounts.models import User
from nithet.foundation.audit.chain import check_chain
from nithet.foundation.audit.models import AuditEvent, AuditHead
from nithet.foundation.audit.queries import history_of
from nithet.foundation.files.store import read_blob
from nithet.foundation.jobs.worker import drain
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.actions import open_office
from nithet.foundation.transfer.carried import check_carried
from nithet.foundation.transfer.container import opened
from nithet.foundation.transfer.exporting import write_office
from nithet.foundation.transfer.models import CarriedEvent
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.foundation.transfer.canonical import canonical, files_of, stray_references
from tests.foundation.transfer.living import PDF, live

pytestmark = pytest.mark.django_db(transaction=True)


def export(office_id: int, path: Path) -> Path:
    with path.open("w+b") as out:
        write_office(office_id, out)
    return path


def test_a_lively_office_is_the_same_in_its_new_home(
    cast: Cast, taken_over: Round, data: Path, tmp_path: Path, move_out: Callable[[], Unit]
) -> None:
    office_id = cast.office.pk
    with scope(office_id):
        issued = live(cast, taken_over)
        judgement = standing_of(taken_over)
        proposals = {key: one.is_done for key, one in proposals_of(taken_over).items()}
        papers = read_docx(issued), read_pdf(issued)
        project_title = Project.objects.order_by("pk")[0].title
    first = export(office_id, tmp_path / "first.zip")
    assert export(office_id, tmp_path / "again.zip").read_bytes() != b""
    with opened(first) as box:
        assert stray_references(box) == set()
        assert b"argon2" not in first.read_bytes()
        secret = [json.loads(line) for line in box.lines("data/accounts.user.jsonl")]
    assert all("password" not in one and "last_login" not in one for one in secret)

    strange = move_out()
    result = open_office(first)
    new = Unit.objects.get(pk=result.office_id)
    assert new.pk != office_id
    assert new.name == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1"
    assert [(one.was, one.now) for one in result.renamed] == [("director", "director-2")]
    assert not any(user.has_usable_password() for user in User.objects.filter(access_postings__unit=new))
    assert not Invitation.objects.filter(office=new, accepted_at=None).exists()

    with scope(new.pk):
        reporting_round = Round.objects.get()
        assert reporting_round.pk != taken_over.pk or new.pk != office_id
        there = standing_of(reporting_round)
        assert (there.digest, there.report) == (judgement.digest, judgement.report)
        assert {key: one.is_done for key, one in proposals_of(reporting_round).items()} == proposals
        again = IssuedReturn.objects.get()
        assert (read_docx(again), read_pdf(again)) == papers
        assert is_intact(again)
        project = Project.objects.get(title=project_title)
        piece = Piece.objects.get(title="คำสั่งแต่งตั้งคณะทำงาน")
        assert piece.about == f"plans.project:{project.pk}"
        assert read_blob("evidence", piece.file_sha256) == PDF
        commitment = Commitment.objects.get(text="จัดทำปฏิทินการนิเทศ")
        supervisor = User.objects.get(username="supervisor")
        assert commitment.owner_user_id == supervisor.pk
        assert commitment.about == f"plans.project:{project.pk}"
        assert commitment.arose_from.startswith(f"assessments.item:{reporting_round.pk}/")
        member = CommitteeMember.objects.get(title="ประธานกรรมการ")
        assert member.user is not None and member.user.username == "director-2"
        assert Folder.objects.get().addressee_id == member.user.pk
        plan = Plan.objects.get(pk=project.plan_id)
        approved = PlanVersion.objects.get()
        assert approved.digest == digest_of(approved.content) == digest_of(content_of(plan))
        assert history_of(new.pk, "plans.project", str(project.pk)).exists()

        # The history holds in its new chain, and the chain from before can still be checked, and both notice a change.
        assert list(check_chain(new.pk)) == []
        assert list(check_carried(new.pk)) == []
        assert CarriedEvent.objects.count() == AuditEvent.objects.filter(office=new).count() - 1
        changed = CarriedEvent.objects.filter(place=3).get()
        CarriedEvent.objects.filter(pk=changed.pk).update(their_target=f"{changed.their_target}0")
        assert [fault.kind for fault in check_carried(new.pk)] == ["digest"]
        CarriedEvent.objects.filter(pk=changed.pk).update(their_target=changed.their_target)
    assert find_by_token(issued.token) is not None

    # A second export says the same; so nothing was lost or changed on the way.
    second = export(new.pk, tmp_path / "second.zip")
    before, after = canonical(first), canonical(second)
    for row in after["accounts.user"]:
        row["username"] = row["username"].removesuffix("-2")
    assert before.keys() == after.keys()
    for label in before:
        assert before[label] == after[label], label
    assert files_of(first) == files_of(second)
    assert sum(len(rows) for rows in before.values()) > 500

    # The stranger is as before, and the same file is not opened twice, whatever the office is called by now.
    assert Posting.objects.filter(unit=strange).count() == 8
    with pytest.raises(RuleBroken) as here:
        open_office(first)
    assert here.value.code == "transfer.office_is_here"
    Unit.objects.filter(pk=new.pk).update(name="เขตที่เปลี่ยนชื่อ")
    with pytest.raises(RuleBroken) as known:
        open_office(first)
    assert known.value.code == "transfer.records_are_here"

    # The search is made anew by the job that the opening queued.
    assert drain().failed == 0
    with scope(new.pk):
        assert SearchEntry.objects.filter(kind="plans.project", record_id=str(project.pk)).exists()

    # And it moves once more, with both chains from before.
    third = export(new.pk, tmp_path / "third.zip")
    move_out()
    last = open_office(third)
    with scope(last.office_id):
        assert list(check_carried(last.office_id)) == []
        assert list(check_chain(last.office_id)) == []
        assert Round.objects.count() == 1


def test_nothing_is_left_behind_when_a_record_cannot_be_written(
    cast: Cast, data: Path, tmp_path: Path, move_out: Callable[[], Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(cast.office.pk, tmp_path / "file.zip")
    move_out()
    before = (Unit.objects.count(), User.objects.count(), AuditEvent.objects.count(), AuditHead.objects.count())
    from nithet.foundation.transfer import opening

    def broken(self: object, given: object) -> None:
        raise RuleBroken("test.broken", "The machine stopped here.")

    monkeypatch.setattr(opening.Opener, "write_history", broken)
    with pytest.raises(RuleBroken, match="stopped here"):
        open_office(path)
    assert before == (Unit.objects.count(), User.objects.count(), AuditEvent.objects.count(), AuditHead.objects.count())


def test_the_same_office_is_the_same_file(cast: Cast, data: Path, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from nithet.kernel import clock

    with clock.fixed(datetime(2026, 11, 22, 3, tzinfo=UTC)):
        one = export(cast.office.pk, tmp_path / "one.zip").read_bytes()
        two = export(cast.office.pk, tmp_path / "two.zip").read_bytes()
    assert one == two
    assert connection.vendor in {"sqlite", "postgresql"}
