"""Papers of visits: made from the record, one for several, numbered, printed, scanned; photo news approved."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from nithet.domain.commitments.actions import make_commitment
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.printouts import file_scan
from nithet.domain.evidence.files import keep_file
from nithet.domain.evidence.models import Piece, Printout
from nithet.domain.papers.actions.papers import bring_back, mark_signed, take_back_paper
from nithet.domain.papers.kinds import example_of, kinds
from nithet.domain.papers.queries import newest_of, read_version
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.actions.visit_news import approve_news, write_news
from nithet.domain.supervision.actions.visit_papers import (
    make_papers,
    make_visit_paper,
    make_visit_paper_again,
    number_visit_paper,
    print_visit_paper,
)
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.development import Development, DevelopmentStep
from nithet.domain.supervision.models.visit_papers import VisitNews, VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import digest_of_visit
from nithet.domain.supervision.queries.paper_kinds import KINDS
from nithet.domain.supervision.queries.visit_facts import facts_of
from nithet.domain.supervision.queries.visit_news import find_news, is_approved, picture_of
from nithet.domain.supervision.queries.visit_papers import (
    cards_of,
    find_visit_paper,
    papers_of,
    visits_for_papers,
)
from nithet.domain.supervision.rules.chain import COACHING
from nithet.domain.supervision.rules.paper_facts import VisitFacts
from nithet.domain.supervision.rules.paper_results import line_text, report_words
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.documents.pdf.write import word_as_pdf
from nithet.foundation.documents.templates.filling import problems_of
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.papers.samples import a_docx, a_pdf, a_photo
from tests.domain.record_factories import YEAR, make_school, make_visit

MAY_NOT = ["administrator", "committee_member", "assessor", "school_head", "nobody"]


def words_of(data: bytes) -> str:
    """Every word of a Word file, tables and foot too."""
    opened = docx.Document(BytesIO(data))
    whole = "".join(t.text or "" for t in opened.element.body.iter(f"{W}t"))
    return whole + "".join(t.text or "" for t in opened.sections[0].footer._element.iter(f"{W}t"))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def a_visit(
    cast: Cast, school: str = "วัดทดสอบ", day: date = date(2012, 5, 24), **fields: Any
) -> Visit:
    """A supervision visit that was carried out, with who went, a finding and an agreement."""
    fields = {"kind": "supervision", "visitors": ["ศึกษานิเทศก์ กลุ่ม 1"], **fields}
    visit = make_visit(cast, make_school(cast, school), day, **fields)
    actor = cast.actor("supervisor")
    record_finding(
        actor=actor, fiscal_year=YEAR, kind="impression", text="ครูเปิดชั้นเรียน", visit=visit
    )
    make_commitment(
        actor=actor,
        kind="promise",
        text="เปิดคลินิกการอ่าน",
        owner_title="หัวหน้าวิชาการ",
        due_on=date(2012, 6, 30),
        about=RecordRef("directory.school", str(visit.school_id)),
        arose_from=RecordRef("supervision.visit", str(visit.pk)),
    )
    return visit


def a_photo_of(cast: Cast, visit: Visit, title: str = "ภาพที่ 1", colour: str = "#6a8") -> Piece:
    """A photograph kept with a visit."""
    kept = keep_file("photo.jpg", a_photo(colour=colour))
    return bring_piece(
        actor=cast.actor("supervisor"),
        title=title,
        kind="photo",
        about=f"supervision.visit:{visit.pk}",
        kept=kept,
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_shipped_template_asks_only_for_what_its_kind_gives_and_becomes_a_pdf(
    kind: Any,
) -> None:
    assert problems_of(kind.shipped(), kind.known) == []
    assert kind.code in kinds()
    assert example_of(kind)
    assert word_as_pdf(kind.shipped()).startswith(b"%PDF-")


@pytest.mark.parametrize("card", ["order", "travel", "letter", "report", "copy", "slip", "news"])
def test_each_paper_is_made_from_the_record_and_not_from_who_makes_it(
    cast: Cast, office: Unit, card: str
) -> None:
    visit = a_visit(cast)
    link = make_visit_paper(
        actor=cast.actor("planner"), visit=visit, card=card, address="https://nithet.example"
    )
    words = words_of(read_version(newest_of(link.paper)))
    assert "วัดทดสอบ" in words
    assert "planner" not in words
    assert link.paper.made_by.startswith("planner")
    if card not in {"order", "letter"}:
        assert "ศึกษานิเทศก์ กลุ่ม 1" in words
    if card in {"report", "copy", "slip", "news"}:
        assert "ครูเปิดชั้นเรียน" in words
        assert "เปิดคลินิกการอ่าน" in words
    event = AuditEvent.objects.get(name="visit_paper.made")
    assert (event.target_kind, event.after["card"]) == ("supervision.visit", card)


def test_what_is_not_recorded_is_a_dotted_line(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast, visitors=[])
    actor = cast.actor("supervisor")
    order = make_visit_paper(actor=actor, visit=visit, card="order")
    words = words_of(read_version(newest_of(order.paper)))
    assert "เรื่อง ......" in words
    assert "supervisor" not in words
    report = make_visit_paper(actor=actor, visit=visit, card="report")
    assert "เวลา ................ น." in words_of(read_version(newest_of(report.paper)))


def test_before_the_visit_there_are_only_papers_that_send_the_team(
    cast: Cast, office: Unit
) -> None:
    visit = make_visit(cast, make_school(cast), kind="supervision", state="planned")
    assert cards_of(visit) == ["order", "travel", "letter"]
    with pytest.raises(RuleBroken) as broken:
        make_visit_paper(actor=cast.actor("supervisor"), visit=visit, card="report")
    assert broken.value.code == "visit_paper.not_yet"
    with pytest.raises(RuleBroken):
        make_visit_paper(actor=cast.actor("supervisor"), visit=visit, card="nothing")


@pytest.mark.parametrize("name", MAY_NOT)
def test_who_makes_no_papers_is_refused_and_sees_none(cast: Cast, office: Unit, name: str) -> None:
    visit = a_visit(cast)
    link = make_visit_paper(actor=cast.actor("supervisor"), visit=visit, card="copy")
    actor = cast.actor(name)
    with pytest.raises(Refused):
        make_visit_paper(actor=actor, visit=visit, card="copy")
    with pytest.raises(Refused):
        number_visit_paper(actor=actor, link=link, version=1, number="1")
    with pytest.raises(Refused):
        make_papers(actor=actor, visits=[visit], card="letter")
    if name != "administrator":
        assert papers_of(actor, visit)["copy"] == []


def test_one_order_sends_the_teams_of_several_schools(cast: Cast, office: Unit) -> None:
    visits = [
        a_visit(cast, "วัดหนึ่ง", date(2012, 5, 24)),
        a_visit(cast, "วัดสอง", date(2012, 5, 25), visitors=["ศึกษานิเทศก์ กลุ่ม 2"]),
    ]
    actor = cast.actor("supervisor")
    links = make_papers(actor=actor, visits=visits, card="order")
    assert len({one.paper_id for one in links}) == 1
    words = words_of(read_version(newest_of(links[0].paper)))
    for part in (
        "โรงเรียนวัดหนึ่ง",
        "โรงเรียนวัดสอง",
        "ศึกษานิเทศก์ กลุ่ม 1",
        "ศึกษานิเทศก์ กลุ่ม 2",
        "24 – 25 พฤษภาคม 2555",
    ):
        assert part in words
    assert all(papers_of(actor, visit)["order"] for visit in visits)
    letters = make_papers(actor=actor, visits=visits, card="letter")
    assert len({one.paper_id for one in letters}) == 2
    event = AuditEvent.objects.filter(name="visit_paper.many_made").order_by("pk").first()
    assert event is not None
    assert (event.after["count"], event.after["papers"]) == (2, 1)


def test_an_order_never_mixes_the_two_kinds_of_visits(cast: Cast, office: Unit) -> None:
    visits = [a_visit(cast, "วัดหนึ่ง"), a_visit(cast, "วัดสอง", kind="committee")]
    with pytest.raises(RuleBroken) as broken:
        make_papers(actor=cast.actor("supervisor"), visits=visits, card="order")
    assert broken.value.code == "visit_papers.kinds"
    with pytest.raises(RuleBroken):
        make_papers(actor=cast.actor("supervisor"), visits=[], card="order")


def test_number_and_day_are_set_into_the_paper_and_later_papers_name_the_order(
    cast: Cast, office: Unit
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    order = make_visit_paper(actor=actor, visit=visit, card="order")
    number_visit_paper(
        actor=actor, link=order, version=1, number="34/2555", dated=date(2012, 5, 20)
    )
    order.paper.refresh_from_db()
    words = words_of(read_version(newest_of(order.paper)))
    assert "34/2555" in words
    assert "20 พฤษภาคม 2555" in words
    letter = make_visit_paper(actor=actor, visit=visit, card="letter")
    assert "คำสั่งที่ 34/2555" in words_of(read_version(newest_of(letter.paper)))
    with pytest.raises(Conflict):
        number_visit_paper(actor=actor, link=order, version=1, number="35/2555")


def test_what_came_back_from_word_is_not_written_over_by_a_number(cast: Cast, office: Unit) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    link = make_visit_paper(actor=actor, visit=visit, card="report")
    edited = a_docx("ฉบับที่แก้ในเวิร์ด")
    bring_back(actor=actor, paper=link.paper, version=1, data=edited)
    link.paper.refresh_from_db()
    number_visit_paper(actor=actor, link=link, version=2, number="ศธ 1/9")
    assert read_version(newest_of(link.paper)) == edited
    link.paper.refresh_from_db()
    make_visit_paper_again(actor=actor, link=link, version=link.paper.version)
    assert "ศธ 1/9" in words_of(read_version(newest_of(link.paper)))


def test_who_printed_is_kept_and_the_scan_of_the_signed_page_marks_the_card(
    cast: Cast, office: Unit
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    link = make_visit_paper(actor=actor, visit=visit, card="copy")
    link = print_visit_paper(actor=cast.actor("planner"), link=link, version=1)
    assert link.printed_by.startswith("planner")
    (made,) = papers_of(actor, visit)["copy"]
    assert made.state == "printed"
    printout = Printout.objects.get(code=link.paper.printout_code)
    assert printout.kind == "visit_copy"
    piece = file_scan(actor=actor, printout=printout, kept=keep_file("scan.pdf", a_pdf("ลงนาม")))
    (made,) = papers_of(actor, visit)["copy"]
    assert (made.state, made.scan_id) == ("signed", piece.pk)
    assert piece.about == f"supervision.visit:{visit.pk}"


def test_a_signed_paper_is_not_made_again(cast: Cast, office: Unit) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    link = make_visit_paper(actor=actor, visit=visit, card="report")
    mark_signed(actor=actor, paper=link.paper, version=1)
    link.paper.refresh_from_db()
    with pytest.raises(RuleBroken) as broken:
        make_visit_paper_again(actor=actor, link=link, version=link.paper.version)
    assert broken.value.code == "paper.signed"


def test_a_paper_taken_back_leaves_its_card(cast: Cast, office: Unit) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    link = make_visit_paper(actor=actor, visit=visit, card="slip")
    take_back_paper(actor=actor, paper=link.paper)
    assert papers_of(actor, visit)["slip"] == []


def test_cards_cost_the_same_queries_whatever_the_papers(
    cast: Cast, office: Unit, django_assert_num_queries: Any
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    make_visit_paper(actor=actor, visit=visit, card="copy")
    for card in ("order", "travel", "letter", "report", "slip"):
        make_visit_paper(actor=actor, visit=visit, card=card)
    with django_assert_num_queries(3):
        found = papers_of(actor, visit)
        assert [bool(found[card]) for card in found] == [True] * 6 + [False]
        assert [made[0].newest.number for made in found.values() if made] == [1] * 6


def test_another_office_finds_neither_the_visits_nor_the_papers(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    link = make_visit_paper(actor=cast.actor("supervisor"), visit=visit, card="copy")
    outsider = cast.actor("outsider")
    assert visits_for_papers(outsider, [visit.pk]) == []
    assert find_visit_paper(outsider, visit, link.pk) is None


# Photo news --------------------------------------------------------------------------------


def news_of(cast: Cast, visit: Visit, *photos: Piece, **fields: Any) -> VisitNews:
    """Write the news of a visit."""
    given: dict[str, Any] = {
        "version": 0,
        "headline": "นิเทศโรงเรียนวัดทดสอบ",
        "words": "ศึกษานิเทศก์ร่วมแลกเปลี่ยนเรียนรู้กับครู",
        "shows_children": False,
        **fields,
    }
    return write_news(
        actor=cast.actor("supervisor"), visit=visit, photos=[one.pk for one in photos], **given
    )


def test_news_waits_for_approval_and_its_picture_is_kept_as_evidence(
    cast: Cast, office: Unit
) -> None:
    visit = a_visit(cast)
    photos = [
        a_photo_of(cast, visit, f"ภาพ {n}", colour) for n, colour in enumerate(("#6a8", "#86a"))
    ]
    news = news_of(cast, visit, *photos)
    actor = cast.actor("director")
    assert not is_approved(actor, news)
    assert picture_of(actor, news).is_draft
    approved = approve_news(actor=actor, news=news, version=1)
    assert is_approved(actor, approved)
    piece = Piece.objects.get(pk=int(approved.picture.partition(":")[2]))
    assert (piece.kind, piece.about) == ("photo_report", f"supervision.visit:{visit.pk}")
    changed = news_of(cast, visit, *photos, version=approved.version, words="ข่าวที่แก้ใหม่")
    assert not is_approved(actor, changed)
    assert AuditEvent.objects.filter(name="visit_news.approved").count() == 1


def test_the_square_picture_is_1080_by_1080(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    photos = [a_photo_of(cast, visit, f"ภาพ {n}", f"#{n}a8") for n in range(4)]
    news = approve_news(actor=cast.actor("director"), news=news_of(cast, visit, *photos), version=1)
    piece = Piece.objects.get(pk=int(news.picture.partition(":")[2]))
    from nithet.domain.evidence.files import open_file

    with open_file(piece) as file, Image.open(BytesIO(file.read())) as drawn:
        assert drawn.size == (1080, 1080)


def test_faces_of_children_need_a_word_on_consent(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    photo = a_photo_of(cast, visit)
    with pytest.raises(RuleBroken) as broken:
        news_of(cast, visit, photo, shows_children=True)
    assert broken.value.code == "visit_news.consent"
    news = news_of(cast, visit, photo, shows_children=True, consent="แฟ้มหนังสือยินยอมของโรงเรียน")
    paper = make_visit_paper(actor=cast.actor("supervisor"), visit=visit, card="news").paper
    assert news.shows_children
    assert paper.shows_children


def test_photographs_of_another_visit_are_not_taken(cast: Cast, office: Unit) -> None:
    visit, other = a_visit(cast, "วัดหนึ่ง"), a_visit(cast, "วัดสอง")
    news = news_of(cast, visit, a_photo_of(cast, other))
    assert news.photos == []


def test_only_leaders_and_heads_of_groups_approve(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    news = news_of(cast, visit)
    for name in ("supervisor", "planner", *MAY_NOT):
        with pytest.raises(Refused):
            approve_news(actor=cast.actor(name), news=news, version=1)
    for name in MAY_NOT:
        with pytest.raises(Refused):
            write_news(
                actor=cast.actor(name),
                visit=visit,
                version=1,
                headline="ก",
                words="ข",
                photos=[],
                shows_children=False,
            )
        if name != "administrator":
            assert find_news(cast.actor(name), visit) is None


def test_two_writers_of_one_news_do_not_overwrite_each_other(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    news_of(cast, visit)
    with pytest.raises(Conflict):
        news_of(cast, visit, headline="อีกคนหนึ่ง")
    with pytest.raises(RuleBroken):
        news_of(cast, visit, version=1, headline=" ")
    with pytest.raises(RuleBroken):
        news_of(cast, visit, version=1, words="ก" * 901)


def test_a_link_names_its_paper(cast: Cast, office: Unit) -> None:
    link = make_visit_paper(actor=cast.actor("supervisor"), visit=a_visit(cast), card="copy")
    assert str(link) == link.paper.title
    assert VisitPaper.Card(link.card).label


def codes_in(data: bytes) -> set[str]:
    """What the QR codes of a Word file say."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        pictures = [opened.read(n) for n in opened.namelist() if n.startswith("word/media/")]
    return {
        code.text
        for one in pictures
        for code in zxingcpp.read_barcodes(Image.open(BytesIO(one)).convert("L"))
    }


