"""Every write to surveys of the actual and the desired state."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nithet.domain.directory.models.schools import School
from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import own, refuse_taken_back, words_of
from nithet.domain.plans.actions.needs import NeedDraft, record_needs
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import (
    NeedSurvey,
    NeedSurveyItem,
    NeedSurveyReply,
    NeedSurveyValue,
)
from nithet.domain.plans.rules.survey_tables import PastedMeans, read_items
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

SURVEY = "plans.needsurvey"


@action("need_survey.open", event="need_survey.opened")
def open_survey(
    *,
    actor: Actor,
    fiscal_year: int,
    title: str,
    items: str,
    lead: str = "",
    lowest: int = 1,
    highest: int = 5,
) -> NeedSurvey:
    """Open a survey with its points, pasted one a line; the scale runs from `lowest` (0 or 1) to `highest`."""
    words = words_of(title, "title")[:250]
    points = read_items(items)
    if lowest not in (0, 1) or not 2 <= highest <= 10:
        raise RuleBroken(
            "survey.scale", "The scale begins at 0 or 1 and ends between 2 and 10.", field="lowest"
        )
    same = standing(NeedSurvey.objects.filter(fiscal_year=fiscal_year, title=words))
    if same.exists():
        raise RuleBroken(
            "survey.title_taken", "There is a survey of this title in this year.", field="title"
        )
    note(fiscal_year=fiscal_year, points=len(points))
    made = NeedSurvey.objects.create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        title=words,
        lead=collapse(lead)[:500],
        lowest=lowest,
        highest=highest,
        **made_by(actor),
    )
    NeedSurveyItem.objects.bulk_create(
        NeedSurveyItem(office_id=made.office_id, survey=made, position=at, text=text)
        for at, text in enumerate(points, 1)
    )
    return made


def _locked(survey: NeedSurvey) -> NeedSurvey:
    fresh = NeedSurvey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    refuse_taken_back(fresh)
    return fresh


def _refuse_closed(survey: NeedSurvey) -> None:
    if survey.state == NeedSurvey.State.CLOSED:
        raise RuleBroken("survey.closed", "This survey is closed and takes no answers any more.")


@action("need_survey.edit", event="need_survey.edited", on="survey")
def edit_survey(
    *, actor: Actor, survey: NeedSurvey, version: int, title: str, lead: str = ""
) -> NeedSurvey:
    """Change title and lead; the points stay, because answers stand on them."""
    fresh = _locked(survey)
    new = {"title": words_of(title, "title")[:250], "lead": collapse(lead)[:500]}
    refuse_if_changed(fresh, version=version, new=new)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("need_survey.close", event="need_survey.closed", on="survey")
def close_survey(*, actor: Actor, survey: NeedSurvey, version: int) -> NeedSurvey:
    """Take no more answers."""
    fresh = _locked(survey)
    if fresh.state == NeedSurvey.State.CLOSED:
        nothing_changed()
        return fresh
    refuse_if_changed(fresh, version=version, new={"state": NeedSurvey.State.CLOSED})
    change(fresh, version=version + 1, state=NeedSurvey.State.CLOSED)
    return fresh


@action("need_survey.take_back", event="need_survey.taken_back", on="survey")
def take_back_survey(*, actor: Actor, survey: NeedSurvey, reason: str = "") -> NeedSurvey:
    """Take a survey back that was opened by mistake."""
    taking_back.take_back(survey, actor=actor, reason=reason)
    return survey


@action("need_survey.answer", event="need_survey.answered", on="school")
def answer_survey(
    *,
    actor: Actor,
    school: School,
    survey: NeedSurvey,
    values: Mapping[int, tuple[int, int]],
    version: int = 0,
) -> NeedSurveyReply:
    """Enter a school's answers, whole: item id -> (desired, actual). `version` is 0 for the first time.

    Every point needs both values. Raises `Conflict` where somebody else answered for the school meanwhile.
    """
    own(actor, survey, "survey")
    return keep_answers(actor, school, survey, values, version)


def keep_answers(
    actor: Actor,
    school: School,
    survey: NeedSurvey,
    values: Mapping[int, tuple[int, int]],
    version: int,
) -> NeedSurveyReply:
    """Keep a school's answers, by its account, by the office, or by its link; for the actions of surveys alone."""
    fresh = _locked(survey)
    _refuse_closed(fresh)
    items = list(fresh.items.all())
    for item in items:
        given = values.get(item.pk)
        if given is None or not all(fresh.lowest <= one <= fresh.highest for one in given):
            raise RuleBroken(
                "survey.answer",
                "Please answer point %(number)s for both states.",
                field=f"item_{item.pk}",
                number=item.position,
            )
    kept = (
        NeedSurveyReply.objects.select_for_update(of=("self",))
        .filter(survey=fresh, school=school)
        .first()
    )
    if kept is not None:
        refuse_if_changed(kept, version=version, new={})
        change(kept, version=kept.version + 1, entered_by=actor.signature, entered_at=clock.now())
        kept.values.all().delete()
    else:
        kept = NeedSurveyReply.objects.create(
            office_id=fresh.office_id,
            survey=fresh,
            school=school,
            entered_by=actor.signature,
            entered_at=clock.now(),
        )
    NeedSurveyValue.objects.bulk_create(
        NeedSurveyValue(
            office_id=fresh.office_id,
            reply=kept,
            item=item,
            desired=Decimal(values[item.pk][0]),
            actual=Decimal(values[item.pk][1]),
        )
        for item in items
    )
    about(school)
    note(survey=fresh.title)
    return kept


