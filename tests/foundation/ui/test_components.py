"""Components: what they say, what they escape, and what they need."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory

from nithet.foundation.access.verdicts import allow, deny
from nithet.foundation.ui.display import show_in
from nithet.foundation.ui.shapes import Crumb, Fact, Moment, Tab
from nithet.foundation.ui.templatetags.nithet import TONE_ICONS
from nithet.kernel.errors import RuleBroken

HOSTILE = '<script>alert("x")</script>'


def shown(text: str, request: HttpRequest | None = None, **context: object) -> str:
    return engines["django"].from_string(text).render(context, request)


@pytest.mark.parametrize(
    "source",
    [
        "{% button x %}",
        "{% button x href='/a' why_not=x %}",
        "{% primary_action x href='#' %}",
        "{% state x 'needs' %}",
        "{% stat x x note=x link=x href='#' %}",
        "{% empty_state x x href='#' action=x %}",
        "{% because x %}",
        "{% level_meter 1 text=x name=x %}",
        "{% progress 1 2 x %}",
        "{% card x note=x %}.{% endcard %}",
        "{% notice 'bad' x %}.{% endnotice %}",
        "{% table x caption_shown=True %}.{% endtable %}",
        "{% fold x %}.{% endfold %}",
        "{% definitions facts %}",
        "{% breadcrumbs crumbs %}",
        "{% tabs tab_list x %}",
        "{% timeline moments %}",
        "{% verdict no x %}",
        "{% icon 'check' x %}",
    ],
)
def test_text_of_people_is_escaped_in_every_component(source: str) -> None:
    page = shown(
        source,
        x=HOSTILE,
        facts=[Fact(HOSTILE, HOSTILE, note=HOSTILE)],
        crumbs=[Crumb(HOSTILE, "/"), (HOSTILE, "")],
        tab_list=[Tab(HOSTILE, "#")],
        moments=[Moment(date(2012, 5, 24), HOSTILE, HOSTILE, more=HOSTILE)],
        no=deny("Not %(x)s.", x=HOSTILE),
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("tone", sorted(TONE_ICONS))
def test_a_state_is_a_word_and_an_icon_never_colour_alone(tone: str) -> None:
    page = shown("{% state 'รอสอบทาน' tone %}", tone=tone)
    assert f"#{TONE_ICONS[tone]}" in page
    assert "รอสอบทาน" in page


def test_a_misspelt_variable_of_a_component_is_an_error_and_not_silence() -> None:
    with pytest.raises(TemplateSyntaxError, match="lable"):
        shown("{% button lable='บันทึก' %}")


def test_a_button_that_cannot_be_used_says_why() -> None:
    page = shown("{% button 'ปิดรอบ' why_not='ยังมีข้อที่ไม่ได้ตอบ 2 ข้อ' %}")
    assert 'type="button"' in page and 'aria-disabled="true"' in page
    assert "ยังมีข้อที่ไม่ได้ตอบ 2 ข้อ" in page


def test_a_figure_is_n_of_n_with_its_date_and_the_way_to_its_rows() -> None:
    page = shown(
        "{% stat 'นิเทศแล้ว' 104 total=130 unit='โรงเรียน' as_at=day href='/visits/' %}",
        day=date(2012, 9, 30),
    )
    assert "104" in page and "จาก 130 โรงเรียน" in page
    assert "ณ วันที่ 30 ก.ย. 2555" in page
    assert 'href="/visits/"' in page and "ดูรายการ" in page


def test_a_total_of_nought_is_still_shown() -> None:
    assert "จาก 0" in shown("{% stat 'ตอบแล้ว' 0 total=0 %}")


def test_an_empty_value_of_a_definition_is_said_as_not_stated() -> None:
    page = shown("{% definitions facts %}", facts=[("ผู้ตรวจเยี่ยม", ""), ("ครู", 0), ("หัวหน้า", None)])
    assert page.count("ไม่ระบุ") == 2
    assert "<dd>0</dd>" in page


def test_a_code_keeps_its_digits_in_a_view_of_thai_digits() -> None:
    facts = [Fact("รหัสโรงเรียน", "76010001", code=True), Fact("นักเรียน", 118)]
    with show_in("thai"):
        page = shown("{% definitions facts %}", facts=facts)
    assert "76010001" in page and "๑๑๘" in page


def test_no_reason_draws_no_because_line() -> None:
    assert shown("{% because '' %}{% because none %}", none=[]).strip() == ""


def test_a_verdict_says_yes_or_no_in_words_and_why() -> None:
    yes = shown("{% verdict v 'ลงนาม' %}", v=allow("Because of %(what)s.", what="รอบเปิดอยู่"))
    no = shown("{% verdict v 'ลงนาม' %}", v=deny("Because of %(what)s.", what="ยังไม่ครบ 2 ข้อ"))
    assert "ลงนาม: ทำได้" in yes and "รอบเปิดอยู่" in yes
    assert "ลงนาม: ยังทำไม่ได้" in no and "ยังไม่ครบ 2 ข้อ" in no


def test_a_broken_rule_is_told_in_the_readers_words_with_its_values() -> None:
    error = RuleBroken("late", "The day must not be after %(date)s.", date="30 ก.ย. 2555")
    assert shown("{{ e|told }}", e=error) == "ต้องไม่หลังวันที่ 30 ก.ย. 2555"


def test_the_last_crumb_is_this_page() -> None:
    page = shown("{% breadcrumbs c %}", c=[Crumb("หน้าแรก", "/"), Crumb("ข้อ 4")])
    assert '<span aria-current="page">ข้อ 4</span>' in page


def test_only_the_current_tab_is_marked() -> None:
    page = shown("{% tabs t 'ส่วน' %}", t=[Tab("ก", "?a", current=True), Tab("ข", "?b", count=0)])
    assert page.count("aria-current") == 1
    assert '<span class="tab-count">0</span>' in page


def test_the_pages_of_a_list_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/visits/", {"network": "3", "page": "4"})
    page = shown("{% pagination p %}", request, p=Paginator(range(300), 25).page(4))
    links = {
        QueryDict(part.split('"')[0].replace("&amp;", "&")).urlencode()
        for part in page.split('href="?')[1:]
    }
    assert links == {f"network=3&page={n}" for n in (1, 2, 3, 5, 12)}
    assert "รายการที่ 76–100 จากทั้งหมด 300" in page
    assert '<span class="here" aria-current="page">4</span>' in page


def test_one_page_needs_no_links_and_an_empty_list_says_nothing() -> None:
    request = RequestFactory().get("/visits/")
    assert "href" not in shown("{% pagination p %}", request, p=Paginator(range(3), 25).page(1))
    assert shown("{% pagination p %}", request, p=Paginator([], 25).page(1)).strip() == ""


class NoteForm(forms.Form):
    title = forms.CharField(
        label="ชื่อเรื่อง", help_text="ตามหน้าปก", widget=forms.TextInput(attrs={"placeholder": "พิมพ์ที่นี่"})
    )
    note = forms.CharField(label="หมายเหตุ", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="k")
    agree = forms.BooleanField(label="ตรวจแล้ว")

    def clean(self) -> None:
        raise forms.ValidationError("สองช่องนี้ขัดกัน")


def test_a_field_has_its_label_above_help_under_it_and_its_error_at_it() -> None:
    page = shown("{% field f.title %}", f=NoteForm({}))
    label, help_, control, error = (
        page.index(t) for t in ('<label for="id_title"', "ตามหน้าปก", "<input", "กรุณากรอกช่องนี้")
    )
    assert label < help_ < control < error
    assert 'aria-describedby="id_title_help id_title_error"' in page
    assert 'aria-invalid="true"' in page
    assert "placeholder" not in page


def test_only_what_may_stay_empty_is_marked() -> None:
    page = shown("{% fields f %}", f=NoteForm())
    assert page.count("(ไม่บังคับ)") == 1
    assert page.index("(ไม่บังคับ)") > page.index("หมายเหตุ")


def test_the_summary_of_errors_leads_to_each_field_and_takes_focus() -> None:
    page = shown("{% fields f %}", f=NoteForm({"title": ""}))
    assert 'tabindex="-1" autofocus' in page and 'role="alert"' in page
    assert '<a href="#id_title">ชื่อเรื่อง: กรุณากรอกช่องนี้</a>' in page
    assert '<a href="#id_agree">ตรวจแล้ว: กรุณากรอกช่องนี้</a>' in page
    assert "<li>สองช่องนี้ขัดกัน</li>" in page
    assert "มี 4 รายการที่ควรแก้ก่อนไปต่อ" in page
    assert 'type="hidden" name="secret"' in page


def test_one_problem_of_the_whole_form_is_said_at_once() -> None:
    page = shown("{% form_errors f %}", f=NoteForm({"title": "ก", "agree": "on", "secret": "k"}))
    assert "<h2>" in page and "สองช่องนี้ขัดกัน</h2>" in page
    assert "<li>" not in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in shown("{% fields f %}", f=NoteForm())


def test_a_container_holds_what_stands_in_it_unescaped_once() -> None:
    page = shown("{% card 'หลักฐาน' note='12 ชิ้น' %}<p>{{ x }}</p>{% endcard %}", x=HOSTILE)
    assert "<p>&lt;script&gt;" in page
    assert "<h2>หลักฐาน</h2>" in page


def test_a_table_is_named_for_those_who_cannot_see_it() -> None:
    page = shown("{% table 'ผลรายข้อ' %}<tbody><tr><td>1</td></tr></tbody>{% endtable %}")
    assert 'aria-label="ผลรายข้อ"' in page
    assert '<caption class="sr-only">ผลรายข้อ</caption>' in page
