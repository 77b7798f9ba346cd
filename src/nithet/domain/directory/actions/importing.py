"""Taking a list of schools over: all of it or nothing, in a handful of statements."""

from collections.abc import Iterable, Mapping
from typing import Any

from nithet.domain.directory.actions.entering import locked_office
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import Network, School, SchoolCode
from nithet.domain.directory.policy import schools as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.queries.importing import ListPlan, SchoolChange, plan_schools
from nithet.domain.directory.rules.school_lists import SchoolListReading
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, note, nothing_changed, plain
from nithet.foundation.actions.taking_back import made_by
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

SMIS = "smis"


class ListHasFaults(RuleBroken):
    """The list has faults, so nothing of it was written; `plan` names them."""

    def __init__(self, plan: ListPlan) -> None:
        """Keep what was found."""
        super().__init__(
            "list.faults",
            "The list has %(count)s faults, so nothing was written.",
            count=len(plan.faults),
        )
        self.plan = plan


@action("schools.import", event="schools.imported")
def import_schools(
    *, actor: Actor, reading: SchoolListReading, source: str, is_example: bool = False
) -> ListPlan:
    """Write what a list says: new schools, changed ones, unknown networks, figures as at their day.

    Returns what was done. Raises `ListHasFaults` where a row is at fault; then nothing is written. The same list again
    changes nothing and leaves no event. `source` says which file it was and stands behind every new figure.
    """
    office = locked_office(actor)
    plan = plan_schools(reading, clock.today())
    if plan.faults:
        raise ListHasFaults(plan)
    if not plan.changes:
        nothing_changed()
        return plan
    about(office)
    note(
        source=source,
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=plan.unchanged,
        schools=[_story(change) for change in plan.changes],
    )
    _Writer(actor, office, source, is_example=is_example).write(plan)
    return plan


def _story(change: SchoolChange) -> dict[str, object]:
    """Return what an event keeps of one row: old and new values of what changed."""
    school = change.school
    story: dict[str, object] = {"name": change.entry.name, "new": change.is_new}
    if school is None:
        return {**story, "codes": dict(change.codes)}
    was: dict[str, Any] = {name: plain(getattr(school, name)) for name in change.facts}
    if change.name:
        was["name"] = school.unit.name
    if change.network:
        was["network"] = str(school.network or "")
    if change.census:
        was |= {name: plain(getattr(change.census, name)) for name in change.figures}
    new = {**change.facts, **change.codes, **change.figures}
    return {
        **story,
        "id": school.pk,
        "was": was,
        "is": {name: plain(value) for name, value in new.items()},
    }


class _Writer:
    """Writes a plan without faults."""

    def __init__(self, actor: Actor, office: Unit, source: str, *, is_example: bool) -> None:
        self.actor, self.office, self.source, self.is_example = actor, office, source, is_example

    def write(self, plan: ListPlan) -> None:
        """Networks first, then schools, then what hangs on them."""
        networks = self._networks(plan.new_networks)
        self._create(plan.created, networks)
        self._update(plan.updated, networks)
        self._codes(plan.changes)
        self._figures(plan.changes)

    def _networks(self, new: Iterable[str]) -> dict[str, Network]:
        units = Unit.objects.bulk_create(
            [
                Unit(kind=Unit.Kind.NETWORK, name=name, office=self.office, parent=self.office)
                for name in new
            ]
        )
        Network.objects.bulk_create([Network(office=self.office, unit=unit) for unit in units])
        return {n.unit.name: n for n in Network.objects.select_related("unit").order_by("-pk")}

    def _create(self, changes: list[SchoolChange], networks: Mapping[str, Network]) -> None:
        units = Unit.objects.bulk_create(
            [
                Unit(
                    kind=Unit.Kind.SCHOOL,
                    name=change.name,
                    code=next(iter(_main_first(change.codes).values()), ""),
                    office=self.office,
                    parent=networks[change.network].unit if change.network else self.office,
                )
                for change in changes
            ]
        )
        schools = School.objects.bulk_create(
            [
                School(
                    office=self.office,
                    unit=unit,
                    network=networks.get(change.network),
                    smis_code=change.codes.get(SMIS, ""),
                    source=self.source[:200],
                    is_example=self.is_example,
                    **change.facts,
                )
                for change, unit in zip(changes, units, strict=True)
            ]
        )
        for change, school in zip(changes, schools, strict=True):
            change.school = school

    def _update(self, changes: list[SchoolChange], networks: Mapping[str, Network]) -> None:
        units, schools = [], []
        for change in changes:
            school = change.school
            if school is None:
                continue
            unit = school.unit
            for name, value in change.facts.items():
                setattr(school, name, value)
            school.smis_code = change.codes.get(SMIS, school.smis_code)
            if not unit.code or SMIS in change.codes:
                unit.code = next(iter(_main_first(change.codes).values()), unit.code)
            if change.name:
                unit.rename(change.name)
            if change.network:
                school.network = networks[change.network]
                unit.parent = networks[change.network].unit
            school.version += 1
            units.append(unit)
            schools.append(school)
        Unit.objects.bulk_update(units, ["name", "name_key", "code", "parent"], batch_size=100)
        written = sorted({name for change in changes for name in change.facts})
        School.objects.bulk_update(
            schools, [*written, "smis_code", "network", "version"], batch_size=50
        )

    def _codes(self, changes: list[SchoolChange]) -> None:
        wanted = [
            (c.school, kind, code)
            for c in changes
            for kind, code in c.codes.items()
            if kind != SMIS and c.school
        ]
        kinds = {(school.pk, kind) for school, kind, _ in wanted}
        for row in SchoolCode.objects.filter(school__in={pk for pk, _ in kinds}):
            if (row.school_id, row.kind) in kinds:
                row.delete()
        SchoolCode.objects.bulk_create(
            [
                SchoolCode(office=self.office, school=school, kind=kind, code=code)
                for school, kind, code in wanted
            ]
        )

    def _figures(self, changes: list[SchoolChange]) -> None:
        with_figures = [change for change in changes if change.figures]
        kept = []
        for change in with_figures:
            if change.census:
                for name, value in change.figures.items():
                    setattr(change.census, name, value)
                change.census.source = self.source[:200]
                change.census.version += 1
                kept.append(change.census)
        names = sorted({name for change in with_figures for name in change.figures})
        if kept:
            Census.objects.bulk_update(kept, [*names, "source", "version"], batch_size=50)
        Census.objects.bulk_create(
            [
                Census(
                    office=self.office,
                    school=change.school,
                    as_at=change.counted_on,
                    source=self.source[:200],
                    **made_by(self.actor),
                    **change.figures,
                )
                for change in with_figures
                if change.census is None
            ]
        )


def _main_first(codes: Mapping[str, str]) -> dict[str, str]:
    """Return codes with the one first by which lists know a school; a ONESQA code alone names none."""
    return {kind: codes[kind] for kind in (SMIS, "moe", "other") if kind in codes}
