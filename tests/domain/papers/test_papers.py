"""Papers, templates and publications: allow, deny, broken rules, conflicts, and the history."""

import io
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.papers.actions.papers import (
    bring_back,
    give_number,
    make_again,
    make_paper,
    mark_printed,
    mark_signed,
    take_back_paper,
)
from nithet.domain.papers.actions.publishing import (
    approve_publication,
    propose_publication,
    show_again,
    withdraw_publication,
)
from nithet.domain.papers.actions.templates import (
    UnfitTemplate,
    bring_template,
    choose_template,
    edit_letterhead,
)
from nithet.domain.papers.kinds import OWN, example_of, kinds
from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.printing import letterhead_of
from nithet.domain.papers.queries import (
    find_paper,
    find_template,
    list_papers,
    list_publications,
    newest_of,
    public_documents,
    read_version,
    template_bytes,
)
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.documents.templates.filling import problems_of
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast
from tests.domain.papers.samples import a_docx, a_pdf, a_photo

DATA = {"subject": "ขออนุมัติไปราชการ", "to": "ผู้อำนวยการ", "body": [{"text": "ด้วยกลุ่มนิเทศ จำนวน 3 คน"}], "closing": "จึงเรียนมา"}


def memo(cast: Cast, who: str = "planner", **more: object) -> Paper:
    return make_paper(actor=cast.actor(who), kind="memo", data=DATA, title="ขออนุมัติ", **more)  # type: ignore[arg-type]


def words(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [c.text for t in made.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])


@pytest.mark.parametrize("kind", [one.code for one in OWN])
def test_every_shipped_template_asks_only_for_fields_of_its_kind(kind: str) -> None:
    known = kinds()[kind]
    assert problems_of(known.shipped(), known.known) == []


def test_a_paper_is_made_with_code_and_history(cast: Cast, office: Unit) -> None:
    made = memo(cast, numbered=True, address="https://nithet.example.go.th")
    text = words(read_version(newest_of(made)))
    assert "ขออนุมัติไปราชการ" in text
    assert office.name in text
    assert made.number in text
    assert len(made.printout_code) == 16
    [event] = AuditEvent.objects.filter(name="paper.made")
    assert "ขออนุมัติ" in say(event)
    assert memo(cast, numbered=True).number != made.number


def test_numbers_follow_the_code_of_the_office(cast: Cast, office: Unit) -> None:
    OfficeSettings.objects.update_or_create(office=office, defaults={"letter_prefix": "ศธ 04000"})
    assert memo(cast, numbered=True).number == "ศธ 04000/1"
    assert memo(cast, numbered=True).number == "ศธ 04000/2"
    paper = memo(cast)
    with pytest.raises(RuleBroken) as broken:
        give_number(actor=cast.actor("planner"), paper=paper, version=1, number="ศธ 04000/2")
    assert broken.value.code == "paper.number_taken"
    assert give_number(actor=cast.actor("planner"), paper=paper, version=1).number == "ศธ 04000/3"


def test_thai_digits_are_the_office_s_choice_and_codes_keep_theirs(cast: Cast, office: Unit) -> None:
    edit_letterhead(actor=cast.actor("director"), version=1, digits_thai=True)
    made = memo(cast)
    text = words(read_version(newest_of(made)))
    assert "จำนวน ๓ คน" in text


@pytest.mark.parametrize("who", ["administrator", "school_head", "assessor"])
def test_others_make_no_papers(cast: Cast, office: Unit, who: str) -> None:
    with pytest.raises(Refused):
        memo(cast, who)


def test_a_paper_comes_back_from_word_as_a_version(cast: Cast, office: Unit) -> None:
    made, actor = memo(cast), cast.actor("supervisor")
    changed = a_docx("แก้แล้ว")
    assert bring_back(actor=actor, paper=made, version=1, data=changed, why="แก้ถ้อยคำ").number == 2
    made.refresh_from_db()
    assert bring_back(actor=actor, paper=made, version=2, data=changed).number == 2
    assert read_version(newest_of(made)) == changed
    with pytest.raises(Conflict):
        bring_back(actor=actor, paper=made, version=1, data=a_docx("ช้าไป"))
    with pytest.raises(BadInput):
        bring_back(actor=actor, paper=made, version=2, data=b"x")
    again = make_again(actor=actor, paper=made, version=2, data=DATA)
    assert newest_of(again).number == 3


def test_states_go_forward_and_a_signed_paper_stays(cast: Cast, office: Unit) -> None:
    made, actor = memo(cast), cast.actor("planner")
    made = mark_printed(actor=actor, paper=made, version=1)
    assert made.state == "printed"
    made = mark_signed(actor=actor, paper=made, version=made.version)
    with pytest.raises(RuleBroken) as broken:
        bring_back(actor=actor, paper=made, version=made.version, data=a_docx("ก"))
    assert broken.value.code == "paper.signed"


def test_a_paper_made_by_mistake_is_taken_back(cast: Cast, office: Unit) -> None:
    made = memo(cast)
    with pytest.raises(Refused):
        take_back_paper(actor=cast.actor("supervisor"), paper=made)
    take_back_paper(actor=cast.actor("planner"), paper=made)
    assert find_paper(cast.actor("planner"), made.pk) is None
    old = memo(cast)
    Paper.objects.filter(pk=old.pk).update(made_at=clock.now() - timedelta(days=2))
    old.refresh_from_db()
    with pytest.raises(RuleBroken):
        take_back_paper(actor=cast.actor("director"), paper=old)
    take_back_paper(actor=cast.actor("director"), paper=old, reason="ทำซ้ำ")
    assert find_paper(cast.actor("planner"), old.pk).was_cancelled  # type: ignore[union-attr]


