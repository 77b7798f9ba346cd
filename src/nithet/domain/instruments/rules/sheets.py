"""A form drawn up from lines: what the office pasted, the levels it chose, and what is asked besides. It becomes an XLSForm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter

from nithet.domain.instruments.rules.definition import Question, asked
from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.pasting import Kind, Line
from nithet.domain.instruments.rules.scales import Scale, scale_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

LONGEST_TITLE = 300
TEACHER = "ครูผู้รับการนิเทศ (ไม่บังคับ)"
TEACHER_HINT = "เห็นเฉพาะครูท่านนั้น ผู้อำนวยการโรงเรียน และศึกษานิเทศก์ผู้บันทึก"
SCHOOL, VISITED_ON = "โรงเรียน", "วันที่"
NOTES = "บันทึกเพิ่มเติม"
SEEN, STRENGTHS, TO_THINK, AGREED = "สิ่งที่พบเห็น", "จุดเด่น", "ชวนคิด", "ตกลงร่วมกัน"
AGREED_WHAT, AGREED_WHO, AGREED_WHEN = "จะทำอะไร", "ผู้รับผิดชอบ", "ภายในวันที่"
PHOTOS, SIGNATURE = "ภาพประกอบ", "ลายมือชื่อผู้รับการนิเทศ"
PHOTO_PARAMETERS = "max-pixels=1600"
_HEADS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "appearance",
    "parameters",
    "default",
    "private",
)
_NAMED = {
    SCHOOL: "school",
    VISITED_ON: "visited_on",
    TEACHER: "teacher",
    SEEN: "seen",
    STRENGTHS: "strengths",
    TO_THINK: "to_think",
    AGREED: "agreed",
    AGREED_WHAT: "what",
    AGREED_WHO: "who",
    AGREED_WHEN: "due_on",
    PHOTOS: "photo",
    SIGNATURE: "signature",
}


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form to be: its title, its lines, the code of its scale, and what is asked besides.

    `teacher` asks for a teacher's name, which stays private and may be left out. `notes` adds room to write under every
    group. `four_parts` ends with สิ่งที่พบเห็น, จุดเด่น, ชวนคิด, ตกลงร่วมกัน. There is never a total.
    """

    title: str
    lines: Sequence[Line] = ()
    scale: str = ""
    teacher: bool = False
    notes: bool = False
    four_parts: bool = True
    photos: bool = False
    signature: bool = False
    form_id: str = ""

    @property
    def asked_lines(self) -> list[Line]:
        """Return the lines that are not left out and have words."""
        return [one for one in self.lines if one.kind != Kind.LEFT_OUT and collapse(one.words)]


