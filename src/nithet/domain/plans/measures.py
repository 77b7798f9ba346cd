"""What plans can say by themselves about the items of an edition."""

from functools import partial

from django.db.models import Count, Exists, OuterRef, QuerySet

from nithet.domain.frameworks.measures import Measured, Question, Sentence, register
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.plans.queries.projects import PROJECT
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.messages import msgid
from nithet.kernel.school_years import fiscal_year

PROJECTS = Text("โครงการ", "projects")
SERVING = MeasureSpec(
    "plans.projects_serving",
    PROJECTS,
    Signature.NUMBER,
    Text("โครงการที่สนองข้อนี้", "projects that serve the item"),
)
SERVING_WITH_ACTIVITY = MeasureSpec(
    "plans.projects_serving_with_activity",
    PROJECTS,
    Signature.NUMBER,
    Text("โครงการที่สนองข้อนี้และมีกิจกรรม", "projects that serve the item and have an activity"),
)

NO_ITEM = msgid("This is asked of one item of an edition.")
NO_PLAN = msgid("No plan of fiscal year %(year)s has been entered yet.")
SOME_SERVE = msgid("In fiscal year %(year)s, projects that serve item %(item)s: %(count)s.")
SOME_SERVE_ACTIVELY = msgid(
    "In fiscal year %(year)s, projects that serve item %(item)s and have an activity: %(count)s."
)


def projects_serving(question: Question, *, with_activity: bool) -> dict[int, Measured]:
    """Count the projects that serve the item asked about, in the plans of the years that the period touches.

    Two queries. An office without a plan of those years is unknown, not 0.
    """
    if question.edition_id is None or not question.item:
        return {office: Measured.unknown(Sentence(NO_ITEM)) for office in question.offices}
    years = range(fiscal_year(question.period.start), fiscal_year(question.period.end) + 1)
    year = ", ".join(str(one) for one in years)
    planned = set(
        Plan.objects.filter(office_id__in=question.offices, fiscal_year__in=years).values_list(
            "office_id", flat=True
        )
    )
    services = _services(question, question.edition_id, years, with_activity=with_activity)
    counts = dict(
        services.values_list("office_id").annotate(Count("project", distinct=True)).order_by()
    )
    message = SOME_SERVE_ACTIVELY if with_activity else SOME_SERVE
    found: dict[int, Measured] = {}
    for office in question.offices:
        if office not in planned:
            found[office] = Measured.unknown(Sentence(NO_PLAN, {"year": year}))
            continue
        count = counts.get(office, 0)
        sentence = Sentence(message, {"year": year, "item": question.item, "count": count})
        found[office] = Measured.number(count, sentence, partial(_rows, services, office))
    return found


def _services(
    question: Question, edition_id: int, years: range, *, with_activity: bool
) -> QuerySet[ProjectService]:
    services = ProjectService.objects.filter(
        office_id__in=question.offices,
        edition_id=edition_id,
        item=question.item,
        project__plan__fiscal_year__in=years,
        project__taken_back_at__isnull=True,
    )
    active = Activity.objects.filter(
        project=OuterRef("project"), taken_back_at__isnull=True
    ).exclude(state=Activity.State.CALLED_OFF)
    return services.filter(Exists(active)) if with_activity else services


def _rows(services: QuerySet[ProjectService], office: int) -> tuple[RecordRef, ...]:
    keys = (
        services.filter(office_id=office)
        .order_by("project_id")
        .values_list("project_id", flat=True)
    )
    return tuple(RecordRef(PROJECT, str(key)) for key in dict.fromkeys(keys))


def register_all() -> None:
    """Register the measures of this package."""
    register(SERVING, partial(projects_serving, with_activity=False))
    register(SERVING_WITH_ACTIVITY, partial(projects_serving, with_activity=True))