@action("need_survey.paste_means", event="need_survey.means_pasted", on="survey")
def paste_means(
    *,
    actor: Actor,
    survey: NeedSurvey,
    label: str,
    respondents: int,
    means: Sequence[PastedMeans],
) -> NeedSurveyReply:
    """Enter means that were worked out elsewhere, with how many people answered; the same label is replaced."""
    fresh = _locked(survey)
    _refuse_closed(fresh)
    words = words_of(label, "label")[:200]
    if respondents < 1:
        raise RuleBroken("survey.n", "Say how many people answered.", field="respondents")
    items = list(fresh.items.all())
    NeedSurveyReply.objects.filter(survey=fresh, school=None, label=words).delete()
    made = NeedSurveyReply.objects.create(
        office_id=fresh.office_id,
        survey=fresh,
        label=words,
        respondents=respondents,
        entered_by=actor.signature,
        entered_at=clock.now(),
    )
    NeedSurveyValue.objects.bulk_create(
        NeedSurveyValue(
            office_id=fresh.office_id,
            reply=made,
            item=items[one.at],
            desired=one.desired,
            actual=one.actual,
        )
        for one in means
    )
    about(fresh)
    note(label=words, respondents=respondents)
    return made


@action("need_survey.make_needs", event="need_survey.needs_made", on="survey")
def make_needs(
    *,
    actor: Actor,
    survey: NeedSurvey,
    items: Sequence[NeedSurveyItem],
    schools: Sequence[School],
    because: Mapping[int, str],
    strength: int = 1,
) -> list[Need]:
    """Turn points of a survey into needs of schools; `because` says the figure of each item by its id.

    A point that stands in the register for a school is left as it is.
    """
    if not items or not schools:
        raise RuleBroken(
            "survey.nothing", "Choose at least one point and one school.", field="items"
        )
    for school in schools:
        own(actor, school, "schools")
    source = RecordRef(SURVEY, str(survey.pk))
    drafts = [
        NeedDraft(
            school=school,
            kind=Need.Kind.SURVEY,
            text=item.text,
            area=survey.title,
            strength=strength,
            source=str(source),
            point=f"item:{item.position}",
            because=because.get(item.pk, ""),
        )
        for school in schools
        for item in items
    ]
    note(count=len(items))
    about(survey)
    return record_needs(
        actor=actor, fiscal_year=survey.fiscal_year, drafts=drafts, from_list=survey.title
    )
