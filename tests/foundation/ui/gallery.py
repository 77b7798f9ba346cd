"""Every component on one page, with the words and figures of an office; a test helper, never part of the product."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from nithet.foundation.access.verdicts import allow, deny
from nithet.foundation.ui.fields import BuddhistDateField, FilesField
from nithet.foundation.ui.frame import Frame
from nithet.foundation.ui.navigation import Line
from nithet.foundation.ui.shapes import Crumb, Fact, LevelShown, Moment, Tab
from nithet.kernel.numerals import Numerals

MOMENT = datetime(2012, 9, 30, 2, 15, tzinfo=UTC)
DAY = date(2012, 5, 24)


@dataclass(frozen=True)
class Row:
    number: str
    title: str
    level: int | None
    have: int
    want: int
    money: int
    word: str
    tone: str
    possible: tuple[int, ...] = ()


ROWS = [
    Row("1", "มีแผนงาน/โครงการที่ใช้โรงเรียนเป็นฐาน", 4, 12, 12, 286000, "หลักฐานครบ", "good"),
    Row("2", "พัฒนาระบบการประกันคุณภาพภายในสถานศึกษา", 3, 9, 11, 120000, "ขาดหลักฐาน 2 รายการ", "needs"),
    Row(
        "3",
        "จัดการศึกษาในรูปแบบที่หลากหลาย สอดคล้องกับกลุ่มเป้าหมายและความแตกต่างระหว่างบุคคล",
        2,
        6,
        14,
        65000,
        "ไฟล์เปิดไม่ได้",
        "bad",
    ),
    Row(
        "4",
        "การติดต่อสื่อสารภายในสำนักงานเขตพื้นที่การศึกษาและสถานศึกษา",
        None,
        0,
        3,
        0,
        "รอสอบทาน",
        "info",
        (1, 2, 3),
    ),
]


class GalleryForm(forms.Form):
    title = forms.CharField(label="ชื่อหลักฐาน", help_text="ใช้ชื่อตามหน้าปกเอกสาร", max_length=80)
    day = BuddhistDateField(label="วันที่ในเอกสาร", help_text="ปี พ.ศ.", latest=date(2013, 9, 30))
    kind = forms.ChoiceField(
        label="ชนิด", choices=[("", "เลือก"), ("order", "คำสั่ง"), ("report", "รายงานผล")]
    )
    channels = forms.MultipleChoiceField(
        label="ช่องทาง",
        choices=[("web", "เว็บไซต์"), ("radio", "วิทยุ"), ("paper", "หนังสือพิมพ์ท้องถิ่น")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    clear = forms.ChoiceField(
        label="ความชัดเจน", choices=[("yes", "ชัดเจน"), ("no", "ยังไม่ชัดเจน")], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="หมายเหตุ", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    files = FilesField(
        label="ไฟล์", camera=True, help_text="รูปภาพ PDF Word หรือ Excel", required=False
    )
    children = forms.BooleanField(label="ระบุตัวเด็กได้จากภาพหรือเอกสารนี้", required=False)


def frame(numerals: Numerals = "arabic") -> Frame:
    return Frame(
        person="ศึกษานิเทศก์ตัวอย่าง",
        role="ศึกษานิเทศก์ · กลุ่มนิเทศฯ",
        office="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1",
        period="ปีงบประมาณ 2555 · รอบ 12 เดือน",
        numerals=numerals,
        is_example=True,
    )


MENU = [
    Line("home", "หน้าแรกของฉัน", "#", "home", True),
    Line("overview", "ภาพรวม", "#", "overview", False),
    Line("rounds", "รอบการรายงาน", "#", "level", False),
    Line("returns", "แบบรายงาน", "#", "return", False),
    Line("projects", "โครงการ", "#", "project", False),
    Line("visits", "การออกนิเทศ", "#", "visit", False),
    Line("evidence", "หลักฐาน", "#", "evidence", False),
    Line("schools", "โรงเรียน", "#", "school", False),
]


def context(request: HttpRequest, form: forms.Form) -> dict[str, object]:
    shown = SimpleNamespace(
        frame=frame(),
        is_signed_in=True,
        navigation=MENU,
        version="0.1.0",
        address=request.get_full_path(),
    )
    return {
        "ui": shown,
        "title": "ภาพรวมการนิเทศ",
        "moment": MOMENT,
        "day": DAY,
        "short_day": "15 พ.ค. 2556",
        "rows": ROWS,
        "crumbs": [Crumb("หน้าแรก", "/"), Crumb("รอบการรายงาน", "#"), Crumb("ประเด็นที่ 5.4")],
        "computed": LevelShown(3, because="ชัดเจนในบางข้อ (3 จาก 5 ข้อ)", href="#", link="ดูว่าทำไม"),
        "declared": LevelShown(3, who="คณะทำงาน ณ วันที่ 28 ก.ย. 2555"),
        "assessor": None,
        "reasons": ["ข้อ 3 ขาดหลักฐาน 2 โครงการ", "ข้อ 4 ยังไม่ได้ตอบ 3 รายการตรวจ"],
        "yes": allow("The round is open."),
        "no": deny("Two items are not answered."),
        "moments": [
            Moment(MOMENT, "สอบทานหลักฐานแล้ว 3 ชิ้น", "ผู้สอบทานหลักฐาน", "check"),
            Moment(MOMENT, "เพิ่มหลักฐาน รายงานผลการประชุมเชิงปฏิบัติการ", "ศึกษานิเทศก์", "evidence", "#"),
            Moment(DAY, "ตรวจเยี่ยม 3 โรงเรียน", "", "visit", more="ผู้ตรวจเยี่ยมไม่ระบุในเอกสาร"),
        ],
        "facts": [
            Fact("ผู้อำนวยการสถานศึกษา", "ว่าง · รักษาการ"),
            Fact("นักเรียน", 118, note="ณ วันที่ 10 มิ.ย. 2555"),
            Fact("กลุ่มเครือข่าย", ""),
            Fact("การนิเทศครั้งล่าสุด", "24 พ.ค. 2555", "#"),
        ],
        "tab_list": [
            Tab("ภาพรวม", "#", current=True),
            Tab("หลักฐาน", "#", count=12),
            Tab("ความเห็น", "#", count=0),
            Tab("ประวัติ", "#"),
        ],
        "page": Paginator(range(300), 25).page(4),
        "form": form,
        "possible": [1, 2, 3],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    wrong = (
        GalleryForm({"day_day": "31", "day_month": "6", "day_year": "2555"})
        if "wrong" in request.GET
        else GalleryForm(initial={"day": DAY})
    )
    source = Path(__file__).with_name("gallery.html").read_text(encoding="utf-8")
    return HttpResponse(
        engines["django"].from_string(source).render(context(request, wrong), request)
    )


urlpatterns = [
    path("gallery/", gallery),
    path("account/", include("nithet.web.account.urls")),
    path("", include("nithet.foundation.ui.urls")),
]
