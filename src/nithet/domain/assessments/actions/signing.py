"""The declared level, signed, and the assessor's."""

from django.db import IntegrityError, transaction

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import hold_open
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import AssessorLevel, SignOff
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken


@action("round.sign", event="round.signed", on="round")
def sign_off(
    *,
    actor: Actor,
    round: Round,
    declared_level: int | None,
    shown: str,
    request_key: str,
    reason: str = "",
) -> SignOff:
    """Sign the declared level for exactly what was shown.

    `shown` is the digest of the standing that the signer saw; when the records differ by now, nothing is signed and
    `Conflict` says so. `declared_level` None declares that no level is reached. A level that differs from the computed
    one, or is signed while the records cannot tell a level yet, needs a reason. The same `request_key` signs once, however often it arrives.
    """
    if kept := round.sign_offs.filter(request_key=request_key).first():
        nothing_changed()
        return kept
    hold_open(round)
    standing = standing_of(round)
    if standing.digest != shown:
        raise Conflict(
            "round.changed_since_shown",
            "The records have changed since this page was opened. Look at them again before you sign.",
        )
    computed = standing.judgement.level
    scale = (
        {level.number for level in standing.edition.root.levels.scale}
        if standing.edition.root.levels
        else set()
    )
    if declared_level is not None and declared_level not in scale:
        raise RuleBroken(
            "level.unknown",
            "This form has no level %(level)s.",
            field="declared_level",
            level=declared_level,
        )
    is_told = standing.judgement.settled
    if (declared_level != computed or not is_told) and not reason.strip():
        raise RuleBroken(
            "level.reason",
            "The declared level is not the one that the records show. Please say why.",
            field="reason",
        )
    note(declared_level=declared_level, computed_level=computed, shown=shown, reason=reason.strip())
    try:
        with transaction.atomic():
            return SignOff.objects.create(
                office_id=round.office_id,
                round=round,
                declared_level=declared_level,
                computed_level=computed,
                judgement=to_contract_json(standing.edition, standing.judgement, standing.facts),
                shown_digest=shown,
                reason=reason.strip(),
                signed_by=actor.signature,
                signed_by_id=actor.user_id,
                signed_at=clock.now(),
                request_key=request_key,
            )
    except IntegrityError:
        nothing_changed()
        return round.sign_offs.get(request_key=request_key)


@action("assessor_level.give", event="assessor_level.given", on="round")
def give_assessor_level(
    *, actor: Actor, round: Round, level: int | None, reason: str
) -> AssessorLevel:
    """Keep the level that an invited assessor gives, with the reason; None says that no level is reached."""
    if not reason.strip():
        raise RuleBroken("assessor.reason", "An assessor's level needs its reason.", field="reason")
    note(level=level)
    return AssessorLevel.objects.create(
        office_id=round.office_id,
        round=round,
        level=level,
        reason=reason.strip(),
        given_by=actor.signature,
        given_at=clock.now(),
    )