def test_the_slip_alone_bears_the_link_of_the_school_and_the_text_for_a_group_asks_for_sign_in(
    cast: Cast, office: Unit
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    address = "https://nithet.example.go.th"
    found = {}
    for card in ("slip", "copy", "report"):
        made = make_visit_paper(actor=actor, visit=visit, card=card, address=address)
        found[card] = codes_in(read_version(newest_of(made.paper)))
        assert "/visits/s/" not in str(newest_of(made.paper).data)
    link = visit.school_links.get()
    school = f"{address}/visits/s/{link.code}/"
    assert school in found["slip"] and any("/p/" in one for one in found["slip"])
    for card in ("copy", "report"):
        assert len(found[card]) == 1 and school not in found[card]
    text = line_text(facts_of(actor, visit), f"{address}/visits/{visit.pk}/")
    assert "/visits/s/" not in text


def test_a_paper_without_a_crest_leaves_its_room_empty(cast: Cast, office: Unit) -> None:
    made = make_visit_paper(actor=cast.actor("supervisor"), visit=a_visit(cast), card="order")
    with zipfile.ZipFile(BytesIO(read_version(newest_of(made.paper)))) as opened:
        (name,) = [one for one in opened.namelist() if one.startswith("word/media/")]
        picture = Image.open(BytesIO(opened.read(name)))
    assert picture.convert("RGBA").getextrema()[3] == (0, 0)


def test_a_letter_names_three_needs_once_and_counts_the_others(cast: Cast, office: Unit) -> None:
    needs = ["ก", "ข", "ค", "ง", "จ"]
    facts = VisitFacts(content={"needs": needs, "need": "ก"})
    assert facts.main_needs == "ก, ข, ค และเรื่องอื่นอีก 2 เรื่อง"


def test_the_report_tells_what_the_school_said_what_was_seen_of_quality_and_which_step_was_taken(
    cast: Cast, office: Unit
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    bare = report_words(facts_of(actor, visit), office.name)[1]
    assert (bare["school_words"], bare["in_work"], bare["development"]) == ("", "", [])
    Visit.objects.filter(pk=visit.pk).update(qa_in_work="partly", qa_seen="เห็นแฟ้มของครู")
    SchoolAnswer.objects.create(office=office, visit=visit, words="จะเริ่มในเดือนหน้า")
    development = Development.objects.create(
        office=office, school=visit.school, topic="การอ่าน", chain=COACHING.id
    )
    DevelopmentStep.objects.create(
        office=office,
        development=development,
        visit=visit,
        step="done_together",
        note="ครูสองคนร่วมทำ",
    )
    visit.refresh_from_db()
    link = make_visit_paper(actor=actor, visit=visit, card="report")
    words = words_of(read_version(newest_of(link.paper)))
    for said in ("จะเริ่มในเดือนหน้า", "บางส่วน – เห็นแฟ้มของครู", "การอ่าน · พาทำ · ครูสองคนร่วมทำ"):
        assert said in words


def test_a_report_without_a_purpose_is_about_the_first_need_and_counts_the_others() -> None:
    content = {"purpose": "", "needs": ["ก", "ข", "ค"], "need": "ก"}
    assert VisitFacts(content=content).about == "ก และอีก 2 เรื่อง"
    assert VisitFacts(content={**content, "purpose": "ง"}).about == "ง"
    assert VisitFacts(content={"purpose": "", "needs": ["ก"], "need": ""}).about == "ก"
    assert VisitFacts(content={"purpose": "", "needs": [], "need": ""}).about == ""


def test_the_slip_says_what_each_code_does_and_who_signs_and_stays_one_page(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    visit = a_visit(cast, visitors=["ศึกษานิเทศก์ชำนาญการพิเศษ กลุ่มนิเทศ ติดตาม และประเมินผล"])
    for kind in ("problem", "need", "suggestion"):
        record_finding(
            actor=actor, fiscal_year=YEAR, kind=kind, text="ครูจัดการเรียนรู้ " * 20, visit=visit
        )
    SchoolAnswer.objects.create(
        office=office, visit=visit, signed_by="ผู้อำนวยการโรงเรียน", signed_at=clock.now()
    )
    link = make_visit_paper(
        actor=actor, visit=visit, card="slip", address="https://nithet.example.go.th"
    )
    data = read_version(newest_of(link.paper))
    words = words_of(data)
    for said in (
        "สำเนาของโรงเรียน",
        "ส่งใบที่ลงนามแล้วกลับ",
        "(ผู้อำนวยการโรงเรียน)",
        "(ศึกษานิเทศก์ชำนาญ",
    ):
        assert said in words
    with pypdfium2.PdfDocument(word_as_pdf(data)) as opened:
        assert len(opened) == 1


def test_the_copy_bears_the_signature_that_the_school_drew_and_its_position_once(
    cast: Cast, office: Unit
) -> None:
    visit, actor = a_visit(cast), cast.actor("supervisor")
    bare = read_version(newest_of(make_visit_paper(actor=actor, visit=visit, card="copy").paper))
    drawn = bring_piece(
        actor=actor, title="ลายมือชื่อ", kind="other", kept=keep_file("s.png", a_photo())
    )
    answer = SchoolAnswer.objects.create(
        office=office, visit=visit, signed_by="ผู้อำนวยการโรงเรียนวัดทดสอบ", signed_at=clock.now()
    )
    named = read_version(newest_of(make_visit_paper(actor=actor, visit=visit, card="copy").paper))
    SchoolAnswer.objects.filter(pk=answer.pk).update(
        signature_ref=f"evidence.piece:{drawn.pk}", signed_digest=digest_of_visit(visit)
    )
    signed = read_version(newest_of(make_visit_paper(actor=actor, visit=visit, card="copy").paper))
    heights = [one.height.mm for one in docx.Document(BytesIO(signed)).inline_shapes if one.height]
    assert [round(one) for one in heights] == [12]
    assert [len(docx.Document(BytesIO(one)).inline_shapes) for one in (bare, named)] == [0, 0]
    lines = [words_of(one).count("(ลงชื่อ)") for one in (bare, named, signed)]
    assert lines == [2, 2, 1]
    assert "ผู้บริหารสถานศึกษา" in words_of(bare)
    for one in (named, signed):
        assert "(ผู้อำนวยการโรงเรียนวัดทดสอบ)" in words_of(one)
        assert "ผู้บริหารสถานศึกษา" not in words_of(one)
    with pypdfium2.PdfDocument(word_as_pdf(signed)) as opened:
        (page,) = opened
        assert [one for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    record_finding(actor=actor, fiscal_year=YEAR, kind="need", text="คู่มือ ป.1", visit=visit)
    later = read_version(newest_of(make_visit_paper(actor=actor, visit=visit, card="copy").paper))
    assert len(docx.Document(BytesIO(later)).inline_shapes) == 0
