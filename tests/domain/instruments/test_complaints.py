"""What is wrong with a form is said with sheet, row and column, and in words an office understands."""

import pytest
from django.utils import translation

from nithet.domain.instruments.queries.telling import said
from nithet.domain.instruments.rules.complaints import FormRefused, told
from nithet.domain.instruments.rules.linting import unguarded
from nithet.kernel.errors import BadInput
from tests.domain.instruments.xlsforms import Row, convert, form, row

GOOD = row("text", "a", "ก")


@pytest.mark.parametrize(
    ("survey", "code", "at"),
    [
        ([GOOD, row("text", "a", "ข")], "name_twice", 3),
        ([GOOD, row("txet", "b", "ข")], "unknown_type", None),
        ([GOOD, row("select_one nothere", "b", "ข")], "list_missing", 3),
        ([GOOD, row("begin_group", "g", "กลุ่ม")], "begin_without_end", 3),
        ([GOOD, row("end_group")], "end_without_begin", 3),
        ([GOOD, row("text", "b", "ข", relevant="${zz} = 1")], "reference_unknown", 3),
        ([GOOD, row("calculate", "b")], "calculation_missing", 3),
        ([GOOD, row("range", "b", "ข", parameters="start=x")], "range", 3),
        ([GOOD, row("text", "b", "ข", save_to="p")], "entity_no_sheet", 3),
    ],
)
def test_what_cannot_be_used_is_told_at_its_row(
    survey: list[Row], code: str, at: int | None
) -> None:
    with pytest.raises(FormRefused) as refused:
        convert(form(survey))
    complaint = refused.value.params["complaint"]
    assert (complaint.code, complaint.row) == (code, at)
    with translation.override("th"):
        words = said(complaint.as_json())
    assert any("ก" <= sign <= "๙" for sign in words)
    if at:
        assert f"แถว {at}" in words


def test_a_sentence_of_the_converter_that_is_not_known_is_shown_as_it_is() -> None:
    complaint = told("[row : 7] Something that nobody has seen before.")[0]
    assert complaint.row == 7
    with translation.override("th"):
        words = said(complaint.as_json())
    assert "แถว 7" in words
    assert "Something that nobody has seen before." in words


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("${a} + ${b}", {"a", "b"}),
        ("coalesce(${a}, 0) + ${b}", {"b"}),
        ("(${a} + ${b}) div 2", {"a", "b"}),
        ("if(${a} = '', 0, ${a}) * 2", set()),
        ("number(${a})", {"a"}),
        ("sum(${a})", {"a"}),
        ("concat(${a}, ' - ', ${b})", set()),
        ("${a}", set()),
        ("'${a} + 1'", set()),
        ("count-selected(${a}) + 1", set()),
        ("${a} - ${b}", {"a", "b"}),
        ("((((", set()),
    ],
)
def test_a_calculation_that_counts_with_the_unanswered_is_found(
    expression: str, names: set[str]
) -> None:
    assert unguarded(expression) == names


def codes(survey: list[Row]) -> dict[str, int | None]:
    return {one.code: one.row for one in convert(form(survey)).complaints}


def test_the_lint_names_the_row_of_an_unguarded_calculation() -> None:
    ratings = [row("select_one five", "q1", "1"), row("select_one five", "q2", "2", required="yes")]
    assert codes([*ratings, row("calculate", "c", calculation="${q1} + ${q2}")]) == {
        "unanswered": 4
    }
    assert codes([*ratings, row("calculate", "c", calculation="coalesce(${q1}, 0) + ${q2}")]) == {}


def test_a_total_of_ratings_is_not_shown_in_the_classroom() -> None:
    ratings = [row("select_one five", f"q{n}", str(n), required="yes") for n in (1, 2)]
    total = row("calculate", "total", calculation="${q1} + ${q2}")
    assert codes([*ratings, total, row("note", "n", "รวม ${total} คะแนน")]) == {"total_shown": 5}
    assert codes([*ratings, total]) == {}


def test_a_file_that_the_form_names_and_nobody_brought_is_asked_for() -> None:
    survey = [
        row("select_one_from_file list.csv", "a", "ก"),
        row("text", "b", "ข", image="how.png"),
    ]
    found = [
        one.params["file"] for one in convert(form(survey)).complaints if one.code == "file_missing"
    ]
    assert found == ["list.csv", "how.png"]
    brought = convert(form(survey), brought=["list.csv", "how.png"])
    assert [one.code for one in brought.complaints] == []


def test_a_form_that_asks_nothing_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        convert(form([row("note", "n", "อ่าน"), row("calculate", "c", calculation="1")]))
    assert refused.value.code == "form.asks_nothing"
