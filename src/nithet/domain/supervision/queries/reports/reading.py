"""What every report reads of the visits of a span of days, once, and the figures it makes of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from nithet.domain.commitments.models import Commitment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, VisitInstrument, VisitNeed, Visitor
from nithet.domain.supervision.policy import visible_findings, visible_to
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.covering import SemesterCover
from nithet.domain.supervision.rules.paper_facts import named_school
from nithet.domain.supervision.rules.reports.model import Figure, Points
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse

SUPERVISION, COMMITTEE = str(Visit.Kind.SUPERVISION), str(Visit.Kind.COMMITTEE)
COMMITMENT = "commitments.commitment"
SCHOOL = "directory.school"
FINDING = "supervision.finding"
MOST_POINTS = 60
MOST_NAMES = 4
"""Schools named behind one point."""


@dataclass(frozen=True, slots=True)
class Read:
    """The visits of a span of days (cancelled ones too) with what was found and agreed on them."""

    visits: tuple[Visit, ...]
    agreements: tuple[Commitment, ...]
    today: date
    together: tuple[Finding, ...] = ()
    """What a fiscal year's documents say of a project's visits together, of no single one."""
    forms: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Visit -> titles of the forms of supervision used on it: named in its record, or filled in on it; no visit without one."""

    def done(self, kind: str = "") -> list[Visit]:
        """Return the visits carried out, of one kind or of both."""
        return [
            one
            for one in self.visits
            if one.state == Visit.State.DONE and (not kind or one.kind == kind)
        ]

    def findings(self, *kinds: str, of: str = "") -> list[Finding]:
        """Return the findings of some kinds on visits carried out, in order."""
        return [
            found
            for visit in self.done(of)
            for found in visit.findings.all()
            if not kinds or found.kind in kinds
        ] + [one for one in self.together if not of and (not kinds or one.kind in kinds)]


def read(actor: Actor, period: Period, today: date, *, year: int | None = None) -> Read:
    """Read the visits of a span of days, and with `year` what is said of that fiscal year's visits together.

    Ten queries, whatever their number.
    """
    rows = (
        visible_to(actor)
        .filter(visited_on__range=(period.start, period.end))
        .select_related("school__unit", "school__network__unit", "project", "office")
        .prefetch_related(
            Prefetch("visitors", queryset=Visitor.objects.order_by("is_companion", "pk")),
            Prefetch("findings", queryset=Finding.objects.order_by("position", "pk")),
            Prefetch("needs_served", queryset=VisitNeed.objects.select_related("need")),
            Prefetch(
                "instruments_used", queryset=VisitInstrument.objects.select_related("instrument")
            ),
        )
        .order_by("visited_on", "pk")
    )
    visits = tuple(rows)
    refs = [f"{VISIT}:{one.pk}" for one in visits]
    agreements = (
        standing(Commitment.objects.filter(office_id=actor.office_id, arose_from__in=refs))
        if refs
        else Commitment.objects.none()
    )
    together: tuple[Finding, ...] = ()
    if year is not None:
        held = visible_findings(actor).filter(visit__isnull=True, fiscal_year=year)
        together = tuple(held.select_related("project").order_by("position", "pk"))
    return Read(
        visits,
        tuple(agreements.order_by("due_on", "pk")),
        today,
        together,
        _forms_used(actor, visits, refs),
    )


def _forms_used(
    actor: Actor, visits: Iterable[Visit], refs: list[str]
) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {
        one.pk: [used.instrument.title for used in one.instruments_used.all()] for one in visits
    }
    # The standard forms are the record of the visit itself and have a purpose; they are no form used on it.
    filled = Submission.objects.filter(
        office_id=actor.office_id,
        about__in=refs,
        state=Submission.State.ACCEPTED,
        is_current=True,
        version__instrument__purpose="",
    )
    rows = filled.order_by().values_list("about", "version__instrument__title").distinct()
    for about, title in rows if refs else ():
        found[int(RecordRef.parse(about).id)].append(title)
    return {key: tuple(sorted(set(titles))) for key, titles in found.items() if titles}


