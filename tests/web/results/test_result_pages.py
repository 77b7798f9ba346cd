"""The pages of results, as their readers see them."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.instruments.result_factories import (
    DAY,
    fill,
    make_form,
    make_school,
    question,
    rating,
)


@pytest.fixture
def form(cast: Cast) -> InstrumentVersion:
    """A form that was filled in six times at two schools, in the cast's office."""
    with scope(cast.office.pk):
        first, second = make_school(cast.school), make_school(cast.other_school)
        choices = [{"value": "a", "label": "สื่อ"}, {"value": "b", "label": "=ห้องสมุด"}]
        form = make_form(
            cast.office,
            [
                rating("works", label="ครูจัดกิจกรรม", groups=["ด้านการจัดการเรียนรู้"]),
                question("uses", "select_multiple", label="ใช้อะไร", choices=choices),
                question("age", "integer", label="จำนวนนักเรียน"),
                question("words", "text", label="จุดเด่น"),
            ],
        )
        for n, value in enumerate(["5", "5", "4", "4", "3", None]):
            school = (first, second)[n % 2]
            answers = {"uses": "a b", "age": str(20 + n), "words": f"=เด็ก ๆ สนุก {n}"}
            fill(form, answers | ({"works": value} if value else {}), school=school)
        return form


def signed_in(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(cast.users[name])
    return client


def page_of(form: InstrumentVersion, query: str = "") -> str:
    return reverse("results:instrument", args=[form.instrument_id]) + query


def words_of(answer: object) -> str:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_table_says_n_of_n_mean_deviation_band_and_what_they_are(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    said = words_of(signed_in(client, cast, "supervisor").get(page_of(form)))
    assert "ครูจัดกิจกรรม" in said
    assert "5/6" in said
    assert "4.20" in said
    assert "0.84" in said
    assert "หารด้วย n − 1" in said
    assert "บุญชม ศรีสะอาด" in said
    assert "ด้านการจัดการเรียนรู้" in said


def test_every_figure_leads_to_as_many_records_as_it_says(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "supervisor")
    page = client.get(page_of(form)).content.decode()
    links = re.findall(r'href="(/results/\d+/rows/[^"]+)">([\d,]+)(?:/[\d,]+)?</a>', page)
    assert len(links) > 6
    for address, figure in links:
        rows = client.get(address.replace("&amp;", "&")).content.decode()
        assert rows.count("<tr>") - 1 == int(figure), address


ROWS_LINK = re.compile(r'href="(/results/\d+/rows/[^"]+)">([^<]+)</a>')


def figure_of(text: str) -> int:
    """Return the figure that a link shows: "5/6" is five, "ไม่ตอบ 4" four, "มีข้อความ 3 จาก 6 ฉบับ" three."""
    return int(re.findall(r"[\d,]+", text)[0].replace(",", ""))


@pytest.mark.parametrize("query", ["", "?by=school", "?time=f2555", "?mine=1", "?item=works.5"])
@pytest.mark.parametrize("who", ["supervisor", "director", "school_head"])
@pytest.mark.parametrize("private", [False, True])
def test_every_figure_of_every_kind_opens_as_many_records_as_it_says(
    client: Client, cast: Cast, query: str, who: str, private: bool
) -> None:
    with scope(cast.office.pk):
        schools = make_school(cast.school), make_school(cast.other_school)
        unseen = [{"value": "na", "label": "ไม่ได้สังเกต"}]
        works = rating("works")
        form = make_form(
            cast.office,
            [
                works | {"scale": None, "kind": "", "choices": [*works["choices"], *unseen]},
                rating("three", 3),
                question(
                    "uses", "select_multiple", choices=[{"value": "a", "label": "สื่อ"}, *unseen]
                ),
                question("age", "integer"),
                question("words", "text"),
                *([question("teacher", "text", private=True)] if private else []),
            ],
        )
        for n in range(24):
            answers = {
                "works": ("5", "4", "na", "", "3")[n % 5],
                "three": str(n % 3 + 1),
                "uses": ("a", "na", "")[n % 3],
                "age": str(n % 4) if n % 6 else "",
                "words": f"คำที่ {n % 7}" if n % 4 else "",
            }
            fill(
                form,
                {key: value for key, value in answers.items() if value},
                school=schools[n % 2],
                user_id=cast.users["supervisor"].pk if n % 3 else None,
            )
    signed_in(client, cast, who)
    links = ROWS_LINK.findall(client.get(page_of(form, query)).content.decode())
    if not links:
        assert query == "?mine=1" and who != "supervisor"
    for address, text in dict(links).items():
        shown = client.get(address.replace("&amp;", "&"))
        assert shown.context["count"] == figure_of(text), (address, text)
        listed = len(shown.context["lines"]) + sum(one.times for one in shown.context["answers"])
        assert listed == figure_of(text)


def test_the_list_counts_the_records_of_the_year_shown(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "supervisor")
    page = client.get(reverse("results:instruments") + "?year=2555").content.decode()
    assert f"{page_of(form)}?time=f2555" in page
    assert 'class="number">6<' in page
    other = client.get(reverse("results:instruments") + "?year=2556").content.decode()
    assert 'class="number">0<' in other
    every = client.get(reverse("results:instruments") + "?year=all").content.decode()
    assert 'class="number">6<' in every


def test_what_was_written_is_listed(client: Client, cast: Cast, form: InstrumentVersion) -> None:
    signed_in(client, cast, "supervisor")
    said = words_of(client.get(reverse("results:rows", args=[form.instrument_id, "words"])))
    assert "เด็ก ๆ สนุก 3" in said


def test_the_address_chooses_and_odd_choices_count_as_none(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "supervisor")
    with scope(cast.office.pk):
        key = School.objects.get(unit=cast.school).pk
    assert "3 ฉบับ จาก 1 โรงเรียน" in words_of(client.get(page_of(form, f"?school={key}")))
    assert "0 ฉบับ" in words_of(client.get(page_of(form, "?time=f2560")))
    assert "6 ฉบับ" in words_of(client.get(page_of(form, "?time=f๒๕๕๕")))
    odd = "?time=xx&school=โรงเรียน&version=-1&by=colour&bands=no&item=none&network=1e9"
    assert client.get(page_of(form, odd)).status_code == 200
    assert client.get(page_of(form, "?time=f9999")).status_code == 200
    assert client.get(page_of(form, "?time=1-9999&school=99999999999999999999")).status_code == 200


@pytest.mark.parametrize("by", ["network", "school", "year"])
def test_parts_stand_in_the_order_of_their_names(
    client: Client, cast: Cast, form: InstrumentVersion, by: str
) -> None:
    signed_in(client, cast, "supervisor")
    said = words_of(client.get(page_of(form, f"?by={by}&item=works.5")))
    assert "ไม่ใช่จัดอันดับ" in said
    assert client.get(page_of(form, f"?by={by}")).status_code == 200


def test_results_go_out_as_excel_without_a_formula(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "supervisor")
    answer = client.get(page_of(form, "?by=school&as=xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    ours = next(row for row in rows if row[2] == "ครูจัดกิจกรรม")
    assert (ours[4], ours[5], ours[8], ours[9]) == (6, 5, 4.2, 0.84)
    assert not any(cell.data_type == "f" for row in book.worksheets[0] for cell in row)
    assert any("n − 1" in str(cell.value) for row in book.worksheets[1] for cell in row)
    assert {row[0] for row in rows} >= {"ทั้งหมด", cast.school.name}


def test_results_go_out_as_csv_that_no_sheet_reads_as_a_formula(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "supervisor")
    answer = client.get(page_of(form, "?as=csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert any("ห้องสมุด" in cell for row in rows for cell in row)


def test_a_school_has_no_choice_of_other_schools(
    client: Client, cast: Cast, form: InstrumentVersion
) -> None:
    signed_in(client, cast, "school_head")
    said = words_of(client.get(page_of(form)))
    assert "3 ฉบับ จาก 1 โรงเรียน" in said
    assert cast.other_school.name not in said


def test_few_records_of_persons_are_not_shown(client: Client, cast: Cast) -> None:
    with scope(cast.office.pk):
        form = make_form(cast.office, [question("teacher", "text", private=True), rating("works")])
        for _ in range(4):
            fill(form, {"teacher": "ครูประจำชั้น ป.6", "works": "1"})
    signed_in(client, cast, "director")
    page = words_of(client.get(page_of(form)))
    rows = words_of(client.get(reverse("results:rows", args=[form.instrument_id, "works.5"])))
    sheet = client.get(page_of(form, "?as=xlsx")).content
    names = [
        str(cell.value)
        for row in load_workbook(io.BytesIO(sheet)).worksheets[0]
        for cell in row
        if cell.value
    ]
    assert "ข้อมูลน้อยเกินกว่าจะแสดง" in page
    assert "ข้อมูลน้อยเกินกว่าจะแสดง" in rows
    assert not any("ครูประจำชั้น" in text for text in [page, rows, *names])
    assert 1.0 not in [cell for cell in names if cell == "1.0"]


def test_a_form_without_a_record_says_so(client: Client, cast: Cast) -> None:
    with scope(cast.office.pk):
        form = make_form(cast.office, [rating("works")])
    assert "ไม่มีแบบที่ตรงกับที่เลือก" in words_of(signed_in(client, cast, "supervisor").get(page_of(form)))


@pytest.mark.parametrize("records", [1, 30, 300])
def test_pages_ask_the_same_number_of_questions_however_many_records(
    client: Client,
    cast: Cast,
    records: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with scope(cast.office.pk):
        school = make_school(cast.school)
        form = make_form(cast.office, [rating("works"), question("words", "text")])
        moment = datetime(2012, 6, 1, tzinfo=UTC)
        for n in range(records):
            fill(form, {"works": str(n % 5 + 1), "words": "ดี"}, school=school, ended_at=moment)
    signed_in(client, cast, "supervisor")
    client.get(page_of(form))
    with django_assert_max_num_queries(22):
        client.get(page_of(form, "?by=school"))
    with django_assert_max_num_queries(20):
        client.get(reverse("results:rows", args=[form.instrument_id, "works.5"]))
    with django_assert_max_num_queries(16):
        client.get(reverse("results:instruments"))


def test_a_row_leads_to_the_visit_that_it_was_filled_in_for_or_to_the_form_itself(
    client: Client, cast: Cast
) -> None:
    with scope(cast.office.pk):
        school = make_school(cast.school)
        visit = Visit.objects.create(
            office=cast.office,
            school=school,
            kind="supervision",
            state="done",
            visited_on=DAY.date(),
        )
        form = make_form(cast.office, [rating("works")])
        about = fill(form, {"works": "5"}, school=school, about=f"supervision.visit:{visit.pk}")
        alone = fill(form, {"works": "5"}, school=school)
        fill(form, {"works": "5"}, school=school, about="nobody.knows:1")
    address = reverse("results:rows", args=[form.instrument_id, "works.5"])
    page = signed_in(client, cast, "supervisor").get(address).content.decode()
    assert reverse("visits:visit", args=[visit.pk]) in page
    assert reverse("devices:submission", args=[alone.pk]) in page
    assert reverse("devices:submission", args=[about.pk]) not in page
    head = signed_in(client, cast, "school_head").get(address).content.decode()
    assert reverse("visits:visit", args=[visit.pk]) in head
    assert reverse("devices:submission", args=[alone.pk]) not in head
