"""Records of visits: written whole, corrected as versions, closed as evidence, answered by the school."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.files import keep_file
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.supervision.actions.additions import add_late_photo
from nithet.domain.supervision.actions.agreements import AgreementDraft, Check
from nithet.domain.supervision.actions.answers import (
    answer_visit,
    read_copy,
    revoke_links,
    say_opinion,
    school_link,
    sign_visit,
)
from nithet.domain.supervision.actions.closing import close_visit, reopen_visit
from nithet.domain.supervision.actions.committee import (
    answer_as_member,
    invite_member,
    note_opened,
    revoke_invitation,
)
from nithet.domain.supervision.actions.development import StepDraft
from nithet.domain.supervision.actions.submissions import content_now
from nithet.domain.supervision.actions.visits import forget_place, note_place, withdraw_visit
from nithet.domain.supervision.actions.writing import (
    TeamMember,
    VisitContent,
    begin_visit,
    write_visit,
)
from nithet.domain.supervision.models.answers import VisitOpinion
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, VisitClosing, VisitVersion
from nithet.domain.supervision.queries.content import (
    content_of,
    digest_of_visit,
    open_agreements,
)
from nithet.domain.supervision.queries.links import (
    invitation_of,
    member_actor,
    school_actor,
    school_link_of,
)
from nithet.domain.supervision.queries.pages import opinions_of, photos_of
from nithet.domain.supervision.queries.spoken import who_count
from nithet.domain.supervision.queries.teams import people_who_visit, semester_of_member
from nithet.domain.supervision.queries.visit_facts import facts_of
from nithet.domain.supervision.rules.chain import COACHING
from nithet.domain.supervision.rules.lines import lines_of, meet, minutes_of
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast, make_user
from tests.domain.record_factories import make_edition, make_project, make_school, make_visit
from tests.domain.supervision.test_submitted_visits import tiny_png

DAY = date(2012, 6, 20)
FULL = VisitContent(
    visited_on=DAY,
    starts_at=time(9),
    ends_at=time(11, 30),
    purpose="ติดตามระบบประกันคุณภาพ",
    team=(TeamMember("ศึกษานิเทศก์"), TeamMember("ประธานเครือข่าย")),
    qa_in_work="partly",
    findings={"impression": ["ครูตั้งใจ"], "need": ["ต้องการเครื่องมือ"]},
    lesson_notes=((200, "ถามให้คิด"),),
    agreements=(AgreementDraft("จัดทำแผน", "ครูวิชาการ", date(2012, 7, 31)),),
    steps=(StepDraft("การประกันคุณภาพ", "self_review"),),
)


def written(cast: Cast, school: School | None = None, **new: object) -> Visit:
    """A visit that a supervisor wrote."""
    content = replace(FULL, **new)  # type: ignore[arg-type]
    return begin_visit(
        actor=cast.actor("supervisor"),
        school=school or make_school(cast),
        kind="supervision",
        content=content,
    )


def own_visit(cast: Cast) -> Visit:
    """A visit to the school of the cast's head."""
    return written(cast, School.objects.create(office=cast.office, unit=cast.school))


# Writing ----------------------------------------------------------------------------------------


def test_everything_a_form_says_is_saved_together_with_who_wrote_it(
    cast: Cast, office: Unit
) -> None:
    visit = written(cast)
    said = content_of(visit)
    assert [one["text"] for one in said["findings"]] == ["ครูตั้งใจ", "ต้องการเครื่องมือ"]
    assert (said["starts_at"], said["lesson_notes"]) == ("09:00", [{"at": 200, "text": "ถามให้คิด"}])
    assert said["development"][0]["words"] == "ทบทวนตนเองว่าอยู่ ณ จุดใด"
    assert (said["written_by"], said["written_for"]) == ("supervisor", "")
    assert said["agreements"] == [{"text": "จัดทำแผน", "owner": "ครูวิชาการ", "due_on": "2012-07-31"}]
    assert not VisitVersion.objects.exists()
    event = AuditEvent.objects.get(name="visit.recorded")
    assert (event.target_title, event.after["visited_on"]) == ("วัดทดสอบ", "2012-06-20")


