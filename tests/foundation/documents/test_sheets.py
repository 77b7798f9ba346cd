"""What leaves as a spreadsheet holds no formula, and comes back as it went."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from nithet.foundation.documents.formulas import TRIGGERS, neutralised, restored
from nithet.foundation.documents.sheets import LONGEST_CELL, Column, write_csv, write_xlsx
from nithet.foundation.documents.tables import read_table

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","คลิก")', "SUM(A1:A9)"]
PAYLOADS = [
    *(sign + body for sign in SIGNS for body in BODIES),
    *(space + "=1+1" for space in (" ", "   ", "\u00a0", "'", '"', "''", "\u200b")),
    "ก;=1+1",
    "ก\t=1+1",
    "ก,=1+1",
    "ก\n=1+1",
    "ก\n- ข้อหนึ่ง",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "_x003D_1+1",
]


def column_of(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig")
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def test_there_are_sixty_payloads() -> None:
    assert len(PAYLOADS) >= 60
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_csv_begins_no_cell_with_a_sign_of_a_formula(payload: str) -> None:
    data = b"".join(write_csv(columns=[Column("ชื่อ")], rows=[(payload,)]))
    for separator in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator):
            for cell in row:
                assert cell.lstrip(" \u00a0\u200b\"")[:1] not in set(TRIGGERS) or not cell.strip(), (separator, cell)
    assert restored(neutralised(payload)) == payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_workbook_holds_texts_and_no_formula(payload: str) -> None:
    data = write_xlsx(title=payload, columns=[Column(payload), Column("รหัส", "code")], rows=[(payload, payload)], notes=[payload])
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in package.read(name)
                assert b"<f " not in package.read(name)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_goes_out_comes_in_again_the_same(payload: str) -> None:
    columns = [Column("ชื่อ"), Column("รหัส", "code")]
    rows = [(payload, "00123")]
    for data, name in (
        (write_xlsx(title="รายการ", columns=columns, rows=rows), "a.xlsx"),
        (b"".join(write_csv(columns=columns, rows=rows)), "a.csv"),
    ):
        table = read_table(data, name)
        assert table.headers == ("ชื่อ", "รหัส")
        [row] = table.rows
        assert row.cells[1] == "00123"
        assert str(row.cells[0]).strip() == payload.strip().replace("\r\n", "\n"), name


def test_a_text_without_a_sign_is_left_alone() -> None:
    for text in ("โครงการ 1+1", "'ปกติ", "''", "ก-ข", "a@b", "โรงเรียน (ก)"):
        assert neutralised(text) == text


def test_negative_numbers_stay_numbers() -> None:
    columns = [Column("เงิน", "money"), Column("จำนวน", "whole")]
    rows = [(Decimal("-12.50"), -3)]
    assert b"-12.50,-3" in b"".join(write_csv(columns=columns, rows=rows))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(title="x", columns=columns, rows=rows))).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [(-12.5, "n"), (-3, "n")]


def test_days_are_real_days_shown_in_the_buddhist_era() -> None:
    data = write_xlsx(title="x", columns=[Column("วัน", "date")], rows=[(date(2012, 10, 1),), (date(1890, 1, 1),)])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A2"].value.date() == date(2012, 10, 1)
    assert sheet["A2"].number_format == "[$-107041E]d mmm yyyy"
    assert sheet["A3"].value == "1 ม.ค. 2433"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:A3"


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    data = write_xlsx(title="x", columns=[Column("ก")], rows=[("ก" * (LONGEST_CELL + 5),)])
    value = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value
    assert len(value) == LONGEST_CELL
    assert value.endswith("…")


@pytest.mark.parametrize("title", ["", "history", "ก/ข[1]:*?", "'x'", "ย" * 60])
def test_any_title_names_a_sheet(title: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(title=title, columns=[Column("ก")], rows=[])))
    assert 0 < len(book.sheetnames[0]) <= 31


def test_a_row_of_other_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="cells"):
        write_xlsx(title="x", columns=[Column("ก")], rows=[("ก", "ข")])
