"""Links by which schools answer a needs survey without an account: made, ended, and answered by."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from nithet.domain.directory.models.schools import School
from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import own, refuse_taken_back
from nithet.domain.plans.actions.need_surveys import keep_answers
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyLink, NeedSurveyReply
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

GOOD_FOR = timedelta(days=60)
CODE_BYTES = 10
"""80 bits: sixteen letters and digits that nobody guesses and a person can still type."""


@action("need_survey.make_links", event="need_survey.links_made", on="survey")
def make_survey_links(
    *, actor: Actor, survey: NeedSurvey, schools: Sequence[School]
) -> list[NeedSurveyLink]:
    """Make a link for each school that has none that opens; good for sixty days, as long as the survey takes answers."""
    refuse_taken_back(survey)
    if survey.state == NeedSurvey.State.CLOSED:
        raise RuleBroken("survey.closed", "This survey is closed and takes no answers any more.")
    for school in schools:
        own(actor, school, "school")
    now = clock.now()
    standing = NeedSurveyLink.objects.filter(survey=survey, revoked_at__isnull=True)
    standing.filter(expires_at__lte=now).update(revoked_at=now)
    held = set(standing.filter(expires_at__gt=now).values_list("school_id", flat=True))
    new = [one for one in dict.fromkeys(schools) if one.pk not in held]
    note(count=len(new))
    if not new:
        nothing_changed()
        return []
    return NeedSurveyLink.objects.bulk_create(
        NeedSurveyLink(
            office_id=actor.writes_in,
            survey=survey,
            school=school,
            code=base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower(),
            made_at=now,
            made_by=actor.signature,
            expires_at=now + GOOD_FOR,
        )
        for school in new
    )


@action("need_survey.revoke_links", event="need_survey.links_revoked", on="survey")
def revoke_survey_links(*, actor: Actor, survey: NeedSurvey) -> int:
    """End every link to a survey; what schools have answered stays. Return how many there were."""
    ended = NeedSurveyLink.objects.filter(survey=survey, revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )
    note(count=ended)
    if not ended:
        nothing_changed()
    return ended


@action("need_survey.answer_by_link", event="need_survey.answered", on="link")
def answer_by_link(
    *,
    actor: Actor,
    link: NeedSurveyLink,
    values: Mapping[int, tuple[int, int]],
    version: int = 0,
) -> NeedSurveyReply:
    """Keep what a school answered by its link; as `answer_survey`."""
    return keep_answers(actor, link.school, link.survey, values, version)