def test_an_office_puts_its_own_template_in_force_and_goes_back(cast: Cast, office: Unit) -> None:
    actor = cast.actor("director")
    first = bring_template(actor=actor, kind="memo", data=a_docx("ของเขต {{เรื่อง}}"), file_name="ก.docx")
    assert words(read_version(newest_of(memo(cast)))) == "ของเขต ขออนุมัติไปราชการ"
    again = bring_template(actor=actor, kind="memo", data=a_docx("สอง {{เรื่อง}}"), file_name="ข.docx")
    assert again.number == 2
    kept = find_template(actor, "memo")
    assert kept is not None
    choose_template(actor=actor, template=kept, version=kept.version, chosen=first)
    with pytest.raises(Conflict):
        choose_template(actor=actor, template=kept, version=kept.version, chosen=None)
    kept.refresh_from_db()
    choose_template(actor=actor, template=kept, version=kept.version, chosen=None)
    assert template_bytes(kinds()["memo"])[1] is None
    with pytest.raises(Refused):
        bring_template(actor=cast.actor("planner"), kind="memo", data=a_docx("ก"), file_name="ก.docx")


def test_a_template_with_an_unknown_field_is_refused_whole(cast: Cast, office: Unit) -> None:
    with pytest.raises(UnfitTemplate) as refused:
        bring_template(actor=cast.actor("director"), kind="memo", data=a_docx("{{เรื่องง}}"), file_name="ก.docx")
    assert refused.value.problems[0].meant == "เรื่อง"
    assert "เรื่องง" in str(refused.value)
    assert find_template(cast.actor("director"), "memo") is None


def test_two_people_wording_the_head_of_papers_lose_nothing(cast: Cast, office: Unit) -> None:
    actor = cast.actor("director")
    edit_letterhead(actor=actor, version=1, group="กลุ่มนิเทศ")
    seen = letterhead_of(office.pk).version
    edit_letterhead(actor=actor, version=seen, phone="0 0000 0000", emblem=a_photo())
    with pytest.raises(Conflict):
        edit_letterhead(actor=actor, version=seen, group="อื่น")
    assert letterhead_of(office.pk).emblem_sha256
    with pytest.raises(BadInput):
        edit_letterhead(actor=actor, version=seen + 1, emblem=b"not a picture")


def test_what_everybody_sees_is_approved_corrected_and_withdrawn(cast: Cast, office: Unit) -> None:
    planner, director = cast.actor("planner"), cast.actor("director")
    first = propose_publication(actor=planner, data=a_pdf("แผน"), file_name="ก.pdf", title="แผน", item="O10")
    assert public_documents(office.pk) == []
    with pytest.raises(Refused):
        approve_publication(actor=planner, version=first)
    approve_publication(actor=director, version=first)
    [shown] = public_documents(office.pk)
    assert (shown.title, shown.number, shown.is_updated) == ("แผน", 1, False)
    publication = first.publication
    second = propose_publication(
        actor=planner, data=a_pdf("แผน ฉบับแก้ไข"), file_name="ข.pdf", title="", publication=publication, why="แก้ไข"
    )
    assert public_documents(office.pk)[0].number == 1
    approve_publication(actor=director, version=second)
    [shown] = public_documents(office.pk, publication.pk)
    assert (shown.number, shown.is_updated, shown.id) == (2, True, publication.pk)
    with pytest.raises(RuleBroken):
        withdraw_publication(actor=director, publication=publication, version=1, reason=" ")
    withdraw_publication(actor=director, publication=publication, version=1, reason="ข้อมูลผิด")
    assert public_documents(office.pk)[0].withdrawn_because == "ข้อมูลผิด"
    with pytest.raises(Conflict):
        show_again(actor=director, publication=publication, version=1)
    show_again(actor=director, publication=publication, version=2)
    assert public_documents(office.pk)[0].withdrawn_at is None
    with scope(cast.other_office.pk):
        assert public_documents(cast.other_office.pk) == []


def test_pages_of_children_and_no_pdfs_are_not_published(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    with pytest.raises(RuleBroken) as broken:
        propose_publication(actor=actor, data=a_pdf("ก"), file_name="ก.pdf", title="ก", shows_children=True)
    assert broken.value.code == "publication.children"
    for data in (b"", b"%PDF-1.7 nothing", a_docx("ก")):
        with pytest.raises(BadInput):
            propose_publication(actor=actor, data=data, file_name="ก.pdf", title="ก")


def test_lists_cost_the_same_however_long(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    pdf = a_pdf("ก")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(list_papers(actor))
            for row in list_publications(actor):
                list(row.versions.all())
            public_documents(office.pk)
        return len(queries)

    memo(cast)
    propose_publication(actor=actor, data=pdf, file_name="ก.pdf", title="ก")
    before = cost()
    for number in range(30):
        memo(cast)
        propose_publication(actor=actor, data=pdf, file_name="ก.pdf", title=f"ก{number}")
    assert cost() == before


def test_example_data_fills_every_kind(cast: Cast, office: Unit) -> None:
    for kind in OWN:
        made = make_paper(actor=cast.actor("planner"), kind=kind.code, data=example_of(kind) | {"photo_1": a_photo()})
        assert words(read_version(newest_of(made)))
