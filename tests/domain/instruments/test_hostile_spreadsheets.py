"""Workbooks that are no form, damaged, or meant to harm: a sentence each, nothing else."""

import io
import random
import zipfile

import pytest
from openpyxl import Workbook

from nithet.domain.instruments.rules.old_forms import tables_in
from nithet.domain.instruments.rules.workbook import LONGEST_TEXT, MOST_QUESTIONS, open_book
from nithet.kernel.errors import BadInput
from tests.domain.instruments.test_every_question_type import EVERY
from tests.domain.instruments.xlsforms import convert, form, row, xlsx

GOOD = form([row("text", "a", "ก")])


def rezipped(data: bytes, **changed: bytes) -> bytes:
    """Return a package with parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in changed:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changed.items():
            new.writestr(name, content)
    return file.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "f.xlsx"),
    "blank": (b"   \n", "f.xlsx"),
    "no workbook": (b"type,name,label\ntext,a,b\n", "f.csv"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "f.xlsx"),
    "the old kind": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "f.xls"),
    "cut off": (GOOD[: len(GOOD) // 2], "f.xlsx"),
    "macros": (rezipped(GOOD, **{"xl/vbaProject.bin": b"x"}), "f.xlsx"),
    "macros by name": (GOOD, "f.xlsm"),
    "entities": (rezipped(GOOD, **{"xl/worksheets/sheet1.xml": ENTITY}), "f.xlsx"),
    "a bomb": (
        rezipped(GOOD, **{"xl/worksheets/sheet1.xml": b"<a>" + b" " * (60 * 1024 * 1024)}),
        "f.xlsx",
    ),
    "a zip": (rezipped(b"PK\x05\x06" + b"\0" * 18, **{"a.txt": b"x"}), "f.xlsx"),
    "another workbook": (xlsx({"งบประมาณ": [{"ที่": 1}], "อื่น": [{"ก": 1}]}), "f.xlsx"),
    "no rows": (xlsx({"survey": [{"type": None, "name": None}]}), "f.xlsx"),
    "a heading twice": (b"", "twice"),
    "too long a cell": (form([row("text", "a", "ก" * (LONGEST_TEXT + 1))]), "f.xlsx"),
    "too many rows": (
        form([row("text", f"a{n}", "ก") for n in range(MOST_QUESTIONS + 1)]),
        "f.xlsx",
    ),
    "too large": (b"PK\x03\x04" + b"0" * (6 * 1024 * 1024), "f.xlsx"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_gets_a_sentence(name: str) -> None:
    data, file_name = BAD[name]
    if file_name == "twice":
        book = Workbook()
        page = book.worksheets[0]
        page.title = "survey"
        for line in (["type", "name", "name"], ["text", "a", "b"]):
            page.append(line)
        kept = io.BytesIO()
        book.save(kept)
        data, file_name = kept.getvalue(), "f.xlsx"
    with pytest.raises(BadInput) as refused:
        open_book(data, file_name)
    assert refused.value.message


def test_a_formula_with_its_value_is_taken_and_one_without_is_named_by_its_cell() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "survey"
    for line in (["type", "name", "label"], ["text", "a", '="ก"&"ข"']):
        page.append(line)
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(BadInput) as refused:
        open_book(kept.getvalue(), "f.xlsx")
    assert refused.value.code == "form.formula"
    assert refused.value.params["cell"] == "C2"


@pytest.mark.parametrize(
    "label",
    [
        "=1+1",
        "<b>&amp;",
        "]]>",
        "${",
        "${a",
        "' or 1=1",
        "\u202eกลับ",
        "ก" * 3_000,
        "🙂",
        '"',
        "%(x)s %s",
    ],
)
def test_odd_words_in_a_form_are_words_or_a_sentence(label: str) -> None:
    try:
        made = convert(form([row("text", "a", "ก"), row("text", "b", label)]))
    except BadInput as error:
        assert error.message
    else:
        assert len([one for one in made.definition if one["asks"]]) == 2


@pytest.mark.parametrize(
    "kind",
    [
        "select_one",
        "begin_repeat x y",
        "select_one five five five",
        "end",
        "loop",
        "osm",
        "text text",
        "  ",
    ],
)
def test_odd_types_in_a_form_are_a_sentence(kind: str) -> None:
    try:
        convert(form([row("text", "a", "ก"), row(kind, "b", "ข")]))
    except BadInput as error:
        assert error.message


def test_a_title_above_the_headings_and_thai_headings_are_understood() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "คำถาม"
    for line in (["แบบของเรา", None, None], ["ประเภท", "คำถาม", "ส่วนบุคคล"], ["text", "ชื่อครู", "ใช่"]):
        page.append(line)
    kept = io.BytesIO()
    book.save(kept)
    made = convert(kept.getvalue())
    one = next(one for one in made.definition if one["asks"])
    assert (one["name"], one["label"], one["private"]) == ("q1", "ชื่อครู", True)


@pytest.mark.parametrize(
    "name",
    ["empty", "no workbook", "a picture", "the old kind", "cut off", "macros", "entities", "a zip"],
)
def test_last_years_form_is_opened_with_the_same_care(name: str) -> None:
    data, file_name = BAD[name]
    with pytest.raises(BadInput) as refused:
        tables_in(data, file_name)
    assert refused.value.message


COLUMNS = (
    "type",
    "name",
    "label",
    "relevant",
    "calculation",
    "constraint",
    "parameters",
    "choice_filter",
    "trigger",
    "save_to",
)
PIECES = (
    "${",
    "}",
    "'",
    "(",
    ")",
    " or_other",
    "begin_repeat",
    "end_group",
    "\u202e",
    "<",
    "&",
    "%s",
    "${q1}",
    "${zz}",
    "-1",
    "1e999",
)


def spoilt(chance: random.Random) -> bytes:
    """Return a form of every type with one to four rows lost, doubled or written over."""
    rows = [dict(one) for one in EVERY]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(rows))
        match chance.randrange(4):
            case 0:
                rows.pop(at)
            case 1:
                rows.insert(at, dict(rows[chance.randrange(len(rows))]))
            case _:
                column = chance.choice(COLUMNS)
                rows[at][column] = f"{rows[at].get(column, '')}{chance.choice(PIECES)}"
    return form(rows)


@pytest.mark.parametrize("seed", range(6))
def test_a_spoilt_form_is_a_form_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    made = 0
    for _ in range(10):
        try:
            made += bool(convert(spoilt(chance)).xform)
        except BadInput as error:
            assert str(error)
    assert made < 10
