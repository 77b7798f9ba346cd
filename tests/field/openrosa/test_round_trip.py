"""Every question type of XLSForm goes all the way: brought in, published, fetched as Collect does, filled, sent, exported.

What the offline page shows and writes for each control stands in the golden files of `tests/journey`.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest
from defusedxml.ElementTree import fromstring

from nithet.domain.instruments.actions.forms import Medium, bring_form
from nithet.domain.instruments.exporting import csv_of
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import PNG
from tests.domain.instruments.xlsforms import FIVE, Row, form, row
from tests.field.openrosa.conftest import Phone

MODEL = "{http://www.w3.org/2002/xforms}"
XFORMS = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"
PLACE = "13.1111 99.9444 4.0 8.0"


@dataclass(frozen=True)
class Kind:
    """A question type: its rows, where its control stands in the XForm, what a device writes, and what the export says."""

    survey: Sequence[Row]
    control: str
    answers: Sequence[tuple[str, str]]
    exported: dict[str, str] = field(default_factory=dict)
    bind: str = ""
    media: Sequence[str] = ()


def one(kind: str, control: str, answer: str, bind: str = "", **cells: object) -> Kind:
    """A form with a single question, called q; the export says what the device wrote."""
    files = [answer] if control == "upload" else []
    return Kind([row(kind, "q", "คำถาม", **cells)], control, [("q", answer)], {}, bind, files)


def silent(kind: str, answer: str, bind: str = "string") -> Kind:
    """A question that the device answers by itself: it has no control."""
    rows = [row(kind, "q"), row("text", "word", "คำ")]
    return Kind(rows, "", [("q", answer), ("word", "ก")], {}, bind)


BESIDE = [
    {"list_name": "province", "name": "a", "label": "เพชรบุรี"},
    {"list_name": "district", "name": "a1", "label": "ท่ายาง", "province": "a"},
    {"list_name": "district", "name": "b1", "label": "หัวหิน", "province": "b"},
]
DAY, CLOCK = "2026-06-15", "09:05:00.000+07:00"
KINDS = {
    "text": one("text", "input", "ครูใช้สื่อ <ดี> & เหมาะ", "string"),
    "integer": one("integer", "input", "1234", "int"),
    "decimal": one("decimal", "input", "12.5", "decimal"),
    "range": one("range", "range", "4", "int", parameters="start=1 end=5 step=1"),
    "range-decimal": one("range", "range", "2.5", "decimal", parameters="start=0 end=5 step=0.5"),
    "select_one": one("select_one five", "select1", "3", "string"),
    "select_one-other": Kind(
        [row("select_one five or_other", "q", "คำถาม")],
        "select1",
        [("q", "other"), ("q_other", "อย่างอื่น")],
    ),
    "select_multiple": one("select_multiple five", "select", "2 5", "string"),
    "select_one_from_file": one("select_one_from_file schools.csv", "select1", "x", "string"),
    "select_multiple_from_file": one("select_multiple_from_file schools.csv", "select", "x y"),
    "own-file": one("select_one_from_file own.csv", "select1", "x", "string"),
    "rank": one("rank five", "{http://www.opendatakit.org/xforms}rank", "2 1 3 4 5", "odk:rank"),
    "note": Kind([row("note", "n", "อ่านก่อน"), row("text", "q", "คำถาม")], "input", [("q", "ก")]),
    "geopoint": one("geopoint", "input", PLACE, "geopoint"),
    "geotrace": one("geotrace", "input", f"{PLACE};{PLACE}", "geotrace"),
    "geoshape": one("geoshape", "input", f"{PLACE};{PLACE};{PLACE}", "geoshape"),
    "date": one("date", "input", DAY, "date"),
    "time": one("time", "input", CLOCK, "time"),
    "dateTime": one("dateTime", "input", f"{DAY}T{CLOCK}", "dateTime"),
    "image": one("image", "upload", "a.png", "binary"),
    "signature": one("image", "upload", "a.png", "binary", appearance="signature"),
    "audio": one("audio", "upload", "a.mp3", "binary"),
    "video": one("video", "upload", "a.mp4", "binary"),
    "file": one("file", "upload", "a.pdf", "binary"),
    "barcode": one("barcode", "input", "8850000000001", "barcode"),
    "acknowledge": one("acknowledge", "trigger", "OK", "string"),
    "calculate": Kind(
        [row("integer", "n", "จำนวน"), row("calculate", "q", calculation="${n} * 2")],
        "",
        [("n", "4"), ("q", "8")],
    ),
    "hidden": silent("hidden", "ค่า"),
    "start": silent("start", f"{DAY}T{CLOCK}", "dateTime"),
    "end": silent("end", f"{DAY}T{CLOCK}", "dateTime"),
    "today": silent("today", DAY, "date"),
    "deviceid": silent("deviceid", "collect:abc"),
    "username": silent("username", "supervisor"),
    "phonenumber": silent("phonenumber", "032000000"),
    "email": silent("email", "s@example.org"),
    "audit": Kind(
        [row("audit", "audit"), row("text", "q", "คำถาม")],
        "input",
        [("meta/audit", "audit.csv"), ("q", "ก")],
        {"q": "ก"},  # the log is a file beside the answers
        media=["audit.csv"],
    ),
    "group": Kind(
        [row("begin_group", "g", "กลุ่ม"), row("text", "q", "คำถาม"), row("end_group")],
        "input",
        [("g/q", "ในกลุ่ม")],
    ),
    "repeat": Kind(
        [row("begin_repeat", "r", "รายการ"), row("text", "q", "คำถาม"), row("end_repeat")],
        "input",
        [("r/q", "หนึ่ง"), ("r/q", "สอง")],
        {"r/q": "หนึ่ง | สอง"},
    ),
    "repeat-count": Kind(
        [
            row("integer", "n", "จำนวน"),
            row("begin_repeat", "r", "รายการ", repeat_count="${n}"),
            row("text", "q", "คำถาม"),
            row("end_repeat"),
        ],
        "input",
        [("n", "2"), ("r/q", "หนึ่ง"), ("r/q", "สอง")],
        {"n": "2", "r/q": "หนึ่ง | สอง"},
    ),
    "cascade": Kind(
        [
            row("select_one province", "p", "จังหวัด"),
            row("select_one district", "q", "อำเภอ", choice_filter="province=${p}"),
        ],
        "select1",
        [("p", "a"), ("q", "a1")],
    ),
    "csv-external": Kind(
        [row("csv-external", "schools"), row("text", "q", "คำถาม")], "input", [("q", "ก")]
    ),
}
OWN = [Medium("own.csv", "name,label\nx,เอ็กซ์\n".encode())]
CONTENT = {
    "png": PNG,
    "mp3": b"ID3\x03\0\0\0\0\0\0" + bytes(64),
    "mp4": b"\0\0\0\x18ftypmp42" + bytes(64),
    "pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "csv": b"event,node,start,end\nform start,,1,\n",
}


def filled(xform: Element, kind: Kind, number: str) -> bytes:
    """Fill the form's own empty instance in, as a device does."""
    instance = next(iter(xform.iter(f"{MODEL}instance")))
    data = instance[0]
    space = data.tag.partition("}")[0] + "}" if data.tag.startswith("{") else ""
    for template in [part for part in data if f"{JR}template" in part.attrib]:
        data.remove(template)  # the pattern of a repeat is no entry of it
    for path, value in kind.answers:
        *groups, last = path.split("/")
        here = data
        for name in groups:
            found = [part for part in here if part.tag.rpartition("}")[2] == name]
            fresh = [part for part in found if not any(leaf.text for leaf in part)]
            if name == "r" and not fresh:
                here = SubElement(here, found[-1].tag)
                SubElement(here, f"{space}{last}")
            else:
                here = (fresh if name == "r" else found)[0]
        leaf = next(part for part in here if part.tag.rpartition("}")[2] == last)
        leaf.text = value
    meta = next(part for part in data.iter() if part.tag.endswith("}instanceID"))
    meta.text = number
    return bytes(tostring(data))


