"""Lists of a kind (groups, duties, experts): shown, downloaded, added, changed, taken back; one description each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.actions import staff as actions
from nithet.domain.directory.models.staff import Assignment
from nithet.domain.directory.policy.people import may_keep_bodies
from nithet.domain.directory.queries.staff import list_duties, list_experts, list_groups
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.sheets import Column, Kind
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.people import forms
from nithet.web.people.parts import (
    aged,
    answer_form,
    answer_taking_back,
    crumbs_to,
    keeper_or_404,
    reader_or_404,
    tabs_for,
)
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: heading, what stands in it, its kind in a sheet, and the field it sorts by ("" for none)."""

    heading: str | Promise
    value: Callable[[Any], Any]
    kind: Kind = "text"
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """What one kind of body is on the pages."""

    name: str
    one: str
    title: str | Promise
    lead: str | Promise
    add_title: str | Promise
    empty: str | Promise
    rows: Callable[[Actor, str], Any]
    columns: tuple[Shown, ...]
    default_sort: str
    form: Callable[..., django_forms.Form]
    edit_form: Callable[..., django_forms.Form]
    add: Callable[..., Any]
    edit: Callable[..., Any]
    take_back: Callable[..., Any]
    argument: str
    has_actor: bool = False
    searched: bool = False


def _holders(row: Assignment) -> str:
    names = [str(one.posting.user) for one in row.position.holders_now]  # type: ignore[attr-defined]
    return ", ".join(names) or gettext("vacant")


_FROM = Shown(_("From"), lambda row: row.starts_on, "date", "starts_on")
_UNTIL = Shown(_("Until"), lambda row: row.ends_on, "date", "ends_on")

NOUNS = (
    Noun(
        "groups",
        "office_group_id",
        _("Groups of the office"),
        _("Groups as they are and were, with their dates. A group that is gone keeps what it did."),
        _("Add a group of the office"),
        _("No group yet. The usual groups of a year can be taken over in one step."),
        lambda actor, words: list_groups(actor),
        (
            Shown(_("Group"), lambda row: row.name, sort="name"),
            Shown(_("Short name"), lambda row: row.short_name),
            Shown(_("Positions"), lambda row: row.position_count, "whole", "position_count"),
            _FROM,
            _UNTIL,
        ),
        "place",
        forms.GroupForm,
        forms.GroupEditForm,
        actions.add_group,
        actions.edit_group,
        actions.take_back_group,
        "group",
    ),
    Noun(
        "duties",
        "duty_id",
        _("Supervisors of schools and duties"),
        _("A duty belongs to a position: when its holder leaves it stays, and the successor has it."),
        _("Assign a duty"),
        _("No duty yet. Open a supervisor's position to assign several schools at once."),
        lambda actor, words: _found(list_duties(actor, clock.today()), words),
        (
            Shown(_("Duty"), str, sort="school__unit__name_key"),
            Shown(_("Position"), lambda row: str(row.position), sort="position__title"),
            Shown(_("Held by"), _holders),
            Shown(_("Number of the order"), lambda row: row.order_number, "code"),
            _FROM,
            _UNTIL,
        ),
        "school__unit__name_key",
        forms.DutyForm,
        forms.DutyEditForm,
        actions.assign_duty,
        actions.edit_duty,
        actions.take_back_duty,
        "assignment",
        has_actor=True,
        searched=True,
    ),
    Noun(
        "experts",
        "expert_id",
        _("Outside experts"),
        _("Those whom the office may call upon, with their field and the days of their appointment."),
        _("Add an expert"),
        _("No expert yet."),
        lambda actor, words: list_experts(actor, words=words),
        (
            Shown(_("Expert"), str, sort="title"),
            Shown(_("Field of expertise"), lambda row: row.field, sort="field"),
            Shown(_("Place of work"), lambda row: row.workplace, sort="workplace"),
            Shown(_("Telephone"), lambda row: row.phone, "code"),
            _FROM,
            _UNTIL,
        ),
        "field",
        forms.ExpertForm,
        forms.ExpertEditForm,
        actions.add_expert,
        actions.edit_expert,
        actions.take_back_expert,
        "expert",
        searched=True,
    ),
)


def _found(rows: Any, words: str) -> Any:
    if not words:
        return rows
    return rows.filter(
        Q(school__unit__name__icontains=words)
        | Q(text__icontains=words)
        | Q(position__title__icontains=words)
    )


def addresses() -> list[URLPattern]:
    """Return the addresses of every kind."""
    return [entry for noun in NOUNS for entry in _addresses(noun)] + [
        path("people/groups/usual/", usual_groups, name="groups_usual")
    ]


