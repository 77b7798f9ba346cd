"""The list of schools and the page of one school. Lists are paged, filtered by their address, and cost a fixed number of queries."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import (
    may_edit_school,
    may_keep,
    may_keep_schools,
    may_see_whole,
)
from nithet.domain.directory.queries.listing import list_columns, list_rows
from nithet.domain.directory.queries.networks import list_networks
from nithet.domain.directory.queries.populations import population_of
from nithet.domain.directory.queries.school_pages import (
    SchoolFilter,
    acts_of,
    arrangements_of,
    censuses_of,
    districts,
    filtered_schools,
    newest_of,
    pupils_of_years,
    results_of,
    scheme_of,
)
from nithet.domain.directory.rules.levels import said_levels
from nithet.domain.directory.rules.sizes import NONE_THERE
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import open_agreements
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.ui.shapes import Crumb, Fact
from nithet.kernel import clock
from nithet.web.directory.parts import area_tabs, label_of, school_crumbs, school_or_404
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of

SORTS = {"name": "unit__name_key", "code": "unit__code", "pupils": "pupils_now", "district": "district"}
SHOWN_VISITS = 3


def _asked(request: HttpRequest) -> SchoolFilter:
    found = request.GET
    return SchoolFilter(
        words=found.get("q", "")[:100],
        network=found.get("network", ""),
        size=found.get("size", ""),
        head=found.get("head", ""),
        district=found.get("district", "")[:80],
        is_ended=found.get("ended") == "1",
    )


@login_required
@require_safe
def schools(request: HttpRequest) -> HttpResponseBase:
    """List the schools by name, network, size and head; the same list as Excel with `?as=xlsx`."""
    actor, asked = actor_of(request), _asked(request)
    chosen = scheme_of(actor)
    rows = sorted_by(request, filtered_schools(actor, asked, chosen.scheme), SORTS, "name")
    population, reads_whole = population_of(actor, clock.today()), bool(may_see_whole(actor))
    if wants_sheet(request):
        return sheet_answer(
            gettext("Schools"),
            list_columns(),
            list_rows(rows),
            (population.sentence,) if reads_whole else (),
            request=request,
        )
    page = paged(request, rows)
    for row in page.object_list:
        row.size_label = label_of(chosen.size_of(row.pupils_now))
    kept = {
        key: request.GET[key]
        for key in ("q", "network", "size", "head", "district", "ended")
        if request.GET.get(key)
    }
    context = {
        "page": page,
        "asked": asked,
        "networks": list_networks(actor),
        "districts": districts(actor),
        "sizes": [(one.key, label_of(one)) for one in (NONE_THERE, *chosen.scheme.classes)],
        "heads": School.Head.choices,
        "scheme": label_of(chosen.scheme),
        "population": population,
        "may_keep": bool(may_keep_schools(actor, None)),
        "reads_whole": reads_whole,
        "tabs": area_tabs("schools") if reads_whole else [],
        "sort": request.GET.get("sort", "name"),
        "query": urlencode(kept),
        "is_filtered": bool(kept),
    }
    return render(request, "directory/schools.html", context)


@login_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Answer the schools with a known place as GeoJSON (RFC 7946), filtered as the list is."""
    actor = actor_of(request)
    chosen = scheme_of(actor)
    rows = filtered_schools(actor, _asked(request), chosen.scheme).order_by("unit__name_key", "pk")
    features = [
        {
            "type": "Feature",
            "id": row.pk,
            "geometry": {
                "type": "Point",
                "coordinates": [float(row.longitude), float(row.latitude)],
            },
            "properties": {
                "name": row.name,
                "code": row.code,
                "district": row.district,
                "network": str(row.network or ""),
                "pupils": row.pupils_now,
                "as_at": row.counted_on.isoformat() if row.counted_on else None,
            },
        }
        for row in rows
        if row.latitude is not None and row.longitude is not None
    ]
    answer = JsonResponse(
        {"type": "FeatureCollection", "features": features},
        json_dumps_params={"ensure_ascii": False},
    )
    answer.headers["Content-Type"] = "application/geo+json"
    answer.headers["Content-Disposition"] = 'attachment; filename="schools.geojson"'
    return answer


