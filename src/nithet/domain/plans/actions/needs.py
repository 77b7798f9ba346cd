"""Every write to the register of needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nithet.domain.directory.models.schools import School
from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import own, refuse_taken_back, words_of
from nithet.domain.plans.models.needs import Need, NeedSettings, ProjectNeed
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import says_for_school
from nithet.domain.plans.queries.needs import held_in
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

WRITE_NEED = msgid("Write what the school needs.")


@action("need.record", event="need.recorded", on="school")
def record_need(
    *,
    actor: Actor,
    school: School,
    fiscal_year: int,
    text: str,
    kind: Need.Kind | str = Need.Kind.OTHER,
    area: str = "",
    strength: Need.Strength | int = Need.Strength.NORMAL,
    strength_note: str = "",
    source: RecordRef | None = None,
    point: str = "",
    because: str = "",
) -> Need:
    """Enter a need into the register, or return the one that stands for the same point of the same record, unchanged.

    What a school's own people enter is the school's own word, whatever `kind` says. Raises `RuleBroken` for a text that is
    empty or too long.
    """
    words = _checked(text)
    if says_for_school(actor, school) and not actor.is_of_staff:
        kind = Need.Kind.OWN_WORD
    if source is not None and (kept := _same_point(school, fiscal_year, source, point)):
        nothing_changed()
        return kept
    note(text=words, kind=str(Need.Kind(kind)), fiscal_year=fiscal_year, source=str(source or ""))
    return Need.objects.create(
        office_id=school.office_id,
        school=school,
        fiscal_year=fiscal_year,
        kind=Need.Kind(kind),
        area=collapse(area)[:120],
        text=words,
        strength=Need.Strength(strength),
        strength_note=collapse(strength_note)[:300],
        source=str(source or ""),
        point=point,
        because=collapse(because)[:500],
        recorded_by=actor.signature,
        **made_by(actor),
    )


def _checked(text: str) -> str:
    words = words_of(text, "text", WRITE_NEED)
    if len(words) > 1000:
        raise RuleBroken(
            "need.long", "Please say it in at most %(limit)s characters.", field="text", limit=1000
        )
    return words


def _same_point(school: School, fiscal_year: int, source: RecordRef, point: str) -> Need | None:
    found = Need.objects.filter(
        held_in(fiscal_year), school=school, source=str(source), point=point
    )
    return standing(found).first()


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """One need of many: accepted from what was offered, or read from a list. `source` "" where no record shows it."""

    school: School
    kind: Need.Kind
    text: str
    area: str = ""
    strength: int = 1
    source: str = ""
    point: str = ""
    because: str = ""


@action("need.record_many", event="needs.recorded")
def record_needs(
    *, actor: Actor, fiscal_year: int, drafts: Sequence[NeedDraft], from_list: str = ""
) -> list[Need]:
    """Enter many needs at once, all or none, and return those that are new; `from_list` names the list they came from.

    A need that stands already is left as it is: the same point of the same record, or without one the same words of the
    same school, of the year or carried into it. Two queries, however many there are.
    """
    for draft in drafts:
        own(actor, draft.school, "school")
        _checked(draft.text)
    rows = standing(Need.objects.filter(held_in(fiscal_year)))
    stand = {_identity(*row) for row in rows.values_list("school_id", "source", "point", "text")}
    new: dict[tuple[Any, ...], NeedDraft] = {}
    for draft in drafts:
        key = _identity(draft.school.pk, draft.source, draft.point, collapse(draft.text))
        if key not in stand:
            new.setdefault(key, draft)
    note(fiscal_year=fiscal_year, count=len(new), from_list=from_list)
    if not new:
        nothing_changed()
        return []
    made = Need.objects.bulk_create(_row_of(actor, fiscal_year, draft) for draft in new.values())
    note(needs=[f"plans.need:{row.pk}" for row in made])
    return made


def _identity(school: int, source: str, point: str, text: str) -> tuple[Any, ...]:
    return (school, source, point) if source else (school, text)


def _row_of(actor: Actor, fiscal_year: int, draft: NeedDraft) -> Need:
    return Need(
        office_id=actor.writes_in,
        school=draft.school,
        fiscal_year=fiscal_year,
        kind=Need.Kind(draft.kind),
        area=collapse(draft.area)[:120],
        text=collapse(draft.text),
        strength=Need.Strength(draft.strength),
        source=draft.source,
        point=draft.point,
        because=collapse(draft.because)[:500],
        recorded_by=actor.signature,
        **made_by(actor),
    )


def _fresh(need: Need) -> Need:
    fresh = (
        Need.objects.select_for_update(of=("self",)).select_related("school__unit").get(pk=need.pk)
    )
    refuse_taken_back(fresh)
    return fresh


@action("need.edit", event="need.edited", on="need")
def edit_need(
    *,
    actor: Actor,
    need: Need,
    version: int,
    text: str,
    area: str = "",
    strength: int = 1,
    strength_note: str = "",
) -> Need:
    """Write a need anew; `Conflict` where somebody else changed it since `version`."""
    fresh = _fresh(need)
    new = {
        "text": _checked(text),
        "area": collapse(area)[:120],
        "strength": Need.Strength(strength),
        "strength_note": collapse(strength_note)[:300],
    }
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("need.settle", event="need.settled", on="need")
def settle_need(
    *,
    actor: Actor,
    need: Need,
    version: int,
    state: Need.State | str,
    reason: str = "",
    met_by: RecordRef | None = None,
) -> Need:
    """Say that a need is met, will not be followed (with the reason), or is open again after all.

    `met_by` is the record that shows that it is met, for example the visit.
    """
    fresh, wanted, why = _fresh(need), Need.State(state), collapse(reason)[:500]
    if wanted is Need.State.DROPPED and not why:
        raise RuleBroken("need.reason", "Please say why this need is not followed.", field="reason")
    refuse_if_changed(fresh, version=version, new={"state": wanted, "state_reason": why})
    if fresh.state == wanted and fresh.state_reason == why:
        nothing_changed()
        return fresh
    note(state=str(wanted), reason=why)
    is_open = wanted is Need.State.OPEN
    change(
        fresh,
        version=version + 1,
        state=wanted,
        state_reason=why,
        met_by=str(met_by) if met_by and wanted is Need.State.MET else "",
        settled_by="" if is_open else actor.signature,
        settled_at=None if is_open else clock.now(),
    )
    return fresh


@action("need.take_back", event="need.taken_back", on="need")
def take_back_need(*, actor: Actor, need: Need, reason: str = "") -> Need:
    """Take a need back that was entered by mistake."""
    taking_back.take_back(need, actor=actor, reason=reason)
    return need


@action("need.serve", event="need.served", on="need")
def serve_need(*, actor: Actor, need: Need, project: Project) -> Need:
    """Say that a project serves a need; saying it again changes nothing."""
    own(actor, project, "project")
    refuse_taken_back(project)
    fresh = _fresh(need)
    _, was_made = ProjectNeed.objects.get_or_create(
        project=project, need=fresh, defaults={"office_id": fresh.office_id}
    )
    if not was_made:
        nothing_changed()
    note(project=project.title)
    return fresh


@action("need.serve_many", event="needs.served", on="project")
def serve_needs(*, actor: Actor, project: Project, needs: Sequence[Need]) -> Project:
    """Say which needs a project serves, whole: what is not named any more is not served any more."""
    refuse_taken_back(project)
    for need in needs:
        own(actor, need, "needs")
    wanted = {need.pk for need in needs}
    kept = set(project.needs_served.values_list("need_id", flat=True))
    if wanted == kept:
        nothing_changed()
        return project
    ProjectNeed.objects.filter(project=project, need_id__in=kept - wanted).delete()
    ProjectNeed.objects.bulk_create(
        ProjectNeed(office_id=project.office_id, project=project, need_id=pk)
        for pk in sorted(wanted - kept)
    )
    about(project)
    note(count=len(wanted))
    return project


@action("need.stop_serving", event="need.left", on="need")
def stop_serving_need(*, actor: Actor, need: Need, project: Project) -> Need:
    """Take back that a project serves a need."""
    found = ProjectNeed.objects.filter(need=need, project=project)
    if not found.exists():
        nothing_changed()
        return need
    found.delete()
    note(project=project.title)
    return need


@action("need.set_thresholds", event="need.thresholds_set")
def set_thresholds(
    *,
    actor: Actor,
    version: int,
    results_below: Decimal | None,
    tested_at_least: int = 1,
    pupils_below: int | None = None,
) -> NeedSettings:
    """Choose from which figures on the office is offered needs; `version` is 0 where it never chose."""
    if results_below is not None and not 0 < results_below <= 100:
        raise RuleBroken(
            "need.per_cent", "Give a share between 0 and 100 per cent.", field="results_below"
        )
    new = {
        "results_below": results_below,
        "tested_at_least": max(1, tested_at_least),
        "pupils_below": pupils_below,
    }
    kept = NeedSettings.objects.select_for_update(of=("self",)).first()
    note(**new)
    if kept is None:
        return NeedSettings.objects.create(office_id=actor.writes_in, **new)
    refuse_if_changed(kept, version=version, new=new)
    if all(getattr(kept, name) == value for name, value in new.items()):
        nothing_changed()
        return kept
    change(kept, version=version + 1, **new)
    return kept
