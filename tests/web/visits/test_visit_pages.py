"""The pages of visits as supervisors, schools and committee members use them."""

import base64
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.domain.supervision.models.answers import SchoolAnswer, VisitOpinion
from nithet.domain.supervision.models.invitations import CommitteeInvitation
from nithet.domain.supervision.models.visits import (
    Visit,
    VisitClosing,
    VisitNeed,
    Visitor,
    VisitPlace,
)
from nithet.foundation.access.roles import Role
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.web.visits.waiting import _to_close, _to_write
from tests.conftest import Cast, make_user
from tests.domain.record_factories import make_school, make_visit
from tests.domain.supervision.test_submitted_visits import tiny_png
from tests.web.routes.visits import record_body


@pytest.fixture
def supervisor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["supervisor"])
    return client


def opened(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def own_school(office: Unit, cast: Cast) -> School:
    return School.objects.create(office=office, unit=cast.school)


def recorded(client: Client, school: School, **more: str) -> Visit:
    """Record a visit on the page and return it."""
    with scope(None):
        sent = client.post(f"{reverse('visits:record')}?school={school.pk}", record_body(**more))
        assert sent.status_code == 302, re.sub(r"<[^>]+>", " ", sent.content.decode())[-3000:]
    return Visit.objects.get(pk=int(re.search(r"/visits/(\d+)/", sent.headers["Location"])[1]))  # type: ignore[index]


def test_a_visit_is_recorded_on_one_page_with_findings_and_an_agreement(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    with scope(None):
        page = supervisor.get(f"{reverse('visits:record')}?school={school.pk}").content.decode()
    assert "วัดทดสอบ" in page
    assert "ยกเว้นข้อตกลงที่เขียนไว้ต้องระบุผู้รับผิดชอบ" in page
    visit = recorded(supervisor, school)
    assert (visit.state, visit.visited_on, visit.planned_for) == ("done", clock.today(), None)
    assert [f.text for f in visit.findings.filter(kind="impression")] == ["ครูตั้งใจ", "สื่อพร้อม"]
    agreed = Commitment.objects.get(arose_from=f"supervision.visit:{visit.pk}")
    assert (agreed.kind, agreed.owner_title, agreed.about) == (
        "promise",
        "ครูวิชาการ",
        f"directory.school:{school.pk}",
    )
    with scope(None):
        shown = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "สื่อพร้อม" in shown
    assert "จัดทำแผนพัฒนาคุณภาพ" in shown


def test_the_next_visit_asks_first_what_became_of_the_agreement_whoever_makes_it(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    first = recorded(supervisor, school)
    yesterday = clock.today() - timedelta(days=1)
    Visit.objects.filter(pk=first.pk).update(visited_on=yesterday)
    agreed = Commitment.objects.get(arose_from=f"supervision.visit:{first.pk}")
    director = opened(cast, "director")
    address = f"{reverse('visits:record')}?school={school.pk}"
    with scope(None):
        page = director.get(address).content.decode()
        assert page.index("ครั้งก่อนตกลงไว้ 1 เรื่อง") < page.index("จัดทำแผนพัฒนาคุณภาพ")
        body = record_body(
            **{f"check-{agreed.pk}-answer": "done", f"check-{agreed.pk}-note": "เห็นแผนแล้ว"}
        )
        assert director.post(address, body).status_code == 302
    agreed.refresh_from_db()
    second = Visit.objects.get(school=school, visited_on=clock.today())
    assert (agreed.state, agreed.closed_by_ref) == ("done", f"supervision.visit:{second.pk}")


def test_a_chair_who_saves_a_visit_leaves_the_needs_that_it_serves(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    need = record_need(
        actor=cast.actor("planner"), school=school, fiscal_year=2555, text="ครูไม่ครบชั้น"
    )
    visit = make_visit(cast, school, clock.today(), kind="supervision")
    VisitNeed.objects.create(office=office, visit=visit, need=need)
    user = make_user("chair", posted=[(Role.NETWORK_CHAIR, office)])
    Visitor.objects.create(office=office, visit=visit, title="ประธานเครือข่าย", user_id=user.pk)
    chair = Client()
    chair.force_login(user)
    address = reverse("visits:write", args=[visit.pk])
    with scope(None):
        page = chair.get(address).content.decode()
        box = re.search(rf'<input[^>]*name="needs"[^>]*value="{need.pk}"[^>]*>', page)
        assert box is not None and "checked" in box[0]
        body = record_body(version=str(visit.version), needs=str(need.pk))
        assert chair.post(address, body).status_code == 302
    assert [one.need_id for one in visit.needs_served.all()] == [need.pk]


def test_the_slower_of_two_writers_is_shown_both_versions_and_old_ones_stay(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    address = reverse("visits:write", args=[visit.pk])
    agreed = Commitment.objects.get(arose_from=f"supervision.visit:{visit.pk}")
    kept = {"version": str(visit.version), "agreement-0-key": str(agreed.pk)}
    with scope(None):
        faster = supervisor.post(address, record_body(**kept, finding_impression="แก้แล้ว"))
        slower = supervisor.post(address, record_body(**kept, finding_impression="ช้ากว่า"))
        old = supervisor.get(reverse("visits:version", args=[visit.pk, visit.version]))
    assert (faster.status_code, slower.status_code, old.status_code) == (302, 409, 200)
    assert "สื่อพร้อม" in old.content.decode()
    assert [f.text for f in visit.findings.filter(kind="impression")] == ["แก้แล้ว"]
    assert Commitment.objects.filter(taken_back_at__isnull=True).count() == 1


def test_closing_freezes_the_visit_as_evidence_and_reopening_asks_why(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    version = {"version": str(visit.version)}
    with scope(None):
        closed = supervisor.post(reverse("visits:close", args=[visit.pk]), version)
        assert closed.status_code == 302
        refused = supervisor.post(reverse("visits:write", args=[visit.pk]), record_body(**version))
    closing = VisitClosing.objects.get(visit=visit)
    piece = Piece.objects.get(about=f"supervision.visit:{visit.pk}")
    assert (piece.kind, piece.media_type, closing.evidence) == (
        "visit_copy",
        "application/pdf",
        f"evidence.piece:{piece.pk}",
    )
    assert closing.content["findings"][0]["text"] == "ครูตั้งใจ"
    assert refused.status_code == 422
    visit.refresh_from_db()
    reopen = reverse("visits:reopen", args=[visit.pk])
    with scope(None):
        silent = supervisor.post(reopen, {"version": str(visit.version), "reason": " "})
        said = supervisor.post(reopen, {"version": str(visit.version), "reason": "แก้ชื่อ"})
    assert (silent.status_code, said.status_code) == (422, 302)
    visit.refresh_from_db()
    closing.refresh_from_db()
    assert (visit.closed_at, closing.reopened_because) == (None, "แก้ชื่อ")
    with scope(None):
        supervisor.post(reverse("visits:close", args=[visit.pk]), {"version": str(visit.version)})
    assert piece.files.count() == 2
    assert Piece.objects.count() == 1


def test_a_form_that_a_visit_uses_is_filled_in_from_its_page(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    version = ensure_standard_forms(actor=cast.actor("supervisor"))[0]
    school = make_school(cast)
    visit = recorded(supervisor, school, instruments=str(version.instrument_id))
    with scope(None):
        page = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert f"#/record/{version.pk}.{school.pk}" in page


def test_the_school_answers_signs_and_says_what_it_thinks(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, own_school(office, cast))
    head = opened(cast, "school_head")
    with scope(None):
        page = head.get(reverse("visits:visit", args=[visit.pk])).content.decode()
        sign = reverse("visits:school_sign", args=[visit.pk])
        assert sign in page and "อ่านและลงนาม" in page
        shown = re.search(r'name="shown" value="(\w{64})"', head.get(sign).content.decode())[1]  # type: ignore[index]
        head.post(
            reverse("visits:school_answer", args=[visit.pk]), {"version": "0", "words": "ขอบคุณครับ"}
        )
        head.post(reverse("visits:school_sign", args=[visit.pk]), {"shown": shown})
        said = {"fitted_need": "yes", "gave_way": "partly", "helped_kindly": "yes"}
        head.post(reverse("visits:school_opinion", args=[visit.pk]), said)
        again = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
        counted = supervisor.get(reverse("visits:opinions")).content.decode()
    answer = visit.school_answer
    assert (answer.words, answer.way, answer.signed_by_id) == (
        "ขอบคุณครับ",
        "account",
        cast.users["school_head"].pk,
    )
    assert "ขอบคุณครับ" in again
    assert visit.opinion.gave_way == "partly"
    event = AuditEvent.objects.get(name="visit.opinion_said")
    assert "partly" not in str(event.after)
    assert "เห็นด้วยบางส่วน" not in counted  # one answer alone is not shown


def test_a_correction_after_the_signature_is_told(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, own_school(office, cast))
    agreed = Commitment.objects.get(arose_from=f"supervision.visit:{visit.pk}")
    with scope(None):
        screen = reverse("visits:sign_on_screen", args=[visit.pk])
        shown = re.search(
            r'name="shown" value="(\w{64})"', supervisor.get(screen).content.decode()
        )[1]  # type: ignore[index]
        supervisor.post(screen, {"shown": shown, "signed_by": "ผู้อำนวยการโรงเรียน"})
        before = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
        body = record_body(
            version=str(visit.version),
            finding_need="ต้องการครู",
            **{"agreement-0-key": str(agreed.pk)},
        )
        assert supervisor.post(reverse("visits:write", args=[visit.pk]), body).status_code == 302
        after = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
        late = supervisor.post(screen, {"shown": shown, "signed_by": "ผู้อำนวยการโรงเรียน"})
    assert "แก้ไขหลังโรงเรียนลงนาม" not in before
    assert "แก้ไขหลังโรงเรียนลงนาม" in after
    assert late.status_code == 409


def test_the_link_on_the_slip_opens_one_visit_without_an_account_until_it_is_ended(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    with scope(None):
        supervisor.post(reverse("visits:make_link", args=[visit.pk]))
    code = visit.school_links.get().code
    address, outside = reverse("visits:school_link", args=[code]), Client()
    with scope(None):
        page = outside.get(address).content.decode()
        assert "สื่อพร้อม" in page
        assert outside.head(address).status_code == 200
        assert not has_read(cast, visit)  # a preview of the link reads nothing
        assert outside.post(address, {"do": "read"}).status_code == 302
        assert has_read(cast, visit)
        assert 'value="read"' not in outside.get(address).content.decode()
        shown = re.search(r'name="shown" value="(\w{64})"', page)[1]  # type: ignore[index]
        nameless = outside.post(address, {"do": "sign", "shown": shown, "signed_by": ""})
        signed = outside.post(address, {"do": "sign", "shown": shown, "signed_by": "ครูวิชาการ"})
        answered = outside.post(
            address, {"do": "answer", "version": "1", "words": "รับทราบ", "signed_by": "ครูวิชาการ"}
        )
        assert (nameless.status_code, signed.status_code) == (422, 302)
        assert answered.status_code in (302, 409)
        assert (
            outside.get(reverse("visits:visit", args=[visit.pk])).status_code == 302
        )  # to the way in
        supervisor.post(reverse("visits:end_links", args=[visit.pk]))
        assert outside.get(address).status_code == 404
        assert outside.get(reverse("visits:school_link", args=["a" * 16])).status_code == 404
    visit.refresh_from_db()
    assert (visit.school_answer.signed_by, visit.school_answer.way) == ("ครูวิชาการ", "link")
    assert AuditEvent.objects.get(name="visit.signed").actor_user_id is None


def test_a_committee_member_answers_four_questions_by_a_link_and_sees_how_many_schools(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    visit = make_visit(cast, school, clock.today(), state="planned")
    body = {
        "title": "กรรมการคนที่ 1",
        "visits": [str(visit.pk)],
        "companion": "ศึกษานิเทศก์",
        "companion_telephone": "032 000 000",
    }
    with scope(None):
        made = supervisor.post(reverse("visits:invite"), body)
        assert made.status_code == 302, made.content.decode()[-2000:]
        text = supervisor.get(made.headers["Location"]).content.decode()
        address = re.search(r"http://testserver(/visits/m/\w+/)", text)[1]  # type: ignore[index]
        member = Client()
        with scope(cast.office.pk):  # as the plan names the member who is to go
            Visitor.objects.create(office=cast.office, visit=visit, title="กรรมการคนที่ 1")
        page = member.get(address).content.decode()
        assert "032 000 000" in page
        assert "ได้รับคำตอบของท่านแล้ว" not in page
        assert member.head(address).status_code == 200
        assert not has_opened(cast)  # a preview of the link reads nothing
        assert member.post(address).status_code == 302
        assert has_opened(cast)
        listed = supervisor.get(reverse("visits:invitations")).content.decode()
        assert "เปิดอ่านแล้ว" in listed and "ตอบแล้ว" not in listed
        with scope(cast.office.pk):
            CommitteeInvitation.objects.update(opened_at=None)
        one = f"{address}{visit.pk}/"
        questions = member.get(one).content.decode()
        assert questions.count("<textarea") == 4
        # Hidden where the page has a button of its own for dictation.
        assert '<span class="without-dictation">กดรูปไมโครโฟน' in questions
        empty = member.post(one, {"impression": " "})
        assert empty.status_code == 422 and "อย่างน้อยหนึ่งข้อ" in empty.content.decode()
        member.post(one, {"impression": "ผู้บริหารเอาใจใส่", "problem": "ครูไม่ครบชั้น"})
        arrived = member.get(one).content.decode()
        assert "สำนักงานเขตได้รับคำตอบของท่านแล้ว" in arrived
        assert arrived.count("ผู้บริหารเอาใจใส่") == 2  # as it arrived, and in the box to be changed
        assert has_opened(cast)  # whoever answers has read
        listed = supervisor.get(reverse("visits:invitations")).content.decode()
        assert "ตอบแล้ว 1 จาก 1 ครั้ง" in listed and "เปิดอ่านแล้ว" not in listed
        after = member.get(address).content.decode()
        assert "ได้รับคำตอบของท่านแล้ว" in after and "ครูไม่ครบชั้น" in after
        other = make_other_visit(cast)
        assert member.get(f"{address}{other.pk}/").status_code == 404
    visit.refresh_from_db()
    assert visit.state == "done"
    assert visit.visitors.get().title == "กรรมการคนที่ 1"
    assert {f.said_by for f in visit.findings.all()} == {"กรรมการคนที่ 1"}
    assert ("1 โรงเรียน" in after) == ("ภาคเรียนนี้ท่านเยี่ยมแล้ว" in after)


def has_read(cast: Cast, visit: Visit) -> bool:
    with scope(cast.office.pk):
        return SchoolAnswer.objects.filter(visit=visit, read_at__isnull=False).exists()


def has_opened(cast: Cast) -> bool:
    with scope(cast.office.pk):
        return CommitteeInvitation.objects.get().opened_at is not None


def make_other_visit(cast: Cast) -> Visit:
    with scope(cast.office.pk):
        return make_visit(cast, make_school(cast, "วัดอื่น"), clock.today())


def test_a_companion_writes_for_a_member_and_both_are_told_apart(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = make_visit(cast, make_school(cast), clock.today())
    address = f"{reverse('visits:write', args=[visit.pk])}?for=กรรมการคนที่ 1"
    body = record_body(
        version=str(visit.version), said_by="กรรมการคนที่ 1", **{"agreement-0-text": ""}
    )
    with scope(None):
        assert supervisor.post(address, body).status_code == 302
    visit.refresh_from_db()
    finding = visit.findings.filter(kind="impression").first()
    assert finding is not None
    assert (finding.said_by, finding.written_by) == ("กรรมการคนที่ 1", "supervisor")
    assert (visit.written_by, visit.written_for) == ("supervisor", "กรรมการคนที่ 1")
    assert {v.title for v in visit.visitors.all()} >= {"กรรมการคนที่ 1"}


def test_place_is_kept_only_when_the_button_is_pressed_and_stands_in_no_sheet(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    assert not hasattr(visit, "place")
    address = reverse("visits:place", args=[visit.pk])
    with scope(None):
        supervisor.post(address, {"latitude": "x", "longitude": "99"})
        assert not kept_place(cast, visit)
        supervisor.post(address, {"latitude": "13.11190", "longitude": "99.94470"})
        page = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
        assert "13.11190" in page
        sheet = supervisor.get(f"{reverse('visits:visits')}?as=xlsx")
        assert b"13.11190" not in sheet.content if hasattr(sheet, "content") else True
        supervisor.post(address, {"forget": "1"})
    assert not hasattr(Visit.objects.get(pk=visit.pk), "place")
    assert "13.1" not in str(list(AuditEvent.objects.values_list("after", flat=True)))


def kept_place(cast: Cast, visit: Visit) -> bool:
    with scope(cast.office.pk):
        return VisitPlace.objects.filter(visit=visit).exists()


def test_a_mistaken_record_is_taken_back_with_what_was_agreed(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    with scope(None):
        sent = supervisor.post(
            reverse("visits:withdraw", args=[visit.pk]),
            {"version": str(visit.version), "reason": "ผิดโรงเรียน"},
        )
    assert sent.status_code == 302
    visit.refresh_from_db()
    assert visit.state == "cancelled"
    assert Commitment.objects.get().taken_back_at is not None


@pytest.mark.parametrize("count", [1, 30, 300])
def test_the_list_costs_a_fixed_number_of_questions(
    cast: Cast, office: Unit, supervisor: Client, django_assert_max_num_queries: object, count: int
) -> None:
    school = make_school(cast)
    rows = [
        Visit(
            office=office,
            school=school,
            kind="supervision",
            state="done",
            visited_on=date(2012, 1, 1) + timedelta(days=n),
        )
        for n in range(count)
    ]
    Visit.objects.bulk_create(rows)
    with scope(None):
        supervisor.get(reverse("visits:visits"))
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            assert supervisor.get(reverse("visits:visits")).status_code == 200


def test_the_task_to_close_leads_to_the_visits_that_it_counts(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    first, second = make_school(cast, "โรงเรียนที่หนึ่ง"), make_school(cast, "โรงเรียนที่สอง")
    written = {recorded(supervisor, first).pk, recorded(supervisor, second).pk}
    make_visit(cast, first, clock.today() - timedelta(days=400), kind="supervision")
    task = _to_close(cast.actor("supervisor"))
    assert task is not None
    assert task.count == 2
    with scope(None):
        listed = supervisor.get(task.url)
    assert {row.pk for row in listed.context["page"]} == written


# Signing ------------------------------------------------------------------------------------------


def drawing() -> str:
    """A drawn signature as the page sends it."""
    return "data:image/png;base64," + base64.b64encode(tiny_png(3)).decode()


def signing_body(page: str, **more: str) -> dict[str, str]:
    shown = re.search(r'name="shown" value="(\w{64})"', page)[1]  # type: ignore[index]
    return {"shown": shown, "signed_by": "ผู้อำนวยการโรงเรียน", "position": "ผอ.", **more}


def test_the_signing_page_shows_what_is_signed_without_a_menu_and_keeps_everything_at_once(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    before = recorded(supervisor, school)
    Visit.objects.filter(pk=before.pk).update(visited_on=clock.today() - timedelta(days=30))
    agreed = Commitment.objects.get()
    visit = recorded(
        supervisor,
        school,
        qa_seen="มีปฏิทินประกัน",
        **{f"check-{agreed.pk}-answer": "partly", "agreement-0-text": "เปิดชั้นเรียน"},
    )
    screen = reverse("visits:sign_on_screen", args=[visit.pk])
    with scope(None):
        page = supervisor.get(screen).content.decode()
        assert "<nav" not in page and "data-sign-pad" in page
        for words in ("จัดทำแผนพัฒนาคุณภาพ", "บางส่วน", "เปิดชั้นเรียน", "มีปฏิทินประกัน", "ไม่ใช่การรับรอง"):
            assert words in page, words
        half = supervisor.post(screen, signing_body(page, fitted_need="yes", words="ขอบคุณครับ"))
        assert half.status_code == 422 and "ขอบคุณครับ" in half.content.decode()
        assert "ตอบครบสามข้อ หรือเลือกไม่ตอบทั้งสามข้อ" in page
        for name in ("fitted_need", "gave_way", "helped_kindly"):  # an answer can be taken back
            none = re.search(rf'<input[^>]*name="{name}" value=""[^>]*>', page)
            assert none is not None and "checked" in none[0], name
        paper = "data:image/png;base64," + base64.b64encode(b"%PDF-1.7 a paper").decode()
        for drawn in ("data:text/html;base64,AAAA", paper):
            broken = supervisor.post(screen, signing_body(page, drawn=drawn))
            assert broken.status_code == 422
        said = {"fitted_need": "yes", "gave_way": "yes", "helped_kindly": "partly"}
        whole = signing_body(page, words="ขอบคุณครับ", drawn=drawing(), **said)
        assert supervisor.post(screen, whole).status_code == 302
        shown = supervisor.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    visit.refresh_from_db()
    answer = visit.school_answer
    assert (answer.signed_by, answer.words, answer.way) == (
        "ผู้อำนวยการโรงเรียน ผอ.",
        "ขอบคุณครับ",
        "screen",
    )
    assert visit.opinion.helped_kindly == "partly"
    piece = Piece.objects.get(pk=int(answer.signature_ref.partition(":")[2]))
    assert piece.media_type == "image/png"
    assert reverse("evidence:picture", args=[piece.pk, 1]) in shown


def test_a_school_that_chooses_no_answer_to_all_three_questions_still_signs(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    screen = reverse("visits:sign_on_screen", args=[visit.pk])
    with scope(None):
        page = supervisor.get(screen).content.decode()
        none = {"fitted_need": "", "gave_way": "", "helped_kindly": ""}
        assert supervisor.post(screen, signing_body(page, **none)).status_code == 302
    visit.refresh_from_db()
    assert visit.school_answer.signed_at is not None
    assert not VisitOpinion.objects.filter(visit=visit).exists()


def test_making_the_link_of_the_school_leads_to_the_card_that_shows_it(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    with scope(None):
        for more, name in (({}, "visits:leaving"), ({"next": "visit"}, "visits:visit")):
            sent = supervisor.post(reverse("visits:make_link", args=[visit.pk]), more)
            assert sent.headers["Location"] == f"{reverse(name, args=[visit.pk])}#link"
            shown = supervisor.get(sent.headers["Location"]).content.decode()
            assert "ลิงก์ให้โรงเรียนพร้อมแล้ว" in shown
            assert re.search(r"/visits/s/\w+/", shown[shown.index('id="link"') :])


def test_the_page_of_a_visit_says_a_need_once_that_stands_in_its_own_words_too(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    need = record_need(
        actor=cast.actor("planner"), school=school, fiscal_year=2555, text="ครูไม่ครบชั้น"
    )
    visit = make_visit(cast, school, clock.today(), kind="supervision")
    VisitNeed.objects.create(office=office, visit=visit, need=need)
    address = reverse("visits:visit", args=[visit.pk])
    for own, shown in (
        ("ครูไม่ครบชั้น", "<dd>ครูไม่ครบชั้น</dd>"),
        ("สื่อไม่พอ", "<dd>ครูไม่ครบชั้น; สื่อไม่พอ</dd>"),
    ):
        Visit.objects.filter(pk=visit.pk).update(need=own)
        with scope(None):
            assert shown in supervisor.get(address).content.decode()


def test_a_record_corrected_while_the_school_reads_comes_back_with_what_was_typed(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, make_school(cast))
    with scope(None):
        supervisor.post(reverse("visits:make_link", args=[visit.pk]))
    address = reverse("visits:school_link", args=[visit.school_links.get().code])
    outside = Client()
    with scope(None):
        body = signing_body(outside.get(address).content.decode(), do="sign", words="เห็นด้วย")
        with scope(cast.office.pk):
            visit.findings.filter(text="สื่อพร้อม").update(text="สื่อพร้อมมาก")
        back = outside.post(address, body)
        page = back.content.decode()
        assert back.status_code == 409
        assert "เห็นด้วย" in page and "สื่อพร้อมมาก" in page
        assert (
            outside.post(address, signing_body(page, do="sign", words="เห็นด้วย")).status_code == 302
        )
    visit.refresh_from_db()
    assert visit.school_answer.words == "เห็นด้วย"


def test_an_answer_with_a_fault_comes_back_with_its_words(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = recorded(supervisor, own_school(office, cast))
    head = opened(cast, "school_head")
    long = "ยาว" * 1400
    with scope(None):
        sent = head.post(
            reverse("visits:school_answer", args=[visit.pk]), {"version": "0", "words": long}
        )
    assert sent.status_code == 422 and long in sent.content.decode()


# The next step ------------------------------------------------------------------------------------


def primary(page: str) -> str:
    """The words of the one primary action of a page."""
    found = re.search(r'<a class="btn btn-primary[^"]*"[^>]*>(.*?)</a>', page, re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip() if found else ""


def test_the_page_of_a_visit_leads_to_what_comes_next(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = own_school(office, cast)
    later = make_visit(
        cast, school, clock.today() + timedelta(days=5), kind="supervision", state="planned"
    )
    first = recorded(supervisor, school)
    with scope(None):
        planned = supervisor.get(reverse("visits:visit", args=[later.pk])).content.decode()
        assert primary(planned) == "เอกสารก่อนออกนิเทศ"
        assert "จัดทำแผนพัฒนาคุณภาพ" in planned and "ฝ่ายโรงเรียน" not in planned
        assert reverse("supervision_reports:brief", args=[school.pk]) in planned
        address = reverse("visits:visit", args=[first.pk])
        assert primary(supervisor.get(address).content.decode()) == "ก่อนกลับ"
        head = opened(cast, "school_head")
        assert primary(head.get(address).content.decode()) == "อ่านและลงนาม"
        sign = reverse("visits:school_sign", args=[first.pk])
        head.post(sign, signing_body(head.get(sign).content.decode()))
        assert primary(supervisor.get(address).content.decode()) == "ปิดการนิเทศ"
        supervisor.post(reverse("visits:make_link", args=[first.pk]))
        with scope(cast.office.pk):
            version = str(Visit.objects.get(pk=first.pk).version)
        supervisor.post(reverse("visits:close", args=[first.pk]), {"version": version})
        closed = supervisor.get(address).content.decode()
        assert primary(closed) == "เอกสารจากการนิเทศ"
        assert "/visits/s/" in closed and "ใช้เป็นหลักฐานของ" in closed
        head.post(
            reverse("visits:school_answer", args=[first.pk]), {"version": "0", "words": "ทำเสร็จแล้ว"}
        )
        assert "เพิ่มเติมหลังปิดบันทึก" in supervisor.get(address).content.decode()


def test_a_committee_visit_saved_empty_says_that_it_is_not_recorded_yet(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    visit = make_visit(cast, make_school(cast), clock.today(), state="planned")
    address = reverse("visits:write", args=[visit.pk])
    body = record_body(version=str(visit.version), **{"agreement-0-text": ""})
    with scope(None):
        empty = {**body, "finding_impression": "", "others": "กรรมการ 1"}
        said = supervisor.post(address, empty, follow=True).content.decode()
        assert "ยังไม่นับว่าบันทึกการตรวจเยี่ยม" in said
        with scope(cast.office.pk):
            visit.refresh_from_db()
        full = {**body, "version": str(visit.version), "said_by": "กรรมการ 1"}
        said = supervisor.post(address, full, follow=True).content.decode()
    assert "บันทึกการตรวจเยี่ยมแล้ว" in said


def test_a_planned_visit_whose_day_has_passed_waits_for_whoever_was_to_go(
    cast: Cast, office: Unit, supervisor: Client
) -> None:
    school = make_school(cast)
    today = clock.today()
    for days in (3, 1, 0, -2):
        planned = make_visit(cast, school, kind="supervision")
        day = today - timedelta(days=days)
        Visit.objects.filter(pk=planned.pk).update(state="planned", visited_on=day)
        Visitor.objects.create(
            office=office, visit=planned, title="ศึกษานิเทศก์", user_id=cast.users["supervisor"].pk
        )
    waits = _to_write(cast.actor("supervisor"))
    assert waits
    assert (waits.count, waits.due) == (2, today - timedelta(days=3))
    assert _to_write(cast.actor("planner")) is None
    with scope(None):
        page = supervisor.get(waits.url).content.decode()
    assert page.count("ยังไม่ได้บันทึกผล") == 2
