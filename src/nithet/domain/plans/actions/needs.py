"""Every write to the register of needs."""

from nithet.domain.directory.models.schools import School
from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import words_of
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.policy import says_for_school
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.refs.registry import RecordRef
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
        school=school, fiscal_year=fiscal_year, source=str(source), point=point
    )
    return standing(found).first()
