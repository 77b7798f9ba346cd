"""Files of a version: the workbook, the XForm, and blank forms on paper."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.networks import list_networks
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.instruments import files
from nithet.domain.instruments.actions.papers import blank_document, print_blank, print_blanks
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.keys import row_key
from nithet.kernel.errors import RuleBroken
from nithet.web.instruments.finding import crumbs, version_or_404
from nithet.web.instruments.forms import PaperForm
from nithet.web.shared.addresses import absolute
from nithet.web.shared.downloads import DOCX, PDF, XLSX, file_answer
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

XML = "application/xml"


@login_required
@require_safe
def file(request: HttpRequest, form_version_id: int, form_file: str) -> HttpResponse:
    """Give the workbook ("xlsx") that a version was made from, or its XForm ("xml")."""
    found = version_or_404(request, form_version_id)
    name = f"{found.title} {found.version}"
    if form_file == "xlsx" and found.xlsx_sha256:
        return file_answer(files.read(found.xlsx_sha256), XLSX, f"{name}.xlsx")
    if form_file == "xml":
        return file_answer(found.xform.encode(), XML, f"{name}.xml")
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, form_version_id: int) -> HttpResponse:
    """Print blank forms. `?as=pdf` or `?as=docx` answers the file without a code, `?school=` with that school's name."""
    actor, found = actor_of(request), version_or_404(request, form_version_id)
    schools = list(list_schools(actor))
    networks = list(list_networks(actor))
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        schools=[(str(one.pk), str(one)) for one in schools],
        networks=[(str(one.pk), f"{one} ({one.school_count})") for one in networks],
        initial={"school": request.GET.get("school", "")},
    )
    chosen = _school(schools, request.GET.get("school", ""))
    if request.method != "POST" and request.GET.get("as") in {"pdf", "docx"}:
        return _plain(found, chosen, docx=request.GET["as"] == "docx")
    can = ask("printout.register", actor, None)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("printout.register", can)
        if form.is_valid():
            try:
                return _printed(request, found, form, schools)
            except RuleBroken as error:
                tell_at_field(form, error)
        status = 422
    context = {"version": found, "form": form, "can": can, "crumbs": crumbs(found.instrument)}
    return render(request, "instruments/paper.html", context, status=status)


def _school(schools: list[School], key: str) -> School | None:
    if not key:
        return None
    number = row_key(key)
    if (found := next((one for one in schools if one.pk == number), None)) is None:
        raise Http404
    return found


def _plain(version: InstrumentVersion, school: School | None, *, docx: bool) -> HttpResponse:
    document = blank_document(version, school)
    name = f"{version.title} {school.unit.name if school else ''}".strip()
    if docx:
        return file_answer(write_docx(document), DOCX, f"{name}.docx")
    return file_answer(write_pdf(document), PDF, f"{name}.pdf")


def _printed(
    request: HttpRequest, version: InstrumentVersion, form: PaperForm, schools: list[School]
) -> HttpResponse:
    actor = actor_of(request)
    address = absolute(request, "", actor.office_id)
    if network := row_key(form.cleaned_data["network"]):
        chosen = [one for one in schools if one.network_id == network]
        data = print_blanks(actor=actor, version=version, schools=chosen, address=address)
        name = gettext("%(form)s for a network") % {"form": version.title}
        return file_answer(data, PDF, f"{name}.pdf")
    school = _school(schools, form.cleaned_data["school"])
    docx = form.cleaned_data["kind"] == "docx"
    data = print_blank(actor=actor, version=version, school=school, address=address, docx=docx)
    name = f"{version.title} {school.unit.name if school else ''}".strip()
    return file_answer(data, DOCX if docx else PDF, f"{name}.{'docx' if docx else 'pdf'}")
