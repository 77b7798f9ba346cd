"""The records that a paragraph can cite: evidence, projects and activities of its item, visits of the year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext

from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.evidence.queries.clarity import pieces_for
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.queries.projects import services_for
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visits import VISIT, list_visits
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef, kinds, resolve

MOST_VISITS = 20
"""How many visits are offered at once; more are found by a word of the school's name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be cited, and whether it is."""

    ref: RecordRef
    title: str
    kind: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be cited, with the words that visits were searched by."""

    rows: list[Choice]
    searched: str
    more_visits: bool


def choices_of(
    actor: Actor, reporting_round: Round, paragraph: NarrativeParagraph, request: HttpRequest
) -> Choices:
    """List what a paragraph cites first, then what else stands at its item; a fixed number of queries."""
    item = paragraph.group.answer.item
    searched = (request.POST.get("q") or request.GET.get("q") or "").strip()[:80]
    cited = [RecordRef.parse(text) for text in paragraph.cites]
    offered: dict[RecordRef, tuple[str, str]] = {}
    for view in pieces_for(reporting_round.edition, reporting_round.fiscal_year).get(item, ()):
        ref = RecordRef("evidence.piece", str(view.piece.pk))
        offered[ref] = (view.piece.title, gettext("Evidence"))
    projects = services_for(reporting_round.edition, reporting_round.fiscal_year).get(item, [])
    for service in projects:
        ref = RecordRef("plans.project", str(service.project_id))
        offered[ref] = (service.project.title, gettext("Project"))
    wanted = [service.project_id for service in projects]
    for activity in standing(Activity.objects.filter(project__in=wanted)).order_by(
        "position", "pk"
    ):
        ref = RecordRef("plans.activity", str(activity.pk))
        offered[ref] = (activity.title, gettext("Activity"))
    visits, more = _visits(actor, reporting_round, searched)
    for visit in visits:
        offered[RecordRef(VISIT, str(visit.pk))] = (str(visit), gettext("Visit"))
    offered = {ref: words for ref, words in offered.items() if ref.kind in kinds()}
    elsewhere = resolve(actor, [ref for ref in cited if ref not in offered and ref.kind in kinds()])
    rows = [Choice(ref, found.title, "", ticked=True) for ref, found in elsewhere.items()]
    rows += [Choice(ref, title, kind, ref in cited) for ref, (title, kind) in offered.items()]
    return Choices(sorted(rows, key=lambda one: not one.ticked), searched, more)


def _visits(actor: Actor, reporting_round: Round, searched: str) -> tuple[list[Visit], bool]:
    rows = list_visits(actor, reporting_round.fiscal_year)
    if searched:
        rows = rows.filter(
            Q(school__unit__name__icontains=searched)
            | Q(school__unit__short_name__icontains=searched)
        )
    found = list(rows[: MOST_VISITS + 1])
    return found[:MOST_VISITS], len(found) > MOST_VISITS


def chosen_refs(
    request: HttpRequest, choices: Choices, paragraph: NarrativeParagraph
) -> Sequence[RecordRef]:
    """Return what was ticked among what was offered, and what is cited but was not shown to this reader.

    A record that was not offered is not taken, whoever names it.
    """
    wanted = set(request.POST.getlist("cite"))
    shown = {one.ref for one in choices.rows}
    hidden = [ref for ref in map(RecordRef.parse, paragraph.cites) if ref not in shown]
    return [*hidden, *(one.ref for one in choices.rows if str(one.ref) in wanted)]
