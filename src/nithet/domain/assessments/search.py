"""What search knows of narratives and of comments on them."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs import registry as refs
from nithet.foundation.refs.registry import RecordRef, Resolved
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period

PARAGRAPH = "assessments.narrativeparagraph"
COMMENT = "assessments.comment"


def _paragraphs(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = NarrativeParagraph.objects.all()
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    for row in rows.exclude(text="").select_related("group__answer__round"):
        year = row.group.answer.round.fiscal_year
        yield SearchDocument(
            PARAGRAPH,
            str(row.pk),
            row.office_id,
            row.text,
            row.text,
            fiscal_year_period(year).end,
            year,
        )


def _comments(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Comment.objects.all() if ids is None else Comment.objects.filter(pk__in=ids)
    for row in standing(rows).select_related("round"):
        yield SearchDocument(
            COMMENT,
            str(row.pk),
            row.office_id,
            row.text,
            "\n".join(filter(None, [row.text, row.said_by])),
            clock.day_of(row.made_at),
            row.round.fiscal_year,
        )


def visible_paragraphs(actor: Actor) -> QuerySet[NarrativeParagraph]:
    """Return the paragraphs of the rounds that an actor may read."""
    rows = NarrativeParagraph.objects.filter(office_id=actor.office_id)
    return rows.filter(group__answer__round__in=visible_to(actor).order_by())


def visible_comments(actor: Actor) -> QuerySet[Comment]:
    """Return the comments that an actor may read: the office's staff alone, an assessor none."""
    rows = standing(Comment.objects.filter(office_id=actor.office_id))
    if not by_role(actor, *sorted(OFFICE_STAFF)):
        return rows.none()
    return rows.filter(round__in=visible_to(actor).order_by())


def _name_paragraphs(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_paragraphs(actor).filter(pk__in=_keys(ids)).select_related("group__answer")
    return {
        str(row.pk): Resolved(
            RecordRef(PARAGRAPH, str(row.pk)),
            str(row),
            _address(row.group.answer.round_id, row.group.answer.item, f"#p{row.pk}"),
        )
        for row in rows
    }


def _name_comments(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(COMMENT, str(row.pk)),
            str(row),
            _address(row.round_id, row.item, "#comments"),
        )
        for row in visible_comments(actor).filter(pk__in=_keys(ids))
    }


def _paragraphs_of_groups(ids: Collection[str]) -> Iterable[object]:
    return NarrativeParagraph.objects.filter(group__in=_keys(ids)).values_list("pk", flat=True)


def _paragraphs_of_rounds(ids: Collection[str]) -> Iterable[object]:
    rows = NarrativeParagraph.objects.filter(group__answer__round__in=_keys(ids))
    return rows.values_list("pk", flat=True)


def _keys(ids: Iterable[str]) -> list[str]:
    return [key for key in ids if key.isdecimal()]


def _address(round_id: int, item: str, place: str) -> str | None:
    try:
        return reverse("rounds:item", args=[round_id, item]) + place
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Make narratives and comments searchable, and name them."""
    named = {PARAGRAPH: _name_paragraphs, COMMENT: _name_comments}
    for kind, resolver in named.items():
        if kind not in refs.kinds():
            refs.register(kind, resolver)
    register(
        PARAGRAPH,
        _("Narrative of returns"),
        _paragraphs,
        visible=visible_paragraphs,
        icon="level",
        order=50,
        touched_by={
            "assessments.narrativegroup": _paragraphs_of_groups,
            "assessments.round": _paragraphs_of_rounds,
        },
    )
    register(COMMENT, _("Comments"), _comments, visible=visible_comments, icon="level", order=51)
