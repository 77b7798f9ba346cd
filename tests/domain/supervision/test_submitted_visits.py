"""A filled-in standard form becomes a visit, once, however often and by however many it is sent."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece
from nithet.domain.instruments.actions.filing import SentFile, keep_sent
from nithet.domain.instruments.actions.handing_over import hand_over_submissions
from nithet.domain.instruments.actions.late_files import attach_late
from nithet.domain.instruments.actions.submissions import receive_submission
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.actions.answers import sign_visit
from nithet.domain.supervision.actions.closing import close_visit
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.domain.supervision.actions.submissions import content_now
from nithet.domain.supervision.actions.writing import write_visit
from nithet.domain.supervision.jobs import bring_files
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.content import digest_of_visit
from nithet.domain.supervision.queries.links import school_actor
from nithet.foundation.access.actors import actor_for, system_actor
from nithet.foundation.access.roles import Role
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.jobs.models import Job
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from tests.conftest import Cast, make_user
from tests.domain.record_factories import make_school, make_visit


def tiny_png(width: int = 1) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 1)).save(out, "PNG")
    return out.getvalue()


DAY = date(2026, 6, 15)
"""A Monday of semester 1/2569."""


@pytest.fixture
def school(cast: Cast, office: Unit) -> School:
    ensure_standard_forms(actor=cast.actor("supervisor"))
    return make_school(cast)


def instance(
    school: School, number: str, parts: str, *, form: str = "nithet_visit", old: str = ""
) -> bytes:
    """A filled-in form as a device sends it."""
    version = Instrument.objects.get(form_id=form).versions.get(state="published")
    deprecated = f"<orx:deprecatedID>uuid:{old}</orx:deprecatedID>" if old else ""
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{form}" version="{version.version}">'
        f"<school>directory.school:{school.pk}</school><visited_on>{DAY.isoformat()}</visited_on>{parts}"
        f"<orx:meta><orx:instanceID>uuid:{number}</orx:instanceID>{deprecated}</orx:meta></data>"
    ).encode()


SAID = (
    "<good>ครูตั้งใจ</good><think>ใช้ผลประเมินวางแผน</think><in_work>partly</in_work>"
    "<agreed><agreed_text>จัดทำแผนพัฒนา</agreed_text><agreed_owner>ครูวิชาการ</agreed_owner>"
    "<agreed_due>2026-07-31</agreed_due></agreed><signer>ผู้อำนวยการโรงเรียน</signer>"
)


def sent(
    cast: Cast, body: bytes, *, by: str = "supervisor", files: Mapping[str, bytes] | None = None
) -> Submission:
    """Take a submission in and let the job make a record of it."""
    given = [SentFile(name, data) for name, data in (files or {}).items()]
    receipt = receive_submission(actor=cast.actor(by), device=None, body=body, files=given)
    hand_over_submissions.func(cast.office.pk)
    return Submission.objects.get(pk=receipt.submission.pk)


def test_a_submission_becomes_the_planned_visit_of_that_day(cast: Cast, school: School) -> None:
    planned = make_visit(cast, school, DAY, kind="supervision", state="planned")
    kept = sent(cast, instance(school, "1", SAID))
    visit = Visit.objects.get()
    assert (visit.pk, visit.state, visit.planned_for) == (planned.pk, "done", DAY)
    assert kept.about == f"supervision.visit:{visit.pk}"
    assert {(f.kind, f.text) for f in visit.findings.all()} == {
        ("impression", "ครูตั้งใจ"),
        ("to_develop", "ใช้ผลประเมินวางแผน"),
    }
    agreed = Commitment.objects.get()
    assert (agreed.text, agreed.owner_title, agreed.due_on) == (
        "จัดทำแผนพัฒนา",
        "ครูวิชาการ",
        date(2026, 7, 31),
    )
    assert (visit.qa_in_work, visit.written_by) == ("partly", "supervisor")
    assert [(v.title, v.user_id) for v in visit.visitors.all()] == [
        ("supervisor", cast.users["supervisor"].pk)
    ]
    assert (visit.school_answer.signed_by, visit.school_answer.way) == (
        "ผู้อำนวยการโรงเรียน",
        "screen",
    )


def test_handing_the_same_submission_over_again_changes_nothing(cast: Cast, school: School) -> None:
    kept = sent(cast, instance(school, "1", SAID))
    before = (Visit.objects.get().version, Commitment.objects.count(), AuditEvent.objects.count())
    Submission.objects.filter(pk=kept.pk).update(hand_over_after=clock.now())
    hand_over_submissions.func(cast.office.pk)
    after = (Visit.objects.get().version, Commitment.objects.count())
    assert after == before[:2]
    assert Visit.objects.get().findings.count() == 2


def test_two_of_a_team_write_one_visit_and_an_edit_takes_back_only_its_own(
    cast: Cast, school: School
) -> None:
    sent(cast, instance(school, "1", SAID))
    sent(cast, instance(school, "2", "<good>สื่อพร้อม</good>"), by="director")
    visit = Visit.objects.get()
    assert [f.text for f in visit.findings.filter(kind="impression")] == ["ครูตั้งใจ", "สื่อพร้อม"]
    assert {v.title for v in visit.visitors.all()} == {"supervisor", "director"}
    sent(cast, instance(school, "3", "<good>ครูตั้งใจมาก</good>", old="1"))
    assert {f.text for f in visit.findings.all()} == {"สื่อพร้อม", "ครูตั้งใจมาก"}
    assert Commitment.objects.get().taken_back_at is not None
    assert visit.versions.count() == 2


def test_agreements_of_the_last_visit_are_answered_by_the_form(cast: Cast, school: School) -> None:
    sent(cast, instance(school, "1", SAID))
    Visit.objects.update(visited_on=date(2026, 5, 20))
    agreed = Commitment.objects.get()
    old = f"<old><agreement>commitments.commitment:{agreed.pk}</agreement><progress>done</progress></old>"
    sent(cast, instance(school, "2", old), by="director")
    agreed.refresh_from_db()
    second = Visit.objects.get(visited_on=DAY)
    assert (agreed.state, agreed.closed_by_ref) == ("done", f"supervision.visit:{second.pk}")
    assert second.agreement_checks.get().answer == "done"


def test_what_cannot_become_a_visit_waits_with_the_reason(cast: Cast, school: School) -> None:
    sent(cast, instance(school, "1", SAID))
    visit = Visit.objects.get()
    close_visit(actor=cast.actor("supervisor"), visit=visit, version=visit.version)
    waiting = sent(cast, instance(school, "2", "<good>สื่อพร้อม</good>"), by="director")
    assert (waiting.state, waiting.reason) == ("waiting", "refused")
    assert waiting.reason_words
    assert not visit.findings.filter(text="สื่อพร้อม").exists()
    future = instance(school, "3", SAID).replace(DAY.isoformat().encode(), b"2099-01-01")
    assert sent(cast, future).state == "waiting"


def test_photographs_and_the_drawn_signature_become_evidence(cast: Cast, school: School) -> None:
    parts = SAID + "<photos><photo>a.png</photo></photos><signature>s.png</signature>"
    kept = sent(
        cast, instance(school, "1", parts), files={"a.png": tiny_png(), "s.png": tiny_png(2)}
    )
    visit = Visit.objects.get()
    for _ in range(2):
        bring_files.func(kept.pk, visit.pk)
    photo = Piece.objects.get(kind="photo")
    assert photo.about == f"supervision.visit:{visit.pk}"
    assert Piece.objects.count() == 2
    visit.school_answer.refresh_from_db()
    assert visit.school_answer.signature_ref.startswith("evidence.piece:")


def test_a_late_file_does_not_put_an_old_signature_over_that_of_somebody_else(
    cast: Cast, school: School
) -> None:
    parts = SAID.replace("ผู้อำนวยการโรงเรียน", "ครูวิชาการ") + "<signature>s.png</signature>"
    kept = sent(cast, instance(school, "1", parts), files={"s.png": tiny_png(2)})
    visit = Visit.objects.get()
    bring_files.func(kept.pk, visit.pk)
    write_visit(
        actor=cast.actor("supervisor"),
        visit=visit,
        version=visit.version,
        content=replace(content_now(visit), purpose="แก้แล้ว"),
    )
    visit = Visit.objects.get()
    signed = sign_visit(
        actor=school_actor(visit, "ผู้อำนวยการโรงเรียน"),
        visit=visit,
        shown=digest_of_visit(visit),
        signed_by="ผู้อำนวยการโรงเรียน",
        way="screen",
    )
    assert signed.signature_ref == ""
    bring_files.func(kept.pk, visit.pk)
    visit.school_answer.refresh_from_db()
    assert visit.school_answer.signature_ref == ""


def test_the_committee_s_form_keeps_whose_words_they_are_and_who_wrote_them(
    cast: Cast, school: School
) -> None:
    parts = "<member>กรรมการคนที่ 1</member><impression>ผู้บริหารเอาใจใส่</impression><problem>ครูไม่ครบชั้น</problem>"
    sent(cast, instance(school, "1", parts, form="nithet_committee_visit"))
    visit = Visit.objects.get()
    assert (visit.kind, visit.written_by, visit.written_for) == (
        "committee",
        "supervisor",
        "กรรมการคนที่ 1",
    )
    assert {(v.title, v.is_companion) for v in visit.visitors.all()} == {
        ("กรรมการคนที่ 1", False),
        ("supervisor", True),
    }
    assert {f.said_by for f in visit.findings.all()} == {"กรรมการคนที่ 1"}


def test_standard_forms_are_published_once_and_an_office_s_own_wording_stays(
    cast: Cast, school: School
) -> None:
    assert {one.form_id for one in Instrument.objects.all()} == {
        "nithet_visit",
        "nithet_committee_visit",
    }
    assert ensure_standard_forms(actor=cast.actor("supervisor")) == []
    assert ensure_standard_forms(actor=system_actor("test", cast.office.pk)) == []
    version = Instrument.objects.get(form_id="nithet_visit").versions.get()
    assert version.state == "published"
    assert [one for one in version.warnings if one.get("level") == "error"] == []


@pytest.mark.parametrize("role", [Role.NETWORK_CHAIR, Role.COMMITTEE_MEMBER, Role.OUTSIDE_EXPERT])
def test_the_form_of_somebody_who_writes_no_records_becomes_a_visit_in_their_name(
    cast: Cast, school: School, role: Role
) -> None:
    user = make_user("chair", posted=[(role, cast.office)])
    form = "nithet_visit" if role == Role.NETWORK_CHAIR else "nithet_committee_visit"
    said = SAID + "<impression>ครูตั้งใจ</impression><photos><photo>a.png</photo></photos>"
    receipt = receive_submission(
        actor=actor_for(user, clock.today()),
        device=None,
        body=instance(school, "1", said, form=form),
        files=[SentFile("a.png", tiny_png())],
    )
    # A person of the office lets in what its sender may not write about; from there on it goes like any other.
    Submission.objects.filter(pk=receipt.submission.pk, state="waiting").update(
        state="accepted", reason="", school=school, hand_over_after=clock.now()
    )
    hand_over_submissions.func(cast.office.pk)
    kept = Submission.objects.get()
    visit = Visit.objects.get()
    assert (kept.state, kept.reason_words) == ("accepted", "")
    assert (visit.written_by, visit.written_by_id) == ("chair", user.pk)
    assert visit.findings.filter(text="ครูตั้งใจ").get().written_by == "chair"
    assert ("chair", user.pk) in {(v.title, v.user_id) for v in visit.visitors.all()}
    assert Commitment.objects.count() == (form == "nithet_visit")
    bring_files.func(kept.pk, visit.pk)
    if form == "nithet_visit":
        assert Piece.objects.get(kind="photo").made_by_id == user.pk


def test_an_edit_that_corrects_the_day_moves_the_visit_and_makes_no_second_one(
    cast: Cast, school: School
) -> None:
    sent(cast, instance(school, "1", SAID))
    visit = Visit.objects.get()
    body = instance(school, "2", SAID, old="1").replace(DAY.isoformat().encode(), b"2026-06-16")
    edit = sent(cast, body)
    moved = Visit.objects.get()
    assert (moved.pk, moved.visited_on) == (visit.pk, date(2026, 6, 16))
    assert (edit.state, edit.about) == ("accepted", f"supervision.visit:{visit.pk}")
    assert moved.versions.get().content["visited_on"] == DAY.isoformat()
    assert Commitment.objects.get().taken_back_at is None


def test_a_form_opened_for_a_planned_visit_becomes_it_on_the_day_it_was_made(
    cast: Cast, school: School
) -> None:
    planned = make_visit(cast, school, date(2026, 6, 10), kind="supervision", state="planned")
    other = make_visit(cast, make_school(cast, "วัดอื่น"), DAY, kind="supervision", state="planned")
    sent(cast, instance(school, "1", f"<about>supervision.visit:{planned.pk}</about>{SAID}"))
    planned.refresh_from_db()
    assert (planned.state, planned.visited_on) == ("done", DAY)
    assert planned.planned_for == date(2026, 6, 10)
    foreign = f"<about>supervision.visit:{other.pk}</about><good>ดี</good>"
    kept = sent(cast, instance(school, "2", foreign), by="director")
    other.refresh_from_db()
    assert (kept.about, other.state) == (f"supervision.visit:{planned.pk}", "planned")


def test_an_edit_gives_an_agreement_its_new_day_and_owner_and_keeps_it_the_same_one(
    cast: Cast, school: School
) -> None:
    sent(cast, instance(school, "1", SAID))
    first = Commitment.objects.get()
    later = SAID.replace("2026-07-31", "2026-08-31").replace("ครูวิชาการ", "หัวหน้าฝ่ายวิชาการ")
    sent(cast, instance(school, "2", later, old="1"))
    agreed = Commitment.objects.get()
    assert (agreed.pk, agreed.due_on, agreed.owner_title) == (
        first.pk,
        date(2026, 8, 31),
        "หัวหน้าฝ่ายวิชาการ",
    )
    Commitment.objects.update(due_on=date(2026, 9, 30))
    sent(cast, instance(school, "3", later + "<good>ดีขึ้น</good>", old="2"))
    assert Commitment.objects.get().due_on == date(2026, 9, 30)  # the edit left it as it was said


def test_a_photograph_from_the_outbox_after_the_closing_is_added_to_the_same_visit(
    cast: Cast, school: School
) -> None:
    parts = SAID + "<photos><photo>a.png</photo></photos>"
    kept = sent(cast, instance(school, "1", parts))
    Submission.objects.filter(pk=kept.pk).update(hand_over_after=clock.now())
    hand_over_submissions.func(cast.office.pk)
    visit = Visit.objects.get()
    closing = close_visit(actor=cast.actor("supervisor"), visit=visit, version=visit.version)
    Job.objects.all().delete()
    attach_late(
        actor=cast.actor("supervisor"),
        instance_id=kept.instance_id,
        sha256=kept.sha256,
        files=tuple(keep_sent([SentFile("a.png", tiny_png())])),
    )
    assert Job.objects.filter(unique_key=f"supervision:files:{kept.pk}").count() == 1
    for _ in range(2):
        bring_files.func(kept.pk, visit.pk)
    added = visit.additions.get()
    photo = Piece.objects.get(kind="photo")
    assert (added.evidence, photo.about) == (
        f"evidence.piece:{photo.pk}",
        f"supervision.visit:{visit.pk}",
    )
    assert added.added_at > closing.closed_at
    closing.refresh_from_db()
    assert closing.reopened_at is None


def on_day(body: bytes, day: date) -> bytes:
    """The same form with another day of the visit."""
    return body.replace(DAY.isoformat().encode(), day.isoformat().encode())


def plan_visit(
    cast: Cast, school: School, day: date, *, who: str = "supervisor", kind: str = "supervision"
) -> Visit:
    visit = make_visit(cast, school, day, kind=kind, state="planned")
    Visitor.objects.update_or_create(
        office=cast.office, visit=visit, title=who, defaults={"user_id": cast.users[who].pk}
    )
    return visit


def test_a_form_that_names_no_visit_becomes_the_only_one_that_its_sender_was_to_make_that_week(
    cast: Cast, school: School
) -> None:
    planned = plan_visit(cast, school, DAY + timedelta(days=7))
    kept = sent(cast, instance(school, "1", SAID))
    visit = Visit.objects.get()
    assert (visit.pk, visit.state, visit.visited_on) == (planned.pk, "done", DAY)
    assert visit.planned_for == DAY + timedelta(days=7)
    assert kept.about == f"supervision.visit:{planned.pk}"
    Submission.objects.filter(pk=kept.pk).update(hand_over_after=clock.now())
    hand_over_submissions.func(cast.office.pk)
    assert Visit.objects.get().version == visit.version


@pytest.mark.parametrize(
    ("days", "who", "kind"),
    [
        (8, "supervisor", "supervision"),
        (-8, "supervisor", "supervision"),
        (3, "director", "supervision"),
        (3, "supervisor", "committee"),
    ],
)
def test_a_visit_planned_far_away_or_for_others_or_of_another_kind_stays_planned(
    cast: Cast, school: School, days: int, who: str, kind: str
) -> None:
    planned = plan_visit(cast, school, DAY + timedelta(days=days), who=who, kind=kind)
    sent(cast, instance(school, "1", SAID))
    planned.refresh_from_db()
    assert planned.state == "planned"
    assert Visit.objects.get(state="done").visited_on == DAY


def test_where_two_visits_are_planned_near_nobody_guesses(cast: Cast, school: School) -> None:
    before, after = (plan_visit(cast, school, DAY + timedelta(days=days)) for days in (-2, 2))
    sent(cast, instance(school, "1", SAID))
    assert Visit.objects.filter(state="planned").count() == 2
    named = instance(school, "2", f"<about>supervision.visit:{after.pk}</about><good>ดี</good>")
    sent(cast, on_day(named, DAY + timedelta(days=1)))
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state) == ("planned", "done")
    assert after.visited_on == DAY + timedelta(days=1)
    assert Visit.objects.count() == 3


def test_a_form_opened_for_a_visit_that_was_cancelled_meanwhile_is_kept_as_a_visit_of_its_own(
    cast: Cast, school: School
) -> None:
    planned = plan_visit(cast, school, DAY + timedelta(days=1))
    other = plan_visit(cast, school, DAY + timedelta(days=3))
    Visit.objects.filter(pk=planned.pk).update(state="cancelled")
    kept = sent(cast, instance(school, "1", f"<about>supervision.visit:{planned.pk}</about>{SAID}"))
    done = Visit.objects.get(state="done")
    assert (kept.state, kept.about) == ("accepted", f"supervision.visit:{done.pk}")
    assert (done.visited_on, done.planned_for) == (DAY, None)
    assert done.findings.count() == 2
    other.refresh_from_db()
    assert other.state == "planned"


def test_a_device_says_beside_the_form_which_visit_it_was_opened_for(
    cast: Cast, school: School
) -> None:
    planned, other = (plan_visit(cast, school, DAY + timedelta(days=days)) for days in (1, 2))
    data = instance(school, "1", SAID)
    for _ in range(2):
        receipt = receive_submission(
            actor=cast.actor("supervisor"),
            device=None,
            body=data,
            opened_for=f"supervision.visit:{other.pk}",
        )
    assert receipt.was_new is False
    hand_over_submissions.func(cast.office.pk)
    assert set(Visit.objects.values_list("pk", "state")) == {
        (planned.pk, "planned"),
        (other.pk, "done"),
    }


def test_whoever_says_that_the_visit_was_none_of_the_plan_leaves_the_plan_as_it_is(
    cast: Cast, school: School
) -> None:
    planned = plan_visit(cast, school, DAY + timedelta(days=1))
    receive_submission(
        actor=cast.actor("supervisor"),
        device=None,
        body=instance(school, "1", SAID),
        opened_for="supervision.visit:0",
    )
    hand_over_submissions.func(cast.office.pk)
    planned.refresh_from_db()
    assert planned.state == "planned"
    assert Visit.objects.get(state="done").visited_on == DAY
