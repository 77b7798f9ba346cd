"""Studies of supervision: opened, tried in cycles, measured before and after, published."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from nithet.domain.supervision import study_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.studies import (
    Study,
    StudyCycle,
    StudyMeasure,
    StudyVisit,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.rules.study_values import checked
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

PUBLISHED = msgid("This study is published, so it is no longer written. Open it again first.")
R = TypeVar("R", Study, StudyCycle, StudyMeasure)


@action("study.open", event="study.opened")
def open_study(*, actor: Actor, owner_title: str = "", **values: Any) -> Study:
    """Open a study; `values` are its title, year, problem and the like. Whoever opens it leads it."""
    return Study.objects.create(
        office_id=actor.writes_in,
        owner_id=actor.user_id,
        owner_title=collapse(owner_title)[:200] or actor.signature[:200],
        **_study(values),
        **made_by(actor),
    )


@action("study.edit", event="study.edited", on="study")
def edit_study(*, actor: Actor, study: Study, version: int, **values: Any) -> Study:
    """Write a study anew, as long as it is not published."""
    return _edited(study, version, _study(values))


def _study(values: dict[str, Any]) -> dict[str, Any]:
    new = {name: _tidy(value) for name, value in values.items()}
    if "title" in new and not new["title"]:
        raise RuleBroken("study.title", "A title is needed.", field="title")
    if "problem" in new and not new["problem"]:
        raise RuleBroken(
            "study.problem",
            "Say which problem the study is about, and where it shows.",
            field="problem",
        )
    if not new.get("owner_title", "x"):
        raise RuleBroken("study.owner", "Say who leads the study.", field="owner_title")
    return new


@action("study.publish", event="study.published", on="study")
def publish_study(
    *, actor: Actor, study: Study, version: int, published_on: date, where: str, link: str = ""
) -> Study:
    """Say where a study is published; from then on it is read and no longer written."""
    fresh = _fresh(study, version, {})
    _refuse_published(fresh)
    if published_on > clock.today():
        raise RuleBroken("study.later", "This day has not come yet.", field="published_on")
    if not (place := collapse(where)):
        raise RuleBroken("study.where", "Say where it is published.", field="where")
    if not fresh.findings.strip():
        raise RuleBroken(
            "study.no_findings", "Write the result and its discussion before it is published."
        )
    note(where=place, link=link)
    change(
        fresh,
        published_on=published_on,
        published_where=place[:300],
        published_link=link,
        version=version + 1,
    )
    return fresh


@action("study.reopen", event="study.reopened", on="study")
def reopen_study(*, actor: Actor, study: Study, version: int, reason: str) -> Study:
    """Open a published study to be written again; says why."""
    fresh = _fresh(study, version, {})
    if not fresh.is_published:
        nothing_changed()
        return fresh
    if not (why := collapse(reason)):
        raise RuleBroken("reason.missing", "Please give the reason.", field="reason")
    note(reason=why)
    change(fresh, published_on=None, version=version + 1)
    return fresh


@action("study.take_back", event="study.taken_back", on="study")
def take_back_study(*, actor: Actor, study: Study, reason: str = "") -> Study:
    """Take a study back that was opened by mistake."""
    _refuse_published(study)
    take_back(study, actor=actor, reason=reason)
    return study


@action("study.add_cycle", event="study_cycle.added", on="study")
def add_cycle(
    *, actor: Actor, study: Study, visits: Iterable[Visit] = (), **values: Any
) -> StudyCycle:
    """Add the next cycle of a study, with the visits on which it was tried."""
    locked = Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    _refuse_published(locked)
    last = study.cycles.filter(taken_back_at__isnull=True).order_by("-number").first()
    cycle = StudyCycle.objects.create(
        office_id=study.office_id,
        study=study,
        number=last.number + 1 if last else 1,
        **_cycle(values),
        **made_by(actor),
    )
    _go_with(actor, cycle, visits)
    note(number=cycle.number)
    return cycle


@action("study.edit_cycle", event="study_cycle.edited", on="cycle")
def edit_cycle(
    *,
    actor: Actor,
    cycle: StudyCycle,
    version: int,
    visits: Iterable[Visit] | None = None,
    **values: Any,
) -> StudyCycle:
    """Write a cycle anew; `visits` None leaves its visits as they are."""
    _refuse_published(cycle.study)
    new = _cycle(values)
    fresh = _fresh(cycle, version, new)
    before = set(fresh.gone_with.values_list("visit_id", flat=True))
    chosen = None if visits is None else list(visits)
    same_visits = chosen is None or {one.pk for one in chosen} == before
    if same_visits and all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    if chosen is not None:
        _go_with(actor, fresh, chosen)
    return fresh


@action("study.take_back_cycle", event="study_cycle.taken_back", on="cycle")
def take_back_cycle(*, actor: Actor, cycle: StudyCycle, reason: str = "") -> StudyCycle:
    """Take a cycle back."""
    _refuse_published(cycle.study)
    take_back(cycle, actor=actor, reason=reason)
    return cycle


def _cycle(values: dict[str, Any]) -> dict[str, Any]:
    new = {name: _tidy(value) for name, value in values.items()}
    if not new.get("design"):
        raise RuleBroken("cycle.design", "Write what will be tried.", field="design")
    start, end = new.get("starts_on"), new.get("ends_on")
    if start and end and end < start:
        raise RuleBroken("cycle.backwards", "The end lies before the beginning.", field="ends_on")
    return new


def _go_with(actor: Actor, cycle: StudyCycle, visits: Iterable[Visit]) -> None:
    keys = {one.pk for one in visits}
    seen = set(visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    if seen != keys:
        raise RuleBroken("cycle.visit", "Choose visits of your office.", field="visits")
    cycle.gone_with.exclude(visit__in=keys).delete()
    kept = set(cycle.gone_with.values_list("visit_id", flat=True))
    StudyVisit.objects.bulk_create(
        StudyVisit(office_id=cycle.office_id, cycle=cycle, visit_id=key)
        for key in sorted(keys - kept)
    )
    note(visits=sorted(keys))


@action("study.add_measure", event="study_measure.added", on="study")
def add_measure(
    *, actor: Actor, study: Study, values: Sequence[Sequence[str]] = (), **facts: Any
) -> StudyMeasure:
    """Add what was measured before and after, with its values (code, before, after)."""
    _refuse_published(Study.objects.select_for_update(of=("self",)).get(pk=study.pk))
    new = _measure(facts, values)
    note(rows=len(new["values"]))
    return StudyMeasure.objects.create(
        office_id=study.office_id, study=study, **new, **made_by(actor)
    )


@action("study.edit_measure", event="study_measure.edited", on="measure")
def edit_measure(
    *,
    actor: Actor,
    measure: StudyMeasure,
    version: int,
    values: Sequence[Sequence[str]],
    **facts: Any,
) -> StudyMeasure:
    """Write what was measured, and all its values, anew."""
    _refuse_published(measure.study)
    return _edited(measure, version, _measure(facts, values))


@action("study.take_back_measure", event="study_measure.taken_back", on="measure")
def take_back_measure(*, actor: Actor, measure: StudyMeasure, reason: str = "") -> StudyMeasure:
    """Take back what was measured."""
    _refuse_published(measure.study)
    take_back(measure, actor=actor, reason=reason)
    return measure


def _measure(facts: dict[str, Any], values: Sequence[Sequence[str]]) -> dict[str, Any]:
    new = {name: _tidy(value) for name, value in facts.items()}
    if not new.get("title"):
        raise RuleBroken("measure.title", "Say what is measured.", field="title")
    is_paired = new.get("design", StudyMeasure.Design.PAIRED) == StudyMeasure.Design.PAIRED
    new["values"] = checked(values, is_paired=is_paired)
    return new


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _edited(record: R, version: int, new: dict[str, Any]) -> R:
    fresh = _fresh(record, version, new)
    _refuse_published(fresh if isinstance(fresh, Study) else fresh.study)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


def _fresh(record: R, version: int, new: dict[str, Any]) -> R:
    fresh: R = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if not fresh.stands:
        raise RuleBroken("study.taken_back", "This was taken back, so it can no longer be changed.")
    refuse_if_changed(fresh, version=version, new=new)
    return fresh


def _refuse_published(study: Study) -> None:
    if study.is_published:
        raise RuleBroken("study.published", PUBLISHED)
