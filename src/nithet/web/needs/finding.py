"""Records of needs by the id in the address, and what the pages of needs share."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import is_own_school
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import NeedSurvey
from nithet.domain.plans.queries.need_surveys import find_survey
from nithet.domain.plans.queries.needs import find_need
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.web.shared import years
from nithet.web.shared.requests import actor_of


def shown_year(request: HttpRequest) -> int:
    """Return the year that the page shows (`years.shown_year`); 404 for somebody who works in no office."""
    if actor_of(request).office_id is None:
        raise Http404
    return years.shown_year(request)


def need_or_404(request: HttpRequest, need_id: int) -> Need:
    """Return a need the reader may see."""
    if (found := find_need(actor_of(request), need_id)) is None:
        raise Http404
    years.keep_year(request, found.fiscal_year)
    return found


def survey_or_404(request: HttpRequest, survey_id: int) -> NeedSurvey:
    """Return a survey the reader may see."""
    if (found := find_survey(actor_of(request), survey_id)) is None:
        raise Http404
    years.keep_year(request, found.fiscal_year)
    return found


def school_of(actor: Actor, key: str) -> School | None:
    """Return the school that a form names, as far as the actor may see it."""
    return list_schools(actor).filter(pk=row_key(key) or 0).first()


def own_schools(actor: Actor) -> list[School]:
    """List the schools for which an actor speaks: as head, or at the school's desk."""
    if not actor.school_ids:
        return []
    return [one for one in list_schools(actor) if is_own_school(actor, one)]


def school_choices(actor: Actor) -> list[tuple[str, str]]:
    """List the schools that an actor may read, for a form."""
    return [(str(one.pk), one.name) for one in list_schools(actor)]


def need_tabs(request: HttpRequest, current: str) -> list[Tab]:
    """List what there is of needs; a school's own people see their list alone."""
    if not actor_of(request).is_of_staff:
        return []
    year = f"?year={shown_year(request)}"
    tabs = [
        ("needs", _("Register"), reverse("needs:needs") + year),
        ("offers", _("Offered by the records"), reverse("needs:offers") + year),
        ("surveys", _("Surveys"), reverse("needs:surveys") + year),
        ("import", _("Bring a list"), reverse("needs:import") + year),
        ("information", _("Information for planning"), reverse("cycle:information") + year),
    ]
    return [Tab(label, href, key == current, None) for key, label, href in tabs]


def needs_crumbs(year: int) -> list[Crumb]:
    """Return the way to the register of a year."""
    return [Crumb(_("Needs"), reverse("needs:needs") + f"?year={year}")]
