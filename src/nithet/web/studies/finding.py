"""What the pages of studies look up, through what the reader may see; what is not there and what is not theirs answer alike."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from nithet.domain.supervision.models.studies import Study, StudyCycle, StudyMeasure, WorkEntry
from nithet.domain.supervision.queries.studies import find_cycle, find_measure, find_study
from nithet.domain.supervision.study_policy import may_keep_work, visible_entries
from nithet.foundation.access.actors import Actor
from nithet.foundation.ui.shapes import Crumb, Tab
from nithet.web.shared.requests import actor_of


def study_or_404(request: HttpRequest, study_id: int) -> Study:
    """Return a study."""
    if (found := find_study(actor_of(request), study_id)) is None:
        raise Http404
    return found


def cycle_or_404(request: HttpRequest, cycle_id: int) -> StudyCycle:
    """Return a cycle of a study."""
    if (found := find_cycle(actor_of(request), cycle_id)) is None:
        raise Http404
    return found


def measure_or_404(request: HttpRequest, measure_id: int) -> StudyMeasure:
    """Return what was measured in a study."""
    if (found := find_measure(actor_of(request), measure_id)) is None:
        raise Http404
    return found


def entry_or_404(request: HttpRequest, entry_id: int) -> WorkEntry:
    """Return an entry of the reader's own."""
    if (found := visible_entries(actor_of(request)).filter(pk=entry_id).first()) is None:
        raise Http404
    return found


def crumbs_of(study: Study | None = None) -> list[Crumb]:
    """Return the way to a study's pages."""
    found = [Crumb(gettext("Studies of supervision"), reverse("studies:studies"))]
    if study is not None:
        found.append(Crumb(study.title, reverse("studies:study", args=[study.pk])))
    return found


def inner_tabs(actor: Actor, current: str) -> list[Tab]:
    """Return the two pages of this area, the second for those who have a page of work."""
    found = [
        Tab(gettext("Studies of supervision"), reverse("studies:studies"), current == "studies")
    ]
    if may_keep_work(actor):
        found.append(
            Tab(
                gettext("My work in the round of assessment"),
                reverse("studies:work"),
                current == "work",
            )
        )
    return found
