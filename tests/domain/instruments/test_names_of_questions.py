"""Nobody has to think up names: they are codes, and stay while the words stay."""

from nithet.domain.instruments.rules.names import Names
from tests.domain.instruments.xlsforms import convert, form, row


def names(made: object) -> dict[str, str]:
    return {one["label"]: one["name"] for one in made.definition if one["label"]}  # type: ignore[attr-defined]


ROWS = [
    row("begin group", label="ด้านที่ 1"),
    row("select_one five", label="ครูใช้สื่อ"),
    row("select_one five", label="ครูวัดผล"),
    row("end group"),
    row("note", label="ขอบคุณ"),
]


def test_thai_labels_need_no_names() -> None:
    made = convert(form(ROWS))
    assert names(made) == {"ครูใช้สื่อ": "q1", "ครูวัดผล": "q2", "ขอบคุณ": "n1"}
    assert [one["group"] for one in made.definition if one["name"] == "q1"] == ["g1"]


def test_a_question_keeps_its_name_while_its_words_stay_and_a_new_one_gets_a_new_number() -> None:
    first = convert(form(ROWS))
    rows = [ROWS[0], row("select_one five", label="ครูเตรียมการสอน"), ROWS[2], ROWS[1], *ROWS[3:]]
    second = convert(form(rows), Names.after(first.definition))
    assert names(second) == {"ครูเตรียมการสอน": "q3", "ครูวัดผล": "q2", "ครูใช้สื่อ": "q1", "ขอบคุณ": "n1"}


def test_a_name_that_any_version_used_is_never_given_to_another_question() -> None:
    made = convert(form([row("text", label="ใหม่")]), Names.after((), {"q1", "q2", "q7"}))
    assert names(made) == {"ใหม่": "q8"}


def test_two_questions_of_the_same_words_keep_their_order() -> None:
    rows = [
        row("begin group", label="ก"),
        row("text", label="บันทึก"),
        row("end group"),
        row("begin group", label="ข"),
        row("text", label="บันทึก"),
        row("end group"),
    ]
    first = convert(form(rows))
    again = convert(form(rows), Names.after(first.definition))
    assert [one["path"] for one in again.definition] == [one["path"] for one in first.definition]


def test_names_that_devices_do_not_understand_are_replaced_and_references_follow() -> None:
    rows = [
        row("select_one five", "ข้อ 1", "ครูใช้สื่อ"),
        row("text", "why", "เพราะ", relevant="${ข้อ 1} = '1'"),
        row("text", label="อีกข้อ", relevant="${ครูใช้สื่อ} = '2'"),
    ]
    made = convert(form(rows))
    found = {one["name"]: one for one in made.definition}
    assert {"q1", "why", "q2"} <= found.keys()
    assert "q1" in found["why"]["relevant"] and "q1" in found["q2"]["relevant"]
    assert "renamed" in [one.code for one in made.complaints]


def test_names_that_somebody_gave_stay() -> None:
    made = convert(form([row("text", "teacher_name", "ครู"), row("text", label="โรงเรียน")]))
    assert names(made) == {"ครู": "teacher_name", "โรงเรียน": "q1"}
