"""Reading surveys of the actual and the desired state. Fixed numbers of queries, whatever the answers."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.populations import open_on
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.models.surveys import (
    NeedSurvey,
    NeedSurveyItem,
    NeedSurveyReply,
    NeedSurveyValue,
)
from nithet.domain.plans.policy import says_for_school, visible_surveys
from nithet.domain.plans.rules.pni import Formula, Index, Means, indexes, mean_of, rounded
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock


def list_surveys(actor: Actor, year: int | None = None) -> QuerySet[NeedSurvey]:
    """List the surveys that an actor may read, the newest first, with `reply_count` and `point_count`."""
    rows = visible_surveys(actor)
    if year is not None:
        rows = rows.filter(fiscal_year=year)
    return rows.annotate(
        reply_count=Count("replies", distinct=True), point_count=Count("items", distinct=True)
    ).order_by("-fiscal_year", "-pk")


def find_survey(actor: Actor, survey_id: int) -> NeedSurvey | None:
    """Return a survey the actor may read; None where there is none."""
    return list_surveys(actor).filter(pk=survey_id).first()


def survey_to_answer(actor: Actor, survey_id: int) -> NeedSurvey | None:
    """Return a survey of the actor's office that an actor may answer for a school; None where there is none.

    A school's people see its questions and their own answers, never what others said.
    """
    rows = standing(NeedSurvey.objects.filter(office_id=actor.office_id, pk=survey_id))
    return rows.first() if actor.school_ids or find_survey(actor, survey_id) else None


def surveys_for_school(actor: Actor, school: School) -> list[tuple[NeedSurvey, bool]]:
    """List the open surveys with whether the school has answered, for those who speak for it; two queries."""
    if not says_for_school(actor, school):
        return []
    rows = standing(
        NeedSurvey.objects.filter(office_id=actor.office_id, state=NeedSurvey.State.OPEN)
    )
    done = set(NeedSurveyReply.objects.filter(school=school).values_list("survey_id", flat=True))
    return [(row, row.pk in done) for row in rows]


def reply_of(survey: NeedSurvey, school: School) -> NeedSurveyReply | None:
    """Return what a school has answered; None where it has not."""
    return (
        NeedSurveyReply.objects.filter(survey=survey, school=school)
        .prefetch_related("values")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Answering:
    """Which schools are asked by a survey: those that exist today, by name, and which of them have not answered."""

    asked: list[School]
    missing: list[School]

    @property
    def answered(self) -> int:
        """Return how many of the schools asked have answered."""
        return len(self.asked) - len(self.missing)


def schools_to_answer(actor: Actor, survey: NeedSurvey) -> Answering:
    """Return who is asked and who has not answered; a school that was closed is not asked. Two queries."""
    done = set(
        NeedSurveyReply.objects.filter(survey=survey, school__isnull=False).values_list(
            "school_id", flat=True
        )
    )
    rows = list_schools(actor).filter(open_on(clock.today()))
    asked = list(
        rows.select_related("unit", "network__unit").order_by(
            "network__unit__name_key", "unit__name_key", "pk"
        )
    )
    return Answering(asked, [one for one in asked if one.pk not in done])


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One point in a table: means with three decimals (None: nobody answered), n, and its index and rank."""

    item: NeedSurveyItem
    desired: Decimal | None
    actual: Decimal | None
    n: int
    index: Index


def survey_table(
    survey: NeedSurvey, formula: Formula, school: School | None = None
) -> list[SurveyLine]:
    """Return the points of a survey by rank; `school` limits it to one school's answers. Two queries."""
    wanted = Q(reply__survey=survey) & (Q(reply__school=school) if school else Q())
    given: dict[int, list[tuple[Decimal, Decimal, int]]] = defaultdict(list)
    rows = NeedSurveyValue.objects.filter(wanted)
    for item, desired, actual, weight in rows.values_list(
        "item_id", "desired", "actual", "reply__respondents"
    ):
        given[item].append((desired, actual, weight))
    items = list(survey.items.all())
    means = [_means(given[item.pk]) for item in items]
    lines = [
        SurveyLine(
            items[one.at],
            rounded(found.desired) if (found := means[one.at]) else None,
            rounded(found.actual) if found else None,
            found.n if found else 0,
            one,
        )
        for one in indexes(means, formula)
    ]
    return sorted(lines, key=lambda line: (line.index.rank, line.item.position))


def _means(values: list[tuple[Decimal, Decimal, int]]) -> Means | None:
    desired = mean_of([(one, weight) for one, _, weight in values])
    actual = mean_of([(one, weight) for _, one, weight in values])
    if desired is None or actual is None:
        return None
    return Means(Fraction(desired), Fraction(actual), sum(weight for *_, weight in values))
