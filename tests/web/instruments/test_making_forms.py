"""A supervisor pastes last year's form, looks it through, publishes it, and makes the next version."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from nithet.domain.evidence.models import Printout
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.models.briefings import Briefing
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.rules.layout import Counted, counted
from nithet.domain.instruments.rules.pasting import Kind, Line
from nithet.domain.instruments.rules.sheets import FormSheet, starter
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.instruments.result_factories import make_school
from tests.domain.instruments.test_pasting import TABLE
from tests.domain.instruments.xlsforms import form, row
from tests.web.routes.plans import day


def signed_in(cast: Cast, name: str = "supervisor") -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"instruments:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def lines_in(answer: object) -> list[tuple[str, str]]:
    return [(str(line.kind), line.words) for _, line in answer.context["lines"] if line.words]  # type: ignore[attr-defined]


def drawn(lines: list[tuple[str, str]], **more: str) -> dict[str, str]:
    body = {"title": "แบบนิเทศการสอน", "audience": "supervisors", "scale": "boonchom-5", **more}
    for at, (kind, words) in enumerate(lines):
        body |= {f"kind-{at}": kind, f"words-{at}": words}
    return body


def versions_of(cast: Cast) -> list[InstrumentVersion]:
    with scope(cast.office.pk):
        return list(InstrumentVersion.objects.order_by("pk"))


def test_pasted_rows_are_looked_through_shown_kept_and_published(cast: Cast) -> None:
    client = signed_in(cast)
    read = client.post(reverse("instruments:new"), {"pasted": TABLE})
    lines = lines_in(read)
    assert ("heading", "ด้านที่ 1 การจัดการเรียนรู้") in lines
    assert "มากที่สุด" in read.content.decode(), "the form is shown before anything is kept"
    assert versions_of(cast) == []
    looked = client.post(reverse("instruments:draw"), drawn(lines, look="1"))
    assert looked.status_code == 200 and versions_of(cast) == []
    kept = client.post(reverse("instruments:draw"), drawn(lines, four_parts="on", teacher="on"))
    made = versions_of(cast)[0]
    assert kept.headers["Location"] == reverse("instruments:version", args=[made.pk])
    assert (made.state, made.instrument.title) == ("draft", "แบบนิเทศการสอน")
    shown = page(client, "version", made.pk)
    assert "ครูวิเคราะห์ผู้เรียนเป็นรายบุคคล" in shown and "จุดเด่น" in shown
    client.post(reverse("instruments:publish", args=[made.pk]))
    assert versions_of(cast)[0].state == "published"
    assert "แบบนิเทศการสอน" in page(client, "instruments", state="published")


def test_the_next_version_begins_with_the_rows_of_the_last_and_says_what_changed(
    cast: Cast,
) -> None:
    client = signed_in(cast)
    client.post(reverse("instruments:draw"), drawn([("rating", "ข้อหนึ่ง"), ("rating", "ข้อสอง")]))
    first = versions_of(cast)[0]
    client.post(reverse("instruments:publish", args=[first.pk]))
    opened = client.get(reverse("instruments:next", args=[first.instrument_id]))
    assert lines_in(opened) == [("rating", "ข้อหนึ่ง"), ("rating", "ข้อสอง")]
    seen = opened.context["seen"]
    body = drawn(
        [("rating", "ข้อสอง"), ("rating", "ข้อสาม")], instrument=str(first.instrument_id), seen=seen
    )
    client.post(reverse("instruments:draw"), body)
    other = {**body, "words-0": "ข้ออื่น"}
    assert client.post(reverse("instruments:draw"), other).status_code == 409
    second = versions_of(cast)[1]
    assert (second.version, second.instrument_id) == ("2", first.instrument_id)
    changes = page(client, "changes", second.pk)
    assert "ข้อหนึ่ง" in changes and "ข้อสาม" in changes


def test_a_form_without_title_or_levels_is_told_at_its_field_and_keeps_what_was_typed(
    cast: Cast,
) -> None:
    client = signed_in(cast)
    for more, field in (({"title": ""}, "title"), ({"scale": ""}, "scale")):
        answer = client.post(reverse("instruments:draw"), drawn([("rating", "ข้อหนึ่ง")], **more))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert lines_in(answer) == [("rating", "ข้อหนึ่ง")]


def test_nothing_pasted_is_told_at_its_field(cast: Cast) -> None:
    answer = signed_in(cast).post(reverse("instruments:new"), {"pasted": "\t\n"})
    assert answer.status_code == 422
    assert "pasted" in answer.context["paste"].errors


def test_a_workbook_is_read_with_its_warnings_and_a_bad_one_is_told_at_the_file(cast: Cast) -> None:
    client = signed_in(cast)
    survey = [
        row("integer", "a", "ก"),
        row("integer", "b", "ข"),
        row("calculate", "c", calculation="${a} + ${b}"),
    ]
    good = SimpleUploadedFile("แบบ.xlsx", form(survey))
    answer = client.post(reverse("instruments:bring"), {"file": good}, follow=True)
    assert "coalesce" in answer.content.decode()
    bad = SimpleUploadedFile("แบบ.xlsx", form([row("text", "a", "ก"), row("text", "a", "ข")]))
    answer = client.post(reverse("instruments:bring"), {"file": bad})
    assert answer.status_code == 422
    assert "แถว 3" in str(answer.context["bring"].errors["file"])
    assert len(versions_of(cast)) == 1


def test_last_years_file_shows_its_tables(cast: Cast) -> None:
    book = form([row("text", "a", "ก")])
    answer = signed_in(cast).post(
        reverse("instruments:old_form"), {"file": SimpleUploadedFile("a.xlsx", book)}
    )
    assert answer.status_code == 200
    assert "survey" in answer.content.decode()
    wrong = SimpleUploadedFile("a.pdf", b"%PDF-1.4 nothing")
    answer = signed_in(cast).post(reverse("instruments:old_form"), {"file": wrong})
    assert answer.status_code == 422


def published(cast: Cast) -> InstrumentVersion:
    with scope(cast.office.pk):
        return draw_up(actor=cast.actor("supervisor"), sheet=starter("แบบบันทึก"), publish=True)


def test_files_of_a_version_go_out(cast: Cast) -> None:
    client, version = signed_in(cast), published(cast)
    sheet = client.get(reverse("instruments:file", args=[version.pk, "xlsx"]))
    assert load_workbook(BytesIO(sheet.content)).sheetnames == ["survey", "choices", "settings"]
    assert (
        client.get(reverse("instruments:file", args=[version.pk, "xml"])).content.decode()
        == version.xform
    )
    assert client.get(reverse("instruments:file", args=[version.pk, "exe"])).status_code == 404


def test_blank_forms_are_printed_for_a_school_and_the_plain_one_registers_nothing(
    cast: Cast,
) -> None:
    client, version = signed_in(cast), published(cast)
    with scope(cast.office.pk):
        school = make_school(cast.school)
    address = reverse("instruments:paper", args=[version.pk])
    plain = client.get(address, {"as": "pdf", "school": str(school.pk)})
    assert plain.content.startswith(b"%PDF")
    with scope(cast.office.pk):
        assert not Printout.objects.exists()
    printed = client.post(address, {"school": str(school.pk), "kind": "pdf"})
    assert printed.content.startswith(b"%PDF")
    with scope(cast.office.pk):
        assert Printout.objects.get().about == f"directory.school:{school.pk}"
    assert client.get(address, {"as": "pdf", "school": "999999"}).status_code == 404
    assert client.post(address, {"school": "999999", "kind": "pdf"}).status_code == 422


def test_a_briefing_is_recorded_corrected_and_taken_back(cast: Cast) -> None:
    client, version = signed_in(cast), published(cast)
    person = str(cast.users["supervisor"].pk)
    body = {
        "briefed_by": "กลุ่มนิเทศ",
        "people": person,
        "others": "ประธานเครือข่าย\n\n",
        **day("briefed_on"),
    }
    client.post(reverse("instruments:brief", args=[version.pk]), body)
    with scope(cast.office.pk):
        kept = Briefing.objects.get()
        assert [one.title for one in kept.people.all()] == ["supervisor", "ประธานเครือข่าย"]
    shown = page(client, "instrument", version.instrument_id)
    assert "ประธานเครือข่าย" in shown
    edit = reverse("instruments:briefing", args=[kept.pk])
    assert client.post(edit, {**body, "version": "1", "place": "ออนไลน์"}).status_code == 302
    assert client.post(edit, {**body, "version": "1", "place": "อื่น"}).status_code == 409
    client.post(reverse("instruments:take_back_briefing", args=[kept.pk]), {"reason": ""})
    assert "ประธานเครือข่าย" not in page(client, "instrument", version.instrument_id)


def test_a_form_is_put_away_over_the_version_that_was_seen(cast: Cast) -> None:
    client, version = signed_in(cast), published(cast)
    address = reverse("instruments:retire", args=[version.instrument_id])
    assert client.post(address, {"version": "1"}).status_code == 409
    assert client.post(address, {"version": "2"}).status_code == 302
    with scope(cast.office.pk):
        assert Instrument.objects.get().state == "retired"


@pytest.mark.parametrize("name", ["instrument", "version", "next"])
def test_a_form_of_another_office_is_not_there(cast: Cast, name: str) -> None:
    version = published(cast)
    key = version.pk if name == "version" else version.instrument_id
    assert (
        signed_in(cast, "outsider").get(reverse(f"instruments:{name}", args=[key])).status_code
        == 404
    )


def test_the_list_costs_the_same_at_any_length_and_goes_out_as_a_sheet(
    cast: Cast, office: Unit
) -> None:
    client = signed_in(cast)
    counts = []
    for upto in (1, 30, 90):
        have = Instrument.objects.count()
        Instrument.objects.bulk_create(
            Instrument(office=office, form_id=f"own{n}", title=f"แบบ {n:03}")
            for n in range(have, upto)
        )
        with CaptureQueriesContext(connection) as caught:
            page(client, "instruments")
        counts.append(len(caught))
    assert len(set(counts[1:])) == 1 and counts[0] <= counts[1] + 1
    answer = client.get(reverse("instruments:instruments"), {"as": "xlsx"})
    sheet = load_workbook(
        BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    ).worksheets[0]
    assert sheet.max_row == 91


@pytest.mark.parametrize(
    "body",
    [
        {"words-0": "ก\x00"},
        {"title": "x" * 5_000},
        {"scale": "none"},
        {"instrument": "999999999999999999999"},
    ],
)
def test_odd_input_gets_a_sentence(cast: Cast, body: dict[str, str]) -> None:
    answer = signed_in(cast).post(
        reverse("instruments:draw"), {**drawn([("rating", "ข้อ")]), **body}
    )
    assert answer.status_code in {200, 302, 400, 404, 422}


@pytest.mark.parametrize("name", ["old_form", "bring"])
def test_coming_back_to_where_a_file_was_sent_shows_the_page_before(
    cast: Cast, name: str
) -> None:
    shown = page(signed_in(cast), name)
    assert 'name="pasted"' in shown
    assert shown.count('type="file"') >= 2


def test_questions_are_counted_as_whoever_fills_the_form_in_counts_them(cast: Cast) -> None:
    sheet = FormSheet(
        title="แบบนิเทศ",
        lines=[Line(Kind.HEADING, "ด้านที่ 1"), *(Line(Kind.RATING, f"ข้อ {n}") for n in range(3))],
        scale="boonchom-5",
        teacher=True,
        signature=True,
    )
    with scope(cast.office.pk):
        version = draw_up(actor=cast.actor("supervisor"), sheet=sheet)
    # Teacher, what was seen, strengths, to think, and what was agreed, which is one; school, day and signature are none.
    assert counted(version.definition) == Counted(ticked=3, written=5)
    assert "8 ข้อ (เลือกตอบ 3 เขียนตอบ 5)" in page(signed_in(cast), "version", version.pk)