def test_saving_the_same_again_makes_no_version_and_no_event(cast: Cast, office: Unit) -> None:
    visit = written(cast)
    before = AuditEvent.objects.count()
    same = write_visit(
        actor=cast.actor("director"), visit=visit, version=visit.version, content=content_now(visit)
    )
    assert (same.version, same.written_by) == (visit.version, "supervisor")
    assert (AuditEvent.objects.count(), VisitVersion.objects.count()) == (before, 0)


def test_a_correction_keeps_what_stood_with_its_digest_and_a_mended_line_stays_its_row(
    cast: Cast, office: Unit
) -> None:
    visit = written(cast)
    row = Finding.objects.get(text="ครูตั้งใจ")
    before, number = content_of(visit), visit.version
    content = replace(content_now(visit), findings={"impression": ["ครูตั้งใจมาก"], "need": []})
    write_visit(actor=cast.actor("director"), visit=visit, version=number, content=content)
    row.refresh_from_db()
    assert (row.text, row.written_by, Finding.objects.count()) == ("ครูตั้งใจมาก", "director", 1)
    kept = VisitVersion.objects.get()
    assert (kept.number, kept.content, kept.written_by) == (number, before, "supervisor")
    assert (kept.content_digest, kept.replaced_by) == (digest_of(before), "director")
    with pytest.raises(Conflict):
        write_visit(actor=cast.actor("planner"), visit=visit, version=number, content=content)


def test_one_office_s_needs_and_projects_and_another_school_s_stay_apart(
    cast: Cast, office: Unit
) -> None:
    visit = written(cast)
    other = make_school(cast, "วัดอื่น")
    need = record_need(
        actor=cast.actor("planner"), school=other, fiscal_year=2555, text="ครูไม่ครบชั้น"
    )
    agreed = written(cast, other)
    for new, code in (
        ({"needs": [need]}, "need.other_school"),
        ({"checks": [Check(open_agreements(other.pk)[0], "done")]}, "agreement.other_school"),
        ({"steps": [StepDraft("ก", "no_such")]}, "development.step"),
        ({"starts_at": time(12), "ends_at": time(9)}, "visit.hours"),
        ({"mode": "online", "link": ""}, "visit.link"),
        ({"visited_on": clock.today() + timedelta(days=1)}, "visit.future"),
    ):
        with pytest.raises(RuleBroken) as broken:
            write_visit(
                actor=cast.actor("supervisor"),
                visit=visit,
                version=visit.version,
                content=replace(content_now(visit), **new),
            )
        assert broken.value.code == code
    assert Visit.objects.get(pk=agreed.pk).version == agreed.version
    assert Commitment.objects.filter(state="open").count() == 2


def test_a_second_record_of_the_day_is_refused_and_a_planned_one_is_met(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast)
    planned = make_visit(cast, school, DAY, kind="supervision", state="planned", need="การประเมินผล")
    visit = written(cast, school, need="การประเมินผล")
    assert (visit.pk, visit.planned_for, visit.state) == (planned.pk, DAY, "done")
    with pytest.raises(RuleBroken) as broken:
        written(cast, school)
    assert broken.value.code == "visit.there"
    moved = written(cast, school, visited_on=DAY + timedelta(days=1))
    with pytest.raises(RuleBroken) as broken:
        write_visit(
            actor=cast.actor("supervisor"),
            visit=moved,
            version=moved.version,
            content=replace(content_now(moved), visited_on=DAY),
        )
    assert broken.value.code == "visit.there"


def test_an_agreement_is_closed_by_the_visit_that_finds_it_done_and_opens_when_that_is_taken_back(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast)
    first = written(cast, school)
    agreed = open_agreements(school.pk)[0]
    second = written(
        cast,
        school,
        visited_on=DAY + timedelta(days=30),
        agreements=(),
        checks=[Check(agreed, "done", "เห็นแผน")],
    )
    agreed.refresh_from_db()
    assert (agreed.state, agreed.closed_by_ref) == ("done", f"supervision.visit:{second.pk}")
    assert open_agreements(school.pk) == []
    content = replace(content_now(second), checks=[Check(agreed, "partly")])
    write_visit(
        actor=cast.actor("supervisor"), visit=second, version=second.version, content=content
    )
    agreed.refresh_from_db()
    assert (agreed.state, agreed.closed_by_ref) == ("open", "")
    assert [one.pk for one in open_agreements(school.pk, before=first)] == []