@login_required
@require_safe
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Show one school: who heads it, how large it is and since when that is known, its years, visits and results."""
    actor, found = actor_of(request), school_or_404(request, school_id)
    chosen, newest, now = scheme_of(actor), newest_of(found), clock.now()
    may = bool(may_keep(actor, found))
    of_school = list_visits(actor, school_id=found.pk)
    reads_agreements = actor.is_of_staff or found.unit_id in actor.school_ids
    years = pupils_of_years(found, clock.today())
    most = max((year.pupils or 0 for year in years), default=0)
    context = {
        "school": found,
        "crumbs": [school_crumbs(found, "")[0], Crumb(str(found))],
        "census": newest,
        "size": label_of(chosen.size_of(newest.pupils if newest else None)),
        "scheme": label_of(chosen.scheme),
        "facts": _facts(found),
        "figures": _figures(newest) if newest else [],
        "censuses": [(row, needs_reason(row, now)) for row in censuses_of(found)[:12]],
        "years": years,
        "most": most,
        "has_years": any(year.pupils is not None for year in years),
        "results": [(row, needs_reason(row, now)) for row in results_of(found)[:30]],
        "arrangements": arrangements_of(found),
        "acts": [(row, needs_reason(row, now)) for row in acts_of(found)],
        "visits": of_school.filter(state=Visit.State.DONE).order_by("-visited_on")[:SHOWN_VISITS],
        "coming": of_school.filter(state=Visit.State.PLANNED).order_by("visited_on")[:SHOWN_VISITS],
        "agreements": open_agreements(found.pk) if reads_agreements else None,
        "today": clock.today(),
        "may_keep": may,
        "may_edit": bool(may_edit_school(actor, found)),
        "is_ended": not found.unit.is_open_on(clock.today()),
    }
    return render(request, "directory/school.html", context)


def _facts(school: School) -> list[Fact]:
    codes = {code.kind: code.code for code in school.codes.all()}
    place = " · ".join(
        f"{word}{value}"
        for word, value in (
            ("ต.", school.subdistrict),
            ("อ.", school.district),
            ("จ.", school.province),
        )
        if value
    )
    position = (
        f"{school.latitude.normalize():f}, {school.longitude.normalize():f}"
        if school.latitude is not None and school.longitude is not None
        else ""
    )
    yes = {True: gettext("Yes"), False: gettext("No"), None: ""}
    return [
        Fact(gettext("SMIS code"), school.smis_code, code=True),
        Fact(gettext("Ministry of Education code (10 digits)"), codes.get("moe", ""), code=True),
        Fact(gettext("ONESQA code"), codes.get("onesqa", ""), code=True),
        *([Fact(gettext("Other code"), codes["other"], code=True)] if "other" in codes else []),
        Fact(gettext("Levels offered"), said_levels(school.levels)),
        Fact(gettext("Network"), str(school.network or "")),
        Fact(gettext("Place"), place),
        Fact(gettext("Position on the map"), position),
        Fact(gettext("Internet"), school.get_connectivity_display() if school.connectivity else ""),
        Fact(gettext("Computers for administration"), school.office_computers),
        Fact(gettext("DLTV set"), yes[school.has_dltv]),
        Fact(gettext("Camera for meetings"), yes[school.has_meeting_camera]),
        Fact(gettext("Telephone that is answered"), yes[school.telephone_answers]),
        Fact(gettext("Source"), school.source or gettext("entered here")),
    ]


def _figures(census: Census) -> list[Fact]:
    yes = {True: gettext("Yes"), False: gettext("No"), None: ""}
    teachers = ""
    if census.teachers is not None:
        teachers = str(census.teachers)
        if census.teachers_entitled is not None:
            teachers = gettext("%(present)s of %(entitled)s entitled") % {
                "present": census.teachers,
                "entitled": census.teachers_entitled,
            }
    return [
        Fact(gettext("Teachers present"), teachers),
        Fact(gettext("A teacher for each class"), yes[census.teacher_per_class]),
        Fact(gettext("Teachers on their major"), census.teachers_on_major),
        Fact(gettext("Classes"), census.rooms),
        Fact(gettext("Janitors"), census.janitors),
        Fact(gettext("Source"), census.source or gettext("entered here")),
    ]