def refs_of(visits: Iterable[Visit]) -> tuple[RecordRef, ...]:
    """Return the references of visits."""
    return tuple(RecordRef(VISIT, str(one.pk)) for one in visits)


def counted(code: str, name: str, visits: Sequence[Visit], of: int | None = None) -> Figure:
    """Return how many visits there are, with their rows."""
    return Figure(code, name, len(visits), "ครั้ง", of, refs_of(visits))


def schools_counted(
    code: str, name: str, visits: Sequence[Visit], of: int | None = None, note: str = ""
) -> Figure:
    """Return how many schools some visits went to, with these schools as rows, by name."""
    schools = {one.school_id: one.school for one in visits}
    ordered = sorted(schools.values(), key=lambda one: (one.unit.name_key, one.pk))
    return places_counted(code, name, [one.pk for one in ordered], of, note)


def places_counted(
    code: str, name: str, schools: Sequence[int], of: int | None = None, note: str = ""
) -> Figure:
    """Return how many schools there are, with the schools as rows: n opens n."""
    refs = tuple(RecordRef(SCHOOL, str(key)) for key in schools)
    return Figure(code, name, len(refs), "โรงเรียน", of, refs, note)


def visited_places(part: SemesterCover, network: str | None = None) -> list[int]:
    """Return the counted schools that were visited at the school in a semester, of one network or of all, by name."""
    left = {one.key for one in part.all.left}
    return [
        one.key
        for one in part.schools
        if one.key not in left and (network is None or one.network == network)
    ]


def agreed(code: str, name: str, rows: Sequence[Commitment], of: int | None = None) -> Figure:
    """Return how many agreements there are, with their rows."""
    refs = tuple(RecordRef(COMMITMENT, str(one.pk)) for one in rows)
    return Figure(code, name, len(rows), "ข้อ", of, refs)


def on_site(visits: Iterable[Visit]) -> list[Visit]:
    """Return the visits at the school."""
    return [one for one in visits if one.mode == Visit.Mode.ON_SITE]


def elsewhere(visits: Iterable[Visit]) -> list[Visit]:
    """Return the visits by telephone, online or from a recording, which are counted apart."""
    return [one for one in visits if one.mode != Visit.Mode.ON_SITE]


def points_of(findings: Sequence[Finding], empty: str) -> Points:
    """Return findings as points, each with its schools; the same words of several visits are one point.

    A point leads to the first visit on which it was found. Of many points the first, and how many more there are.
    """
    alike: dict[str, list[Finding]] = {}
    for one in findings:
        alike.setdefault(collapse(one.text), []).append(one)
    shown = list(alike.values())[:MOST_POINTS]
    texts = [f"{collapse(group[0].text)} ({_where(group)})" for group in shown]
    refs: list[RecordRef | None] = [
        RecordRef(VISIT, str(group[0].visit_id))
        if group[0].visit_id
        else RecordRef(FINDING, str(group[0].pk))
        for group in shown
    ]
    if len(alike) > len(shown):
        texts.append(f"และอีก {len(alike) - len(shown)} ข้อ ในบันทึกการนิเทศ")
        refs.append(None)
    return Points(tuple(texts), empty, tuple(refs))


def _where(findings: Sequence[Finding]) -> str:
    """The schools of findings with the same words, a few by name; or that they tell of many visits together."""
    schools = list(
        dict.fromkeys(named_school(str(one.visit.school)) for one in findings if one.visit)
    )
    if not schools:
        project = findings[0].project
        return f"สรุปรวมทั้งปีงบประมาณ{f' {project.title}' if project else ''}"
    more = len(schools) - MOST_NAMES
    return ", ".join(schools[:MOST_NAMES]) + (f" และอีก {more} โรงเรียน" if more > 0 else "")


def unnamed(visits: Iterable[Visit]) -> list[Visit]:
    """Return the visits of which nobody recorded who went."""
    return [one for one in visits if not one.visitors.all()]
