"""What the list of schools and the page of one school show. Fixed numbers of queries, whatever the rows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from nithet.domain.directory.models.arrangements import (
    JointLearning,
    JointLearningPartner,
    LegalAct,
)
from nithet.domain.directory.models.census import Census, TestResult
from nithet.domain.directory.models.populations import Population, SizeSchemeChoice
from nithet.domain.directory.models.schools import Network, NetworkChair, School
from nithet.domain.directory.policy.schools import visible_networks, visible_to
from nithet.domain.directory.queries.listing import newest_census_of
from nithet.domain.directory.queries.populations import open_on
from nithet.domain.directory.rules.names import tidy_name
from nithet.domain.directory.rules.sizes import SizeClass, SizeScheme, size_schemes, usual_scheme
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown, standing
from nithet.foundation.refs.keys import row_key
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.thai_dates import be_year

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

FIVE_YEARS = 5


class NewestFigures(TypedDict):
    """What a list of schools knows of each one's newest figures; None where there are none."""

    pupils_now: int | None
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class ChosenScheme:
    """The scheme by which an office sizes its schools; `version` is 0 where it never chose one."""

    scheme: SizeScheme
    version: int

    def size_of(self, pupils: int | None) -> SizeClass | None:
        """Return the class of a number of pupils; None where the number is not known."""
        return None if pupils is None else self.scheme.size_of(pupils)


def scheme_of(actor: Actor) -> ChosenScheme:
    """Return the scheme an office has chosen, else the usual one of its kind."""
    kept = SizeSchemeChoice.objects.filter(office_id=actor.office_id).first()
    if kept and kept.scheme in size_schemes():
        return ChosenScheme(size_schemes()[kept.scheme], kept.version)
    office = Unit.objects.filter(pk=actor.office_id or 0).first()
    return ChosenScheme(usual_scheme(office.name if office else ""), 0)


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What a list of schools asks for; empty means all. `size` is a class of the scheme, `network` an id or "none"."""

    words: str = ""
    network: str = ""
    size: str = ""
    head: str = ""
    district: str = ""
    is_ended: bool = False


def filtered_schools(
    actor: Actor, asked: SchoolFilter, scheme: SizeScheme
) -> "QuerySet[WithAnnotations[School, NewestFigures]]":
    """Return the schools asked for, each with `pupils_now` and `counted_on` of its newest figures."""
    rows = (
        visible_to(actor)
        .select_related("unit", "network__unit")
        .annotate(pupils_now=newest_census_of("pupils"), counted_on=newest_census_of("as_at"))
    )
    rows = (
        rows.exclude(open_on(clock.today()))
        if asked.is_ended
        else rows.filter(open_on(clock.today()))
    )
    if words := tidy_name(asked.words):
        digits = to_arabic(words)
        rows = rows.filter(
            Q(unit__name__icontains=words)
            | Q(smis_code__startswith=digits)
            | Q(unit__code__startswith=digits)
            | Q(district__icontains=words)
            | Q(subdistrict__icontains=words)
        )
    if asked.network == "none":
        rows = rows.filter(network=None)
    elif (network := row_key(asked.network)) is not None:
        rows = rows.filter(network=network)
    if asked.head in School.Head.values:
        rows = rows.filter(head_status=asked.head)
    if asked.district:
        rows = rows.filter(district=asked.district)
    return _of_size(rows, asked.size, scheme)


def _of_size(
    rows: "QuerySet[WithAnnotations[School, NewestFigures]]", size: str, scheme: SizeScheme
) -> "QuerySet[WithAnnotations[School, NewestFigures]]":
    if size == "unknown":
        return rows.filter(pupils_now=None)
    if (bounds := scheme.bounds(size)) is None:
        return rows
    least, most = bounds
    rows = rows.filter(pupils_now__gte=least)
    return rows if most is None else rows.filter(pupils_now__lte=most)


def districts(actor: Actor) -> list[str]:
    """Return the districts of the schools the actor may read, in order."""
    rows = visible_to(actor).exclude(district="").values_list("district", flat=True)
    return sorted(set(rows))


@dataclass(frozen=True, slots=True)
class YearOfPupils:
    """Pupils of one year (พ.ศ.), by the newest figures of that calendar year; None where there are none."""

    year: int
    pupils: int | None
    as_at: date | None


def pupils_of_years(school: School, until: date) -> list[YearOfPupils]:
    """Return the pupils of five calendar years, the oldest first.

    The last is that of the newest figures up to a day, so that a school counted long ago shows its years all the same.
    """
    counted = standing(Census.objects.filter(school=school, as_at__lte=until, pupils__isnull=False))
    newest = counted.order_by("-as_at").first()
    last = newest.as_at.year if newest else until.year
    rows = counted.filter(as_at__year__gt=last - FIVE_YEARS)
    found = {row.as_at.year: row for row in rows.order_by("as_at")}
    years = range(last - FIVE_YEARS + 1, last + 1)
    return [
        YearOfPupils(be_year(year), found[year].pupils, found[year].as_at)
        if year in found
        else YearOfPupils(be_year(year), None, None)
        for year in years
    ]


def censuses_of(school: School) -> QuerySet[Census]:
    """List the figures of a school, the newest first, cancelled ones among them."""
    return shown(Census.objects.filter(school=school)).order_by("-as_at", "-pk")


def newest_of(school: School) -> Census | None:
    """Return the newest standing figures of a school; None where there are none."""
    return standing(Census.objects.filter(school=school)).order_by("-as_at").first()


def find_census(school: School, census_id: int) -> Census | None:
    """Return figures of a school that count; None where there are none."""
    return (
        standing(Census.objects.filter(school=school, pk=census_id))
        .select_related("school__unit")
        .first()
    )


def results_of(school: School) -> QuerySet[TestResult]:
    """List the test results of a school, the newest year first, cancelled ones among them."""
    return shown(TestResult.objects.filter(school=school)).order_by(
        "-academic_year", "test", "subject", "pk"
    )


def find_result(school: School, result_id: int) -> TestResult | None:
    """Return a test result of a school that counts; None where there is none."""
    return (
        standing(TestResult.objects.filter(school=school, pk=result_id))
        .select_related("school__unit")
        .first()
    )


def arrangements_of(school: School) -> QuerySet[JointLearning]:
    """List the joint learning in which a school is host or partner, the newest first."""
    partner = JointLearningPartner.objects.filter(arrangement=OuterRef("pk"), school=school)
    return list_arrangements().filter(Q(host=school) | Exists(partner))


def list_arrangements() -> QuerySet[JointLearning]:
    """List all joint learning of the office in scope with its schools, the newest first."""
    partners = JointLearningPartner.objects.select_related("school__unit").order_by(
        "school__unit__name_key", "pk"
    )
    rows = shown(JointLearning.objects.select_related("host__unit")).prefetch_related(
        Prefetch("partners", partners)
    )
    return rows.order_by("-starts_on", "-pk")


def find_arrangement(actor: Actor, arrangement_id: int) -> JointLearning | None:
    """Return joint learning of the actor's office that counts; None where there is none."""
    rows = standing(JointLearning.objects.filter(office_id=actor.office_id, pk=arrangement_id))
    return rows.select_related("host__unit").first()


