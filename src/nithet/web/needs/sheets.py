"""Lists of needs on their way in: an example to fill, and the file that comes back."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from nithet.domain.directory.models.schools import School, SchoolCode
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.actions.needs import NeedDraft, record_needs
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.policy import may_read
from nithet.domain.plans.rules.need_sheets import HEADINGS, RowFault, read_needs
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel.errors import BadInput
from nithet.web.needs.finding import need_tabs, shown_year
from nithet.web.needs.forms import NeedListForm
from nithet.web.shared.downloads import sheet_answer
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice

MOST_SHOWN = 100


def schools_by_code(actor: Actor) -> Mapping[str, School]:
    """Return every code of every school that an actor may read; two queries."""
    schools = {one.pk: one for one in list_schools(actor)}
    found = {one.code: one for one in schools.values() if one.code}
    for row in SchoolCode.objects.filter(school__in=schools):
        found.setdefault(row.code, schools[row.school_id])
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """Take a list over: all rows, or none and what is wrong with which."""
    actor, year = actor_of(request), shown_year(request)
    if request.method != "POST" and request.GET.get("as") == "xlsx" and may_read(actor):
        return _example(actor)
    can = ask("need.record_many", actor, None)
    form = NeedListForm(request.POST or None, request.FILES or None)
    faults: list[RowFault] = []
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("need.record_many", can)
        if form.is_valid():
            try:
                made, faults = _taken(actor, year, form.cleaned_data["file"])
            except BadInput as error:
                tell_at_field(form, error, "file")
            else:
                if not faults:
                    words = ngettext(
                        "%(n)s need is new in the register.",
                        "%(n)s needs are new in the register.",
                        made,
                    )
                    messages.success(request, words % {"n": made})
                    return redirect(reverse("needs:needs") + f"?year={year}")
        status = 422
    shown = [(one.number, gettext(one.message) % dict(one.params)) for one in faults[:MOST_SHOWN]]
    context = {
        "form": form,
        "can": can,
        "year": year,
        "years": year_choice(request, year),
        "faults": shown,
        "fault_count": len(faults),
        "tabs": need_tabs(request, "import"),
    }
    return render(request, "needs/import.html", context, status=status)


def _taken(actor: Actor, year: int, file: object) -> tuple[int, list[RowFault]]:
    by_code = schools_by_code(actor)
    schools = {one.pk: one for one in by_code.values()}
    data, name = file.read(), file.name  # type: ignore[attr-defined]  # an uploaded file
    rows, faults = read_needs(data, name, {code: one.pk for code, one in by_code.items()})
    if faults:
        return 0, faults
    drafts = [
        NeedDraft(
            school=schools[row.school],
            kind=Need.Kind(row.kind),
            text=row.text,
            area=row.area,
            strength=row.strength,
            because=row.because,
        )
        for row in rows
    ]
    return len(record_needs(actor=actor, fiscal_year=year, drafts=drafts, from_list=name)), []


def _example(actor: Actor) -> HttpResponse:
    """Answer with an empty list that has every school with a code in it."""
    columns = [Column(HEADINGS[0], "code"), *(Column(head, width=30) for head in HEADINGS[1:])]
    rows: list[list[Value]] = [
        [one.code, one.name, "", "", "", "", ""] for one in list_schools(actor) if one.code
    ]
    notes = (
        "กรอกความต้องการจำเป็นหนึ่งเรื่องต่อหนึ่งแถว โรงเรียนหนึ่งมีได้หลายแถว แถวที่ไม่กรอกให้ลบออกก่อนนำเข้า",
        "ที่มา: ข้อค้นพบจากการนิเทศ, คำขอของโรงเรียน, SAR, ผลการทดสอบ, อัตรากำลัง, ขนาดโรงเรียน, แบบสำรวจความต้องการ, แหล่งอื่น",
        "ระดับ: ปกติ, มาก, เร่งด่วน",
    )
    return sheet_answer("ความต้องการจำเป็นของโรงเรียน", columns, rows, notes)  # type: ignore[return-value]