@pytest.mark.parametrize("name", KINDS)
def test_a_question_type_goes_from_the_sheet_to_the_export(
    cast: Cast, inside: object, phone: Phone, name: str
) -> None:
    kind = KINDS[name]
    with scope(cast.office.pk):
        settings = [{"form_title": name, "form_id": "every", "version": "1"}]
        bring_form(
            actor=cast.actor("planner"),
            data=form(kind.survey, [*FIVE, *BESIDE], settings=settings),
            file_name="every.xlsx",
            publish=True,
            media=OWN if name == "own-file" else [],
        )
    listed = fromstring(phone.get("formList").content)
    space = "{http://openrosa.org/xforms/xformsList}"
    entry = next(
        one for one in listed.iter(f"{space}xform") if one.findtext(f"{space}formID") == "every"
    )
    xform = fromstring(phone.get(entry.findtext(f"{space}downloadUrl") or "").content)
    controls = {part.tag for part in xform.iter() if part.get("ref", "").endswith("/q")}
    wanted = (
        kind.control
        if kind.control.startswith("{") or not kind.control
        else f"{XFORMS}{kind.control}"
    )
    assert controls == ({wanted} if wanted else set())
    bind = next(one for one in xform.iter(f"{XFORMS}bind") if one.get("nodeset", "").endswith("/q"))
    assert not kind.bind or bind.get("type") == kind.bind

    sent = filled(xform, kind, f"uuid:{name}")
    files = {one: CONTENT[one.rpartition(".")[2]] for one in kind.media}
    assert [phone.post(sent, files).status_code for _ in range(2)] == [201, 201]
    with scope(cast.office.pk):
        row_ = Submission.objects.get()
        assert (row_.state, row_.is_complete) == ("accepted", True)
        assert sorted(one.name for one in row_.attachments.all()) == sorted(kind.media)
        data = b"".join(csv_of(system_actor("test", cast.office.pk), "every")).decode("utf-8-sig")
    (told,) = csv.DictReader(io.StringIO(data))
    expected = kind.exported or dict(kind.answers)
    assert {path: told[path] for path in expected} == expected
    assert told["instanceID"] == f"uuid:{name}"
    assert told["media"] == " | ".join(sorted(kind.media))