def _addresses(noun: Noun) -> list[URLPattern]:
    below = f"people/{noun.name}/"
    key = f"<int:{noun.one}>"
    return [
        path(below, _list_page(noun), name=noun.name),
        path(f"{below}add/", _add_page(noun), name=f"{noun.name}_add"),
        path(f"{below}{key}/", _edit_page(noun), name=f"{noun.name}_edit"),
        path(f"{below}{key}/take-back/", _take_back_page(noun), name=f"{noun.name}_take_back"),
    ]


View = Callable[..., HttpResponseBase]


def _list_page(noun: Noun) -> View:
    @login_required
    @require_safe
    def page(request: HttpRequest) -> HttpResponseBase:
        actor = reader_or_404(request)
        words = request.GET.get("q", "").strip()[:100] if noun.searched else ""
        keys = {one.sort: one.sort for one in noun.columns if one.sort} | {
            noun.default_sort: noun.default_sort
        }
        rows = sorted_by(request, noun.rows(actor, words), keys, noun.default_sort)
        if wants_sheet(request):
            return sheet_answer(
                str(noun.title),
                [Column(str(one.heading), one.kind) for one in noun.columns],
                ([one.value(row) for one in noun.columns] for row in rows if row.stands),
                request=request,
            )
        shown = paged(request, rows)
        context = {
            "title": noun.title,
            "tabs": tabs_for(actor, noun.name),
            "noun": noun,
            "page": shown,
            "words": words,
            "can_keep": bool(may_keep_bodies(actor, None)),
            "add_href": reverse(f"people:{noun.name}_add"),
            "lines": [_line(noun, row) for row in shown],
            "headings": [str(one.heading) for one in noun.columns],
            "this_year": fiscal_year(clock.today()),
        }
        return render(request, "people/bodies.html", context)

    return page


@dataclass(frozen=True, slots=True)
class Line:
    """A row on the page."""

    row: Any
    first: str
    cells: list[tuple[str, str]]
    edit: str
    take_back: str


def _line(noun: Noun, row: Any) -> Line:
    aged(row)
    cells = [(str(one.heading), _as_words(one.value(row))) for one in noun.columns[1:]]
    return Line(
        row,
        str(noun.columns[0].value(row)),
        cells,
        reverse(f"people:{noun.name}_edit", args=[row.pk]),
        reverse(f"people:{noun.name}_take_back", args=[row.pk]),
    )


def _as_words(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return date_words(value, "short") if hasattr(value, "isoformat") else str(value)


def _made_form(noun: Noun, kind: Any, actor: Actor, **given: Any) -> django_forms.Form:
    made: django_forms.Form = kind(actor, **given) if noun.has_actor else kind(**given)
    return made


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _add_page(noun: Noun) -> View:
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest) -> HttpResponse:
        actor = keeper_or_404(request)
        form = _made_form(noun, noun.form, actor, data=_data(request))
        return answer_form(
            request,
            form,
            lambda given: noun.add(actor=actor, **given),
            title=str(noun.add_title),
            crumbs=crumbs_to(noun.name, str(noun.title), str(noun.add_title)),
            done=gettext("Saved."),
            to=reverse(f"people:{noun.name}"),
        )

    return page


def _record(noun: Noun, actor: Actor, key: int) -> Any:
    found = noun.rows(actor, "").filter(pk=key).first()
    if found is None or not found.stands:
        raise Http404
    return found


def _edit_page(noun: Noun) -> View:
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, **keys: int) -> HttpResponse:
        actor = keeper_or_404(request)
        record = _record(noun, actor, keys[noun.one])
        form = _made_form(noun, noun.edit_form, actor, data=_data(request))
        form.initial = {name: getattr(record, name) for name in form.fields}
        return answer_form(
            request,
            form,
            lambda given: noun.edit(actor=actor, **{noun.argument: record}, **given),
            title=str(noun.columns[0].value(record)),
            crumbs=crumbs_to(noun.name, str(noun.title), str(record)),
            done=gettext("Saved."),
            to=reverse(f"people:{noun.name}"),
        )

    return page


def _take_back_page(noun: Noun) -> View:
    @login_required
    @require_POST
    def page(request: HttpRequest, **keys: int) -> HttpResponse:
        actor = keeper_or_404(request)
        record = _record(noun, actor, keys[noun.one])
        return answer_taking_back(
            request,
            lambda reason: noun.take_back(
                actor=actor, **{noun.argument: record}, reason=reason
            ),
            back=reverse(f"people:{noun.name}"),
            done=gettext("Taken back."),
        )

    return page


@login_required
@require_POST
def usual_groups(request: HttpRequest) -> HttpResponse:
    """Take over the groups that offices have in the present fiscal year."""
    actor = keeper_or_404(request)
    made = actions.add_usual_groups(actor=actor, year=fiscal_year(clock.today()))
    messages.success(request, gettext("%(count)s groups were added.") % {"count": len(made)})
    return redirect("people:groups")
