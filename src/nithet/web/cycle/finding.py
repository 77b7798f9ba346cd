"""Records of the cycle by the id in the address, and what its pages share."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nithet.domain.supervision.cycle_policy import visible_models
from nithet.domain.supervision.models.cycle import CycleModel, CycleStep, SystemReview
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.domain.supervision.queries.cycle import find_review, find_step
from nithet.domain.supervision.queries.information import find_pack
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.web.shared import years
from nithet.web.shared.requests import actor_of


def shown_year(request: HttpRequest) -> int:
    """Return the year that the page shows (`years.shown_year`); 404 for somebody who works in no office."""
    if actor_of(request).office_id is None:
        raise Http404
    return years.shown_year(request)


def step_or_404(request: HttpRequest, step_id: int) -> CycleStep:
    """Return a step the reader may see."""
    if (found := find_step(actor_of(request), step_id)) is None:
        raise Http404
    years.keep_year(request, found.cycle.fiscal_year)
    return found


def review_or_404(request: HttpRequest, review_id: int) -> SystemReview:
    """Return a review of the system the reader may see."""
    if (found := find_review(actor_of(request), review_id)) is None:
        raise Http404
    years.keep_year(request, found.fiscal_year)
    return found


def model_or_404(request: HttpRequest, model_id: int) -> CycleModel:
    """Return a model of the office the reader may see."""
    found = visible_models(actor_of(request)).filter(pk=model_id).first()
    if found is None:
        raise Http404
    return found


def pack_or_404(request: HttpRequest, pack_id: int) -> InformationPack:
    """Return frozen information the reader may see."""
    if (found := find_pack(actor_of(request), pack_id)) is None:
        raise Http404
    years.keep_year(request, found.fiscal_year)
    return found


def office_name(request: HttpRequest) -> str:
    """Return the name of the office in which the reader works."""
    office = Unit.objects.filter(pk=actor_of(request).office_id or 0).first()
    return office.name if office else ""


def cycle_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """List the pages of a year's system of supervision."""
    year = f"?year={shown_year(request)}"
    tabs = [
        ("cycle", _("Steps")),
        ("information", _("Information for planning")),
        ("matrix", _("Projects and instruments")),
        ("indicators", _("Indicators")),
        ("reviews", _("Reviews")),
        ("summary", _("Summary")),
    ]
    return [
        Tab(label, reverse(f"cycle:{name}") + year, name == current, None) for name, label in tabs
    ]


def cycle_crumbs(year: int) -> list[Crumb]:
    """Return the way to the cycle of a year."""
    return [Crumb(_("System of supervision"), reverse("cycle:cycle") + f"?year={year}")]
