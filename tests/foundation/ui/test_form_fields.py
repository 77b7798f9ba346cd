"""The date of three boxes and the file picker."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from nithet.foundation.ui.display import show_in
from nithet.foundation.ui.fields import BuddhistDateField, FilesField


class DayForm(forms.Form):
    day = BuddhistDateField(
        label="วันที่", required=False, earliest=date(2011, 10, 1), latest=date(2012, 9, 30)
    )


def typed(day: str, month: str, year: str) -> DayForm:
    return DayForm({"day_day": day, "day_month": month, "day_year": year})


@pytest.mark.parametrize(
    ("day", "month", "year", "meant"),
    [
        ("24", "5", "2555", date(2012, 5, 24)),
        ("๒๔", "5", "๒๕๕๕", date(2012, 5, 24)),
        (" 1", "10", "2554 ", date(2011, 10, 1)),
        ("29", "2", "2555", date(2012, 2, 29)),
        ("30", "9", "2555", date(2012, 9, 30)),
        ("", "", "", None),
    ],
)
def test_a_day_typed_in_the_buddhist_era_is_a_date(
    day: str, month: str, year: str, meant: date | None
) -> None:
    form = typed(day, month, year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == meant


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("31", "6", "2555", "ไม่มีวันที่นี้ในปฏิทิน"),
        ("0", "6", "2555", "ไม่มีวันที่นี้ในปฏิทิน"),
        ("29", "2", "2554", "ไม่มีวันที่นี้ในปฏิทิน"),
        ("1", "13", "2555", "ไม่มีวันที่นี้ในปฏิทิน"),
        ("24", "", "2555", "กรอกวัน เดือน และปีให้ครบ"),
        ("", "", "2555", "กรอกวัน เดือน และปีให้ครบ"),
        ("วันนี้", "5", "2555", "กรอกวันและปีเป็นตัวเลข"),
        ("²", "5", "2555", "กรอกวันและปีเป็นตัวเลข"),
        ("24", "5", "2012", "กรอกปีเป็นพุทธศักราช เช่น"),
        ("24", "5", "55", "กรอกปีเป็นพุทธศักราช เช่น"),
        ("24", "5", "99999999999999999999", "กรอกปีเป็นพุทธศักราช เช่น"),
        ("30", "9", "2554", "ต้องไม่ก่อนวันที่ 1 ตุลาคม 2554"),
        ("1", "10", "2555", "ต้องไม่หลังวันที่ 30 กันยายน 2555"),
    ],
)
def test_what_is_no_day_is_told_so_that_it_can_be_mended(
    day: str, month: str, year: str, said: str
) -> None:
    form = typed(day, month, year)
    assert not form.is_valid()
    assert said in form.errors["day"][0]


def test_what_was_typed_wrong_stays_in_its_boxes() -> None:
    page = str(typed("31", "6", "2555")["day"])
    assert (
        'value="31"' in page
        and '<option value="6" selected>มิถุนายน</option>' in page
        and 'value="2555"' in page
    )


def test_a_known_day_is_shown_in_the_digits_of_the_view() -> None:
    with show_in("thai"):
        page = str(DayForm(initial={"day": date(2012, 5, 24)})["day"])
    assert 'value="๒๔"' in page and 'value="๒๕๕๕"' in page
    assert '<option value="5" selected>พฤษภาคม</option>' in page


def test_a_required_day_left_empty_is_asked_for() -> None:
    field = BuddhistDateField()
    with pytest.raises(forms.ValidationError, match="กรุณากรอกช่องนี้"):
        field.clean(None)


def test_the_same_day_typed_in_thai_digits_is_no_change() -> None:
    form = DayForm(
        {"day_day": "๒๔", "day_month": "5", "day_year": "๒๕๕๕"}, initial={"day": date(2012, 5, 24)}
    )
    assert not form.has_changed()
    assert DayForm(
        {"day_day": "25", "day_month": "5", "day_year": "2555"}, initial={"day": date(2012, 5, 24)}
    ).has_changed()


class FilesForm(forms.Form):
    files = FilesField(label="ไฟล์", camera=True, accept="image/*,.pdf", required=False)
    needed = FilesField(label="คำสั่ง")


def sent(**files: list[SimpleUploadedFile]) -> FilesForm:
    return FilesForm({}, MultiValueDict(files))


def test_files_of_both_buttons_arrive_together() -> None:
    form = sent(
        files=[SimpleUploadedFile("ก.pdf", b"x"), SimpleUploadedFile("ข.jpg", b"y")],
        needed=[SimpleUploadedFile("c.pdf", b"z")],
    )
    assert form.is_valid(), form.errors
    assert [f.name for f in form.cleaned_data["files"]] == ["ก.pdf", "ข.jpg"]


def test_no_file_is_an_empty_list_or_a_sentence_where_one_is_needed() -> None:
    form = sent()
    assert not form.is_valid()
    assert form.cleaned_data["files"] == []
    assert list(form.errors) == ["needed"]


def test_an_empty_file_among_good_ones_is_refused() -> None:
    form = sent(
        files=[SimpleUploadedFile("a.pdf", b"x"), SimpleUploadedFile("b.pdf", b"")],
        needed=[SimpleUploadedFile("c.pdf", b"z")],
    )
    assert form.errors["files"] == ["ไฟล์ที่ส่งมาไม่มีเนื้อหา"]


def test_the_picker_speaks_thai_and_offers_the_camera_where_asked() -> None:
    page = str(FilesForm()["files"])
    assert "เลือกไฟล์" in page and "ถ่ายภาพ" in page and 'capture="environment"' in page
    assert 'accept="image/*,.pdf"' in page and "multiple" in page
    assert "ถ่ายภาพ" not in str(FilesForm()["needed"])
