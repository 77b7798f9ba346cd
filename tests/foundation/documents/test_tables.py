"""Tables that people bring: every encoding and separator, and files that would harm."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from nithet.foundation.documents.cells import code_of, day_of, decimal_of, text_of, whole_of
from nithet.foundation.documents.sheets import Column, write_csv, write_xlsx
from nithet.foundation.documents.tables import read_table
from nithet.kernel.errors import BadInput

TEXT = 'รหัสโรงเรียน,ชื่อโรงเรียน,จำนวนนักเรียน\n76010001,วัดเพรียง,๘๕\n\n01234567,"วัดโพธิ์, บน",120\n'


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for name, lines in sheets.items():
        other = book.create_sheet(name)
        for line in lines:
            other.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_text_table_is_read_in_every_encoding_an_office_uses(
    encoding: str, separator: str, ends: str
) -> None:
    text = TEXT.replace(",", separator).replace(f"โพธิ์{separator}", "โพธิ์,").replace("\n", ends)
    table = read_table(text.encode(encoding), "list.csv")
    assert table.headers == ("รหัสโรงเรียน", "ชื่อโรงเรียน", "จำนวนนักเรียน")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("76010001", "วัดเพรียง", "๘๕")),
        (4, ("01234567", "วัดโพธิ์, บน", "120")),
    ]


def test_a_workbook_keeps_texts_as_texts_and_its_own_row_numbers() -> None:
    data = workbook(
        ["รหัส", "ชื่อ", "วันที่", "จำนวน"],
        ["01234567", "ก", date(2012, 6, 10), 5],
        [],
        ["x", None, None, 1.5],
    )
    table = read_table(data, "list.xlsx")
    assert table.header_row == 1
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("01234567", "ก", date(2012, 6, 10), 5)),
        (4, ("x", None, None, 1.5)),
    ]


def test_a_number_shown_with_leading_zeros_is_the_code_that_is_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["รหัส", "ชื่อ"])
    sheet.append([1234567, "ก"])
    sheet["A2"].number_format = "00000000"
    out = BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), "a.xlsx").rows[0].cells == ("01234567", "ก")


def test_titles_above_the_headings_are_passed_over() -> None:
    rows = [["ข้อมูลโรงเรียนในสังกัด"], [None, "ณ วันที่ 10 มิ.ย. 2555"], ["รหัส", "ชื่อ", "อำเภอ"]]
    data = workbook(*rows, ["1", "ก", "ข"], ["2", "ค", "ง"])
    table = read_table(data, "list.xlsx")
    assert (table.header_row, table.headers) == (3, ("รหัส", "ชื่อ", "อำเภอ"))
    assert [row.number for row in table.rows] == [4, 5]


def test_known_headings_are_found_even_where_another_row_looks_like_them() -> None:
    rows = [["เขต", "กลุ่ม", "ปี"], ["รหัส", "ชื่อ"], ["1", "ก"]]
    table = read_table(workbook(*rows), "a.xlsx", is_known=lambda text: text in {"รหัส", "ชื่อ"})
    assert (table.header_row, table.headers) == (2, ("รหัส", "ชื่อ"))


def test_a_hidden_or_empty_sheet_is_passed_over() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    hidden = book.create_sheet("ซ่อน")
    hidden.append(["ไม่ใช่", "นี่"])
    hidden.sheet_state = "hidden"
    book.create_sheet("จริง").append(["รหัส", "ชื่อ"])
    out = BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), "a.xlsx").headers == ("รหัส", "ชื่อ")


def test_what_we_write_reads_back_as_it_was() -> None:
    columns = [
        Column("รหัส", "code"),
        Column("ชื่อ"),
        Column("จำนวน", "whole"),
        Column("ณ วันที่", "date"),
    ]
    rows = [["01234567", "=SUM(A1)", 5, date(2012, 6, 10)], ["76010001", "-วัด", None, None]]
    sheet = read_table(write_xlsx(title="ก", columns=columns, rows=rows), "a.xlsx")
    text = read_table(b"".join(write_csv(columns=columns, rows=rows)), "a.csv")
    assert sheet.headers == text.headers == ("รหัส", "ชื่อ", "จำนวน", "ณ วันที่")
    assert (
        [row.cells[1] for row in sheet.rows]
        == [row.cells[1] for row in text.rows]
        == ["=SUM(A1)", "-วัด"]
    )
    assert day_of(sheet.rows[0].cells[3]) == day_of(text.rows[0].cells[3]) == date(2012, 6, 10)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write,
    ):
        for name in read.namelist():
            write.writestr(name, change(name, read.read(name)))
        for name, content in added.items():
            write.writestr(name.replace("__", "/").replace("_bin", ".bin"), content)
    return out.getvalue()


def bomb(name: str, content: bytes) -> bytes:
    return b"<worksheet>" + b" " * 60_000_000 if "sheet1" in name else content


def with_entity(name: str, content: bytes) -> bytes:
    return b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + content if "sheet1" in name else content


SOUND = workbook(["รหัส", "ชื่อ"], ["1", "ก"])


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "table.empty"),
        (b"\n \n", "a.csv", "table.empty"),
        (SOUND, "a.xlsm", "table.macros"),
        (repacked(SOUND, lambda _, c: c, xl__vbaProject_bin=b"x"), "a.xlsx", "table.macros"),
        (repacked(SOUND, with_entity), "a.xlsx", "table.unsafe"),
        (repacked(SOUND, bomb), "a.xlsx", "table.unsafe"),
        (
            repacked(SOUND, lambda n, c: b"<broken" if "sheet1" in n else c),
            "a.xlsx",
            "table.damaged",
        ),
        (SOUND[: len(SOUND) // 2], "a.xlsx", "table.damaged"),
        (b"PK\x03\x04nonsense", "a.xlsx", "table.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "table.old_workbook"),
        (b"%PDF-1.7 nothing", "a.xlsx", "table.damaged"),
        (b"a,b\x00c", "a.csv", "table.no_text"),
        (b"\xff\xff\x81\x82", "a.csv", "table.no_text"),
        (b'a,b\n1,"never closed', "a.csv", "table.csv"),
        (b"a,b\n" + b"1,2\n" * 20_001, "a.csv", "table.too_large"),
        (b"a\n" + b"x" * 21_000_000, "a.csv", "table.too_large"),
    ],
)
def test_what_is_no_sound_table_is_refused_with_a_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table(data, name)
    assert refused.value.code == code


@pytest.mark.parametrize("cell", ["A1", "7601000X", "76.5", 1e20])
def test_a_code_has_digits_only(cell: str | float) -> None:
    with pytest.raises(BadInput):
        code_of(cell)


@pytest.mark.parametrize("cell", ["สิบ", "1.5", "12 34", -1, "--", "1,23", float("nan"), 1e16])
def test_what_is_no_whole_number_is_refused(cell: str | float) -> None:
    with pytest.raises(BadInput):
        whole_of(cell)


@pytest.mark.parametrize("cell", ["31/2/2555", "มิถุนายน", "2555", 41070, date(2560, 2, 29)])
def test_what_is_no_day_is_refused(cell: str | int | date) -> None:
    with pytest.raises(BadInput):
        day_of(cell)


def test_numbers_have_limits_where_they_are_asked() -> None:
    assert decimal_of("๑๓.๕", least=-90, most=90) == 13.5
    with pytest.raises(BadInput, match="too large"):
        decimal_of("95", most=90)
    assert whole_of("1,234") == 1234
    assert text_of(date(2012, 6, 10)) == "2012-06-10"
