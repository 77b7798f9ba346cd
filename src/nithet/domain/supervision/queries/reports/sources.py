"""The records that a report stands on, each with the digest of what it says: what tells later whether one has changed."""

from collections.abc import Callable, Collection, Iterator, Mapping

from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.policy import visible_to as visible_agreements
from nithet.domain.plans.policy import visible_needs
from nithet.domain.plans.queries.needs import NEED
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_findings, visible_to
from nithet.domain.supervision.queries.reports.reading import COMMITMENT, FINDING
from nithet.domain.supervision.queries.reports.subjects import Subject
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.reports.frozen import refs_in
from nithet.domain.supervision.rules.reports.model import Report
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.digest import digest_of

Said = Iterator[tuple[str, object]]
Reading = Callable[[Actor, Collection[str]], Said]


def sources_of(actor: Actor, subject: Subject, report: Report) -> dict[str, str]:
    """Return record ("supervision.visit:5") -> digest of what it says, without ids, for every record a report stands on.

    Those are the visits of its days, what was agreed and found on them, and whatever its figures and points name.
    """
    named: dict[str, set[str]] = {kind: set() for kind in _READINGS}
    for ref in refs_in(report):
        if ref.kind in named:
            named[ref.kind].add(ref.id)
    if subject.school is None:
        days = (subject.period.start, subject.period.end)
        held = visible_to(actor).filter(visited_on__range=days).values_list("pk", flat=True)
        named[VISIT] |= {str(key) for key in held}
        named[COMMITMENT] |= _agreed_on(actor, named[VISIT])
    return {
        str(RecordRef(kind, key)): digest_of(said)
        for kind, read in _READINGS.items()
        for key, said in read(actor, named[kind])
    }


def _agreed_on(actor: Actor, visits: Collection[str]) -> set[str]:
    refs = [str(RecordRef(VISIT, key)) for key in visits]
    rows = standing(Commitment.objects.filter(office_id=actor.office_id, arose_from__in=refs))
    return {str(key) for key in rows.values_list("pk", flat=True)}


def _visits(actor: Actor, keys: Collection[str]) -> Said:
    rows = visible_to(actor).filter(pk__in=row_keys(keys)).select_related("school__unit", "project")
    for one in rows.prefetch_related(
        "visitors", "findings", "needs_served__need", "instruments_used__instrument"
    ):
        yield str(one.pk), _visit(one)


def _visit(one: Visit) -> object:
    return [
        one.kind,
        one.state,
        one.mode,
        one.visited_on,
        one.planned_for,
        str(one.school),
        one.purpose,
        one.need,
        one.project.title if one.project else "",
        sorted(who.title for who in one.visitors.all()),
        sorted([found.kind, found.text] for found in one.findings.all()),
        sorted(served.need.text for served in one.needs_served.all()),
        sorted(used.instrument.title for used in one.instruments_used.all()),
    ]


def _agreements(actor: Actor, keys: Collection[str]) -> Said:
    for one in standing(visible_agreements(actor).filter(pk__in=row_keys(keys))):
        yield str(one.pk), [one.text, one.owner_title, one.due_on, one.state, one.reason]


def _findings(actor: Actor, keys: Collection[str]) -> Said:
    for one in visible_findings(actor).filter(pk__in=row_keys(keys)):
        yield str(one.pk), [one.kind, one.text, one.said_by]


def _needs(actor: Actor, keys: Collection[str]) -> Said:
    for one in standing(visible_needs(actor).filter(pk__in=row_keys(keys))):
        yield str(one.pk), [one.kind, one.text, one.state, one.fiscal_year]


_READINGS: Mapping[str, Reading] = {
    VISIT: _visits,
    COMMITMENT: _agreements,
    FINDING: _findings,
    NEED: _needs,
}
