"""Links to needs surveys: whose a word of an address is, and as whom its holder acts."""

from django.utils.translation import gettext

from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyLink
from nithet.foundation.access.actors import Actor, Held
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock
from nithet.kernel.text import collapse


def survey_link_of(code: str) -> NeedSurveyLink | None:
    """Return the link that a word of an address opens, whatever its office; None for what opens nothing (any more).

    The word is long and random: to have it is the right to answer this survey for this school.
    """
    # A link is opened before anybody is known, so no office can be in scope yet.
    with unscoped():
        return (
            NeedSurveyLink.objects.filter(
                code=code.lower(),
                revoked_at__isnull=True,
                expires_at__gt=clock.now(),
                survey__state=NeedSurvey.State.OPEN,
                survey__taken_back_at__isnull=True,
            )
            .select_related("survey", "school__unit")
            .first()
        )


def link_actor(link: NeedSurveyLink, name: str) -> Actor:
    """Return whoever holds the link of a school as an actor: good for this one survey, by the name that they gave."""
    unit = link.school.unit
    words = collapse(name)[:200] or gettext("%(school)s (by the link)") % {"school": link.school}
    held = Held(
        Role.SCHOOL_HEAD,
        unit.pk,
        Unit.Kind.SCHOOL,
        str(unit),
        limited_to=f"plans.needsurvey:{link.survey_id}",
    )
    return Actor(name=words, office_id=link.office_id, held=(held,))


def standing_links(survey: NeedSurvey) -> dict[int, NeedSurveyLink]:
    """Return school id -> the link that opens, of a survey."""
    rows = NeedSurveyLink.objects.filter(
        survey=survey, revoked_at__isnull=True, expires_at__gt=clock.now()
    )
    return {row.school_id: row for row in rows}