def test_the_chain_has_its_six_steps_in_the_author_s_order() -> None:
    words = [step.words.th.split()[0] for step in COACHING.steps]
    assert words == [
        "ตระหนัก",
        "ทบทวนตนเองว่าอยู่",
        "พาทำ",
        "นำทำ",
        "ประเมินผลการพัฒนา",
        "ควบคุมกำกับคุณภาพ",
    ]


def test_steps_of_a_topic_follow_each_other_over_several_visits(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    written(cast, school)
    second = written(
        cast,
        school,
        visited_on=DAY + timedelta(days=30),
        steps=[StepDraft("การประกันคุณภาพ", "led", "ครูนำเอง")],
    )
    topic = school.developments.get()
    assert [(one.step, one.visit_id == second.pk) for one in topic.steps.all()] == [
        ("self_review", False),
        ("led", True),
    ]


def test_lines_and_minutes_are_read_as_people_type_them() -> None:
    assert lines_of("- ก\n• ข\n\n3) ค\n- ก") == ["ก", "ข", "ค"]
    assert minutes_of("๑:๐๕ ก") == [(65, "ก")]
    with pytest.raises(RuleBroken) as broken:
        minutes_of("ไม่มีนาที")
    assert broken.value.code == "lesson.minute"
    assert meet([(1, "ก"), (2, "ข")], ["ค", "ก", "ง"]).added == ("ง",)
    assert meet([(1, "ก")], []).gone == (1,)


# Closing ----------------------------------------------------------------------------------------


def test_closing_uses_the_copy_for_the_items_that_expect_one(cast: Cast, office: Unit) -> None:
    reporting_round = open_round(
        actor=cast.actor("planner"), edition=make_edition(), fiscal_year=2555
    )
    visit = written(cast, project=make_project(cast.actor("planner")))
    closing = close_visit(actor=cast.actor("supervisor"), visit=visit, version=visit.version)
    use = Use.objects.get()
    assert (use.item, use.fiscal_year, use.edition_id) == ("5", 2555, reporting_round.edition_id)
    assert closing.content_digest == digest_of(closing.content)
    event = AuditEvent.objects.get(name="visit.closed")
    assert event.after["items"] == ["5"]
    fresh = Visit.objects.get(pk=visit.pk)
    for attempt in (
        lambda: write_visit(
            actor=cast.actor("supervisor"), visit=fresh, version=fresh.version, content=FULL
        ),
        lambda: close_visit(actor=cast.actor("supervisor"), visit=fresh, version=fresh.version),
        lambda: note_place(
            actor=cast.actor("supervisor"), visit=fresh, latitude="13", longitude="99"
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            attempt()
        assert broken.value.code == "visit.closed"


def test_reopening_needs_a_reason_and_leaves_what_was_frozen(cast: Cast, office: Unit) -> None:
    visit = written(cast)
    closing = close_visit(actor=cast.actor("supervisor"), visit=visit, version=visit.version)
    fresh = Visit.objects.get(pk=visit.pk)
    with pytest.raises(RuleBroken):
        reopen_visit(actor=cast.actor("supervisor"), visit=fresh, version=fresh.version, reason=" ")
    opened = reopen_visit(
        actor=cast.actor("supervisor"), visit=fresh, version=fresh.version, reason="แก้ชื่อ"
    )
    frozen = closing.content
    write_visit(
        actor=cast.actor("supervisor"),
        visit=opened,
        version=opened.version,
        content=replace(content_now(opened), purpose="เรื่องใหม่"),
    )
    closing.refresh_from_db()
    assert (closing.content, closing.reopened_because) == (frozen, "แก้ชื่อ")


def test_a_planned_visit_taken_back_stands_as_planned_again(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    make_visit(cast, school, DAY, kind="supervision", state="planned")
    visit = written(cast, school)
    gone = withdraw_visit(
        actor=cast.actor("supervisor"), visit=visit, version=visit.version, reason="ผิดโรงเรียน"
    )
    assert (gone.state, gone.visited_on) == ("planned", DAY)
    assert Commitment.objects.get().taken_back_at is not None
    with pytest.raises(RuleBroken) as broken:
        withdraw_visit(
            actor=cast.actor("supervisor"), visit=gone, version=gone.version, reason="อีก"
        )
    assert broken.value.code == "visit.not_made"


def test_taking_a_visit_back_opens_again_the_agreements_that_it_had_closed(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast)
    written(cast, school)
    agreed = Commitment.objects.get()
    second = written(
        cast, school, visited_on=date(2012, 7, 20), agreements=(), checks=(Check(agreed, "done"),)
    )
    agreed.refresh_from_db()
    assert agreed.state == "done"
    said = content_of(second)
    gone = withdraw_visit(
        actor=cast.actor("supervisor"), visit=second, version=second.version, reason="ผิดโรงเรียน"
    )
    agreed.refresh_from_db()
    assert (gone.state, agreed.state, agreed.closed_by_ref) == ("cancelled", "open", "")
    assert not gone.agreement_checks.exists()
    kept = VisitVersion.objects.get(visit=second)
    assert (kept.number, kept.content) == (second.version, said)
    assert said["checks"][0]["answer"] == "done"


# The school -------------------------------------------------------------------------------------


def test_a_signature_holds_for_exactly_the_words_that_were_shown(cast: Cast, office: Unit) -> None:
    visit = own_visit(cast)
    head = cast.actor("school_head")
    shown = digest_of_visit(visit)
    write_visit(
        actor=cast.actor("supervisor"),
        visit=visit,
        version=visit.version,
        content=replace(content_now(visit), purpose="เรื่องใหม่"),
    )
    visit = Visit.objects.get(pk=visit.pk)
    with pytest.raises(Conflict):
        sign_visit(actor=head, visit=visit, shown=shown)
    kept = sign_visit(actor=head, visit=visit, shown=digest_of_visit(visit))
    assert (kept.signed_by, kept.read_by) == ("school_head", "school_head")
    again = AuditEvent.objects.count()
    sign_visit(actor=head, visit=visit, shown=digest_of_visit(visit))
    assert AuditEvent.objects.count() == again


def test_two_of_a_school_answering_at_once_see_both(cast: Cast, office: Unit) -> None:
    visit = own_visit(cast)
    head = cast.actor("school_head")
    first = answer_visit(actor=head, visit=visit, version=0, words="รับทราบ")
    told = Notice.objects.get(kind="supervision.visit_answered")
    assert (told.user_id, told.ref) == (
        cast.users["supervisor"].pk,
        f"supervision.visit:{visit.pk}",
    )
    with pytest.raises(Conflict):
        answer_visit(actor=head, visit=visit, version=first.version - 1, words="อีกคำตอบ")
    assert (
        answer_visit(actor=head, visit=visit, version=first.version, words="แก้แล้ว").words == "แก้แล้ว"
    )


def test_opinions_are_counted_only_from_five_on_and_never_by_visitor(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("director")
    for number in range(5):
        visit = written(cast, make_school(cast, f"วัดที่ {number}"))
        assert opinions_of(actor, 2555).counts == {}
        say_opinion(
            actor=school_actor(visit, "ครู"),
            visit=visit,
            fitted_need="yes",
            gave_way="partly" if number else "no",
            helped_kindly="yes",
        )
    found = opinions_of(actor, 2555)
    assert (found.n, found.of, found.counts["gave_way"]) == (5, 5, (0, 4, 1))
    said = AuditEvent.objects.filter(name="visit.opinion_said")
    assert all("partly" not in str(one.after) for one in said)


def test_links_open_their_own_visit_only_and_end(cast: Cast, office: Unit) -> None:
    visit, other = written(cast), written(cast, make_school(cast, "วัดอื่น"))
    actor = cast.actor("supervisor")
    link = school_link(actor=actor, visit=visit)
    assert school_link(actor=actor, visit=visit).pk == link.pk
    with scope(None):
        assert school_link_of(link.code.upper()) == link
    with pytest.raises(Refused):
        answer_visit(actor=school_actor(visit, "ครู"), visit=other, version=0, words="ก")
    revoke_links(actor=actor, visit=visit)
    with scope(None):
        assert school_link_of(link.code) is None
    assert school_link(actor=actor, visit=visit).code != link.code


# The committee ----------------------------------------------------------------------------------


def invited(cast: Cast, *visits: Visit, title: str = "กรรมการ 1"):  # type: ignore[no-untyped-def]
    return invite_member(actor=cast.actor("supervisor"), visits=visits, title=title)


def test_members_answer_side_by_side_and_only_visits_of_their_invitation(
    cast: Cast, office: Unit
) -> None:
    visit = make_visit(cast, make_school(cast), clock.today(), state="planned")
    other = make_visit(cast, make_school(cast, "วัดอื่น"), clock.today(), state="planned")
    first, second = invited(cast, visit), invited(cast, visit, title="กรรมการ 2")
    for one in (first, second):
        answer_as_member(
            actor=member_actor(one),
            visit=visit,
            title=one.title,
            answers={"impression": [f"จาก {one.title}"]},
        )
    assert {(f.said_by, f.text) for f in visit.findings.all()} == {
        ("กรรมการ 1", "จาก กรรมการ 1"),
        ("กรรมการ 2", "จาก กรรมการ 2"),
    }
    assert Visit.objects.get(pk=visit.pk).state == "done"
    with pytest.raises(Refused):
        answer_as_member(actor=member_actor(first), visit=other, title="กรรมการ 1", answers={})
    note_opened(actor=member_actor(first), invitation=first)
    with scope(None):
        assert invitation_of(first.code) is not None
    revoke_invitation(actor=cast.actor("supervisor"), invitation=first)
    with scope(None):
        assert invitation_of(first.code) is None


def test_a_visit_whose_day_has_not_come_is_not_answered(cast: Cast, office: Unit) -> None:
    visit = make_visit(cast, make_school(cast), clock.today() + timedelta(days=3), state="planned")
    one = invited(cast, visit)
    with pytest.raises(RuleBroken) as broken:
        answer_as_member(
            actor=member_actor(one), visit=visit, title=one.title, answers={"need": ["ก"]}
        )
    assert broken.value.code == "visit.not_yet"
    with pytest.raises(RuleBroken) as broken:
        invite_member(
            actor=cast.actor("supervisor"),
            visits=[written(cast, make_school(cast, "ข"))],
            title="ก",
        )
    assert broken.value.code == "invitation.kind"


def test_an_opinion_says_that_the_school_has_read_the_copy(cast: Cast, office: Unit) -> None:
    visit = own_visit(cast)
    head = cast.actor("school_head")
    say_opinion(actor=head, visit=visit, fitted_need="yes", gave_way="yes", helped_kindly="yes")
    visit.refresh_from_db()
    first = visit.school_answer.read_at
    assert (first is not None, visit.school_answer.read_by) == (True, "school_head")
    read_copy(actor=head, visit=visit)
    visit.school_answer.refresh_from_db()
    assert visit.school_answer.read_at == first


# Who may ----------------------------------------------------------------------------------------


def test_a_network_chair_writes_the_visits_on_which_they_went_and_no_others(
    cast: Cast, office: Unit
) -> None:
    user = make_user("chair", posted=[(Role.NETWORK_CHAIR, office)])
    chair = actor_for(user, clock.today())
    assert user.pk in {
        one.user_id for one in people_who_visit(cast.actor("supervisor"), clock.today())
    }
    mine = written(cast, team=(TeamMember("ประธานเครือข่าย", user_id=user.pk),))
    other = written(cast, make_school(cast, "วัดอื่น"))
    content = replace(content_now(mine), purpose="แก้โดยประธานเครือข่าย")
    kept = write_visit(actor=chair, visit=mine, version=mine.version, content=content)
    assert kept.written_by == "chair"
    with pytest.raises(Refused):
        write_visit(actor=chair, visit=other, version=other.version, content=content)


Attempt = Callable[[Actor, Visit], object]
WRITES: dict[str, Attempt] = {
    "begin": lambda actor, visit: begin_visit(
        actor=actor, school=visit.school, kind="supervision", content=FULL
    ),
    "write": lambda actor, visit: write_visit(actor=actor, visit=visit, version=1, content=FULL),
    "close": lambda actor, visit: close_visit(actor=actor, visit=visit, version=1),
    "reopen": lambda actor, visit: reopen_visit(actor=actor, visit=visit, version=1, reason="ก"),
    "withdraw": lambda actor, visit: withdraw_visit(
        actor=actor, visit=visit, version=1, reason="ก"
    ),
    "place": lambda actor, visit: note_place(
        actor=actor, visit=visit, latitude="13", longitude="99"
    ),
    "forget": lambda actor, visit: forget_place(actor=actor, visit=visit),
    "link": lambda actor, visit: school_link(actor=actor, visit=visit),
    "revoke": lambda actor, visit: revoke_links(actor=actor, visit=visit),
    "invite": lambda actor, visit: invite_member(actor=actor, visits=[visit], title="ก"),
    "member": lambda actor, visit: answer_as_member(
        actor=actor, visit=visit, title="ก", answers={}
    ),
}
SAYS: dict[str, Attempt] = {
    "read": lambda actor, visit: read_copy(actor=actor, visit=visit),
    "answer": lambda actor, visit: answer_visit(actor=actor, visit=visit, version=0, words="ก"),
    "sign": lambda actor, visit: sign_visit(actor=actor, visit=visit, shown="0" * 64),
    "opinion": lambda actor, visit: say_opinion(
        actor=actor, visit=visit, fitted_need="yes", gave_way="yes", helped_kindly="yes"
    ),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(
    "person", ["administrator", "committee_member", "school_head", "outsider", "nobody"]
)
def test_nobody_else_writes_records_and_each_no_has_a_reason(
    cast: Cast, office: Unit, person: str, name: str
) -> None:
    visit = own_visit(cast)
    before = AuditEvent.objects.count()
    # A director of another office may invite, but never to visits of this one.
    is_theirs = (person, name) == ("outsider", "invite")
    with pytest.raises(RuleBroken if is_theirs else Refused) as refused:
        WRITES[name](cast.actor(person), visit)
    assert is_theirs or refused.value.verdict.words  # type: ignore[attr-defined]
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize(
    "person", ["supervisor", "director", "committee_member", "outsider", "nobody"]
)
def test_only_the_school_speaks_for_the_school(
    cast: Cast, office: Unit, person: str, name: str
) -> None:
    visit = own_visit(cast)
    before = AuditEvent.objects.count()
    with pytest.raises(Refused) as refused:
        SAYS[name](cast.actor(person), visit)
    assert refused.value.verdict.words
    assert (AuditEvent.objects.count(), VisitOpinion.objects.count()) == (before, 0)


# What the school changes and what comes late -----------------------------------------------------


def test_an_answer_changed_after_the_signature_keeps_what_it_said_and_the_office_is_told(
    cast: Cast, office: Unit
) -> None:
    visit, head = own_visit(cast), cast.actor("school_head")
    first = answer_visit(actor=head, visit=visit, version=0, words="เห็นด้วย")
    sign_visit(actor=head, visit=visit, shown=digest_of_visit(visit))
    first.refresh_from_db()
    answer_visit(
        actor=school_actor(visit, "ครูวิชาการ"),
        visit=visit,
        version=first.version,
        words="ขอเวลาอีกหนึ่งเดือน",
        answered_by="ครูวิชาการ",
    )
    answer = visit.school_answer
    answer.refresh_from_db()
    kept = answer.versions.get()
    assert (kept.number, kept.words, kept.answered_by) == (1, "เห็นด้วย", "school_head")
    assert (answer.words, answer.answered_by) == ("ขอเวลาอีกหนึ่งเดือน", "ครูวิชาการ")
    kinds = list(Notice.objects.order_by("pk").values_list("kind", flat=True))
    assert "supervision.visit_answer_changed" in kinds
    said = facts_of(cast.actor("supervisor"), visit).school_words
    assert said.startswith("ขอเวลาอีกหนึ่งเดือน (คำตอบฉบับที่ 2")


def test_after_the_closing_the_school_adds_and_changes_nothing(cast: Cast, office: Unit) -> None:
    visit, head = own_visit(cast), cast.actor("school_head")
    answer_visit(actor=head, visit=visit, version=0, words="เห็นด้วย")
    closing = close_visit(actor=cast.actor("supervisor"), visit=visit, version=visit.version)
    before = (closing.content, closing.content_digest)
    for _ in range(2):
        answer_visit(actor=head, visit=visit, version=0, words="ทำเสร็จแล้วก่อนกำหนด")
    added = visit.additions.get()
    assert (added.number, added.kind, added.content["words"]) == (1, "words", "ทำเสร็จแล้วก่อนกำหนด")
    assert added.closing_id == closing.pk and len(added.content_digest) == 64
    closing.refresh_from_db()
    assert (closing.content, closing.content_digest) == before
    visit.school_answer.refresh_from_db()
    assert (visit.school_answer.words, visit.school_answer.versions.count()) == ("เห็นด้วย", 0)
    assert "เพิ่มเติม" in facts_of(cast.actor("supervisor"), visit).school_words


def test_a_drawn_signature_is_kept_as_evidence_beside_the_name(cast: Cast, office: Unit) -> None:
    visit = own_visit(cast)
    kept = sign_visit(
        actor=school_actor(visit, "ผู้อำนวยการโรงเรียน"),
        visit=visit,
        shown=digest_of_visit(visit),
        signed_by="ผู้อำนวยการโรงเรียน",
        way="link",
        drawn=keep_file("signature.png", tiny_png(), "image/png"),
    )
    piece = Piece.objects.get(pk=int(kept.signature_ref.partition(":")[2]))
    assert (piece.media_type, piece.kind, piece.about) == ("image/png", "other", "")
    assert photos_of(visit) == []
    assert AuditEvent.objects.get(name="visit.signed").after["drawn"] == piece.file_sha256


def test_a_late_photograph_is_an_addition_to_the_closed_visit(cast: Cast, office: Unit) -> None:
    visit, writer = own_visit(cast), cast.actor("supervisor")
    with pytest.raises(RuleBroken):
        add_late_photo(actor=writer, visit=visit, piece=photo_about(cast, "plans.project:1"))
    photo = photo_about(cast, f"supervision.visit:{visit.pk}")
    assert add_late_photo(actor=writer, visit=visit, piece=photo) is None  # not closed yet
    closing = close_visit(actor=writer, visit=visit, version=visit.version)
    for _ in range(2):
        add_late_photo(actor=writer, visit=visit, piece=photo)
    added = visit.additions.get()
    assert (added.kind, added.evidence) == ("photo", f"evidence.piece:{photo.pk}")
    assert added.content["sha256"] == photo.file_sha256
    assert closing.content_digest == VisitClosing.objects.get(visit=visit).content_digest
    with pytest.raises(Refused):
        add_late_photo(actor=cast.actor("school_head"), visit=visit, piece=photo)


def photo_about(cast: Cast, about: str) -> Piece:
    """A photograph kept about a record; about none where that is unknown."""
    known = about if about.startswith("supervision") else ""
    return bring_piece(
        actor=cast.actor("supervisor"),
        title=f"ภาพ {about}",
        kind="photo",
        about=known,
        kept=keep_file("a.png", tiny_png(len(about)), "image/png"),
    )


# Whose words a committee visit holds -------------------------------------------------------------


def test_a_committee_visit_saved_without_a_word_stays_planned_and_counts_for_nobody(
    cast: Cast, office: Unit
) -> None:
    day = clock.today()
    visit = make_visit(cast, make_school(cast), day, state="planned")
    content = VisitContent(
        visited_on=day, team=(TeamMember("กรรมการ 1"), TeamMember("กรรมการ 2"))
    )
    writer = cast.actor("supervisor")
    saved = write_visit(actor=writer, visit=visit, version=visit.version, content=content)
    assert (saved.state, saved.written_at, saved.visitors.count()) == ("planned", None, 2)
    assert not who_count().exists() or semester_of(cast, "กรรมการ 1") == 0
    spoken = replace(content, said_by="กรรมการ 1", findings={"impression": ["สะอาด"]})
    saved = write_visit(actor=writer, visit=saved, version=saved.version, content=spoken)
    assert (saved.state, saved.written_for) == ("done", "กรรมการ 1")
    assert [one.title for one in who_count().filter(visit=saved)] == ["กรรมการ 1"]
    with pytest.raises(RuleBroken) as broken:
        begin_visit(
            actor=writer,
            school=make_school(cast, "วัดอื่น"),
            kind="committee",
            content=content,
        )
    assert broken.value.code == "visit.no_words"
    assert Visit.objects.filter(kind="committee").count() == 1


def semester_of(cast: Cast, title: str) -> int:
    """How many schools a member has visited in the semester of today."""
    return semester_of_member(cast.office.pk, None, title, clock.today()).schools


def test_an_empty_answer_of_a_member_is_no_answer(cast: Cast, office: Unit) -> None:
    visit = make_visit(cast, make_school(cast), clock.today(), state="planned")
    one = invited(cast, visit)
    with pytest.raises(RuleBroken) as broken:
        answer_as_member(
            actor=member_actor(one), visit=visit, title=one.title, answers={"need": []}
        )
    assert broken.value.code == "visit.no_answer"
    visit.refresh_from_db()
    assert (visit.state, visit.visitors.count()) == ("planned", 0)
