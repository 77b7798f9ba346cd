"""Declaring what "every school" means."""

from datetime import date

from nithet.domain.directory.actions.entering import locked_office, named
from nithet.domain.directory.models.populations import Population, PopulationMember
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.queries.populations import schools_by_rule
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date


@action("population.declare", event="population.declared")
def declare_population(
    *, actor: Actor, as_at: date, rule: str, name: str = "ทุกโรงเรียน", source: str = ""
) -> Population:
    """Declare which schools "ทุกโรงเรียน" means from a day on: they are counted by the rule now, and kept."""
    if rule not in Population.Rule.values:
        raise RuleBroken(
            "population.rule", "Choose a rule by which schools are counted.", field="rule"
        )
    office = locked_office(actor)
    schools = list(schools_by_rule(rule, as_at))
    if not schools:
        raise RuleBroken("population.empty", "No school was there on this day.", field="as_at")
    made = Population.objects.create(
        office=office,
        name=named(name),
        as_at=as_at,
        rule=rule,
        counted=len(schools),
        source=collapse(source),
        **made_by(actor),
    )
    PopulationMember.objects.bulk_create(
        [PopulationMember(office=office, population=made, school=school) for school in schools]
    )
    note(counted=len(schools), as_at=format_date(as_at))
    return made


@action("population.take_back", event="population.taken_back", on="population")
def take_back_population(*, actor: Actor, population: Population, reason: str = "") -> Population:
    """Take back a declaration that was made by mistake."""
    take_back(population, actor=actor, reason=reason)
    return population