def acts_of(school: School) -> QuerySet[LegalAct]:
    """List the announcements about a school: its own end, and schools merged into it."""
    rows = shown(LegalAct.objects.filter(Q(school=school) | Q(into=school)))
    return rows.select_related("school__unit", "into__unit").order_by("-effective_on", "-pk")


def find_act(actor: Actor, act_id: int) -> LegalAct | None:
    """Return an announcement of the actor's office that counts; None where there is none."""
    rows = standing(LegalAct.objects.filter(office_id=actor.office_id, pk=act_id))
    return rows.select_related("school__unit", "into__unit").first()


def find_network(actor: Actor, network_id: int) -> Network | None:
    """Return a network the actor may read; None where there is none."""
    return visible_networks(actor).select_related("unit").filter(pk=network_id).first()


def chairs_of(network: Network) -> QuerySet[NetworkChair]:
    """List the chairs of a network by year, the newest first."""
    return (
        shown(NetworkChair.objects.filter(network=network))
        .select_related("school__unit")
        .order_by("-academic_year", "-pk")
    )


def find_chair(network: Network, chair_id: int) -> NetworkChair | None:
    """Return a chair of a network that counts; None where there is none."""
    return standing(NetworkChair.objects.filter(network=network, pk=chair_id)).first()


def list_populations(actor: Actor) -> QuerySet[Population]:
    """List the declared populations of the office, the newest first."""
    return shown(Population.objects.filter(office_id=actor.office_id)).order_by("-as_at", "-pk")


def find_population(actor: Actor, population_id: int) -> Population | None:
    """Return a declaration of the actor's office that counts; None where there is none."""
    return standing(Population.objects.filter(office_id=actor.office_id, pk=population_id)).first()


def counted_schools(population: Population) -> QuerySet[School]:
    """List the schools that a declaration counted, by name."""
    ids = population.members.values("school")
    return (
        School.objects.filter(pk__in=ids)
        .select_related("unit", "network__unit")
        .order_by(F("unit__name_key"), "pk")
    )


def newest_chairs(academic_year: int) -> dict[int, str]:
    """Return the school of each network's chair in a year (พ.ศ.), by network id."""
    rows = standing(NetworkChair.objects.filter(academic_year=academic_year)).select_related(
        "school__unit"
    )
    return {row.network_id: row.school.name for row in rows}


def schools_of(network: Network) -> QuerySet[School]:
    """List the schools of a network that exist today, by name, with `pupils_now` and `counted_on`."""
    rows = School.objects.filter(open_on(clock.today()), network=network).select_related("unit")
    newest = {"pupils_now": newest_census_of("pupils"), "counted_on": newest_census_of("as_at")}
    return rows.annotate(**newest).order_by("unit__name_key", "pk")