@dataclass(slots=True)
class _Drawing:
    """Rows of an XLSForm while they are written."""

    names: Names
    rows: list[dict[str, str]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def add(self, kind: str, label: str = "", **cells: str) -> None:
        """Add a row; its name is a fixed one, the old one of these words, or the next code."""
        row = {"type": kind, "label": label, **{key: text for key, text in cells.items() if text}}
        if not kind.startswith("end_") and "name" not in row:
            row["name"] = self._name(kind, label)
        if row.get("name"):
            self.taken.add(row["name"])
        self.rows.append(row)

    def _name(self, kind: str, label: str) -> str:
        fixed = _NAMED.get(label, "")
        if fixed and fixed not in self.taken:
            return fixed
        letter = {"begin_group": "g", "begin_repeat": "r", "note": "n"}.get(kind, "q")
        return self.names.name_for(letter, label, self.taken)


def starter(title: str) -> FormSheet:
    """Return the sheet that is offered to begin with: school, day, teacher, and the four parts."""
    return FormSheet(title=title, teacher=True, four_parts=True, signature=True)


def workbook_of(sheet: FormSheet, *, names: Names, version: str = "") -> bytes:
    """Return a form as an XLSForm workbook that may be edited and brought back.

    Raises `RuleBroken` for a form without a title, without questions, or with ratings and no levels.
    """
    scale = _checked(sheet)
    drawing = _Drawing(names)
    for kind in ("start", "end"):
        drawing.add(kind, name=kind)
    drawing.add(
        "select_one_from_file schools.csv",
        SCHOOL,
        required="yes",
        appearance="minimal autocomplete",
    )
    drawing.add("date", VISITED_ON, required="yes", default="today()")
    if sheet.teacher:
        drawing.add("text", TEACHER, hint=TEACHER_HINT, private="yes")
    _add_lines(drawing, sheet, scale)
    if sheet.four_parts:
        _add_four_parts(drawing)
    if sheet.photos:
        drawing.add("image", PHOTOS, parameters=PHOTO_PARAMETERS)
    if sheet.signature:
        drawing.add("image", SIGNATURE, appearance="signature")
    settings = {
        "form_title": collapse(sheet.title)[:LONGEST_TITLE],
        "form_id": sheet.form_id,
        "version": version,
        "default_language": "ไทย (th)",
    }
    choices = _choices(scale) if scale else []
    return _written(
        {
            "survey": (_HEADS, drawing.rows),
            "choices": (("list_name", "name", "label"), choices),
            "settings": (tuple(settings), [settings]),
        }
    )


def _choices(scale: Scale) -> list[dict[str, str]]:
    return [
        {"list_name": scale.list_name, "name": value, "label": words}
        for value, words in scale.choices
    ]


def _checked(sheet: FormSheet) -> Scale | None:
    if not collapse(sheet.title):
        raise RuleBroken("sheet.title", "Give the form a title.", field="title")
    lines = sheet.asked_lines
    if not sheet.four_parts and not any(line.kind != Kind.HEADING for line in lines):
        raise RuleBroken("sheet.empty", "The form asks nothing yet.", field="pasted")
    scale = scale_of(sheet.scale)
    if scale is None and any(line.kind == Kind.RATING for line in lines):
        raise RuleBroken("sheet.scale", "Choose the levels.", field="scale")
    return scale


def _add_lines(drawing: _Drawing, sheet: FormSheet, scale: Scale | None) -> None:
    is_open = has_questions = False

    def close() -> None:
        if is_open:
            if sheet.notes and has_questions:
                drawing.add("text", NOTES, appearance="multiline")
            drawing.add("end_group")

    for line in sheet.asked_lines:
        words = collapse(line.words)
        if line.kind == Kind.HEADING:
            close()
            drawing.add("begin_group", words)
            is_open, has_questions = True, False
            continue
        has_questions = True
        if line.kind == Kind.RATING and scale is not None:
            likert = "likert" if scale.is_rating else ""
            drawing.add(f"select_one {scale.list_name}", words, appearance=likert)
        elif line.kind == Kind.PERSON:
            drawing.add("text", words, hint=TEACHER_HINT, private="yes")
        else:
            drawing.add("text", words, appearance="multiline")
    close()
    if sheet.notes and not is_open and has_questions:
        drawing.add("text", NOTES, appearance="multiline")


def _add_four_parts(drawing: _Drawing) -> None:
    for label in (SEEN, STRENGTHS, TO_THINK):
        drawing.add("text", label, appearance="multiline")
    drawing.add("begin_repeat", AGREED)
    drawing.add("text", AGREED_WHAT)
    drawing.add("text", AGREED_WHO)
    drawing.add("date", AGREED_WHEN)
    drawing.add("end_repeat")


def _written(sheets: dict[str, tuple[Sequence[str], list[dict[str, str]]]]) -> bytes:
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@", "text_wrap": True})
        for name, (heads, rows) in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for at, head in enumerate(heads):
                page.write_string(0, at, head, bold)
                page.set_column(at, at, 60 if head in {"label", "form_title"} else 22, text)
            for number, row in enumerate(rows, 1):
                for at, head in enumerate(heads):
                    if row.get(head):
                        page.write_string(number, at, row[head], text)
    return file.getvalue()


def sheet_of(definition: Sequence[Question], title: str) -> FormSheet:
    """Return the sheet that a definition could have been drawn up from, for drawing up the next version in the same way.

    What a sheet cannot hold (conditions, calculations, other types) is left out; `fits` says whether anything is.
    """
    fixed = set(_NAMED.values()) | {"start", "end"}
    lines: list[Line] = []
    scale, before = "", ""
    for one in asked(list(definition)):
        if (one["name"] in fixed and not one["group"]) or one["repeat"] or one["label"] == NOTES:
            continue
        heading = one["groups"][-1] if one["groups"] else ""
        if heading and heading != before:
            lines.append(Line(Kind.HEADING, heading))
        before = heading
        if one["kind"]:
            scale = scale or _scale_code(one)
            lines.append(Line(Kind.RATING, one["label"]))
        else:
            lines.append(Line(Kind.PERSON if one["private"] else Kind.TEXT, one["label"]))
    names = {one["name"] for one in definition}
    return FormSheet(
        title=title,
        lines=lines,
        scale=scale,
        teacher="teacher" in names,
        notes=any(one["label"] == NOTES for one in definition),
        four_parts="to_think" in names,
        photos="photo" in names,
        signature="signature" in names,
    )


def fits(definition: Sequence[Question]) -> bool:
    """Say whether a form is one that a sheet can hold: ratings of one scale and text, nothing that depends or is counted."""
    scales = set()
    for one in definition:
        if (
            one["type"] in {"calculate", "note", "hidden", "entity"}
            or one["relevant"]
            or one["constraint"]
        ):
            return False
        if not one["asks"]:
            continue
        if one["repeat"] and one["repeat"] != "agreed":
            return False
        if one["kind"]:
            scales.add(_scale_code(one))
        elif one["type"] not in {"text", "date", "image", "signature", "select_one"} or (
            one["type"] == "select_one" and one["name"] != "school"
        ):
            return False
    return len(scales) <= 1 and "" not in scales


def _scale_code(one: Question) -> str:
    return str(one["scheme"] if one["kind"] == "rating" else one["kind"])
