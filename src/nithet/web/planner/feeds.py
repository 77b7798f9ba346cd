"""Calendars to subscribe to: made, shown once, renewed, ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.directory.queries.schools import find_school, list_schools
from nithet.domain.supervision.actions.feeds import make_feed, renew_feed, revoke_feed
from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.policy import ANSWERING_SCHOOL, may_plan
from nithet.domain.supervision.queries.feeds import find_feed, list_feeds
from nithet.domain.supervision.rules.feeds import WantedFeed
from nithet.foundation.access.actors import Actor
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.forms import FeedForm
from nithet.web.planner.words import say_problem
from nithet.web.shared.addresses import absolute
from nithet.web.shared.requests import actor_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponseBase:
    """List calendars and make one; its address is shown on the answer alone."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    kinds = _kinds(actor)
    form = FeedForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        schools=_schools(actor),
        initial={"kind": kinds[0][0] if kinds else "", "school": request.GET.get("school", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            feed, word = make_feed(actor=actor, wanted=_wanted(actor, form))
        except RuleBroken as error:
            say_problem(request, error)
            return redirect("planner:feeds")
        return _page(request, form, feed, word)
    return _page(request, form)


def _page(
    request: HttpRequest, form: FeedForm, made: CalendarFeed | None = None, word: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    address = (
        absolute(request, reverse("planner:feed", args=[word]), actor.office_id) if word else ""
    )
    context = {
        "feeds": list(list_feeds(actor)),
        "form": form,
        "can": bool(_kinds(actor)),
        "made": made,
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
        "me": actor.user_id,
    }
    return render(request, "planner/feeds.html", context, status=422 if form.errors else 200)


def _kinds(actor: Actor) -> list[tuple[str, str]]:
    """Return the kinds of calendars the reader may make."""
    found = []
    if actor.is_of_office and actor.user_id is not None:
        found.append(CalendarFeed.Kind.PERSON)
    if may_plan(actor, None) or actor.holds(*ANSWERING_SCHOOL):
        found.append(CalendarFeed.Kind.SCHOOL)
    if may_plan(actor, None):
        found.append(CalendarFeed.Kind.OFFICE)
    return [(kind.value, str(kind.label)) for kind in found]


def _schools(actor: Actor) -> list[tuple[int, str]]:
    if may_plan(actor, None) or actor.holds(*ANSWERING_SCHOOL):
        return [(one.pk, one.name) for one in list_schools(actor).order_by("unit__name_key", "pk")]
    return []


def _wanted(actor: Actor, form: FeedForm) -> WantedFeed:
    kind = form.cleaned_data["kind"]
    key = form.cleaned_data.get("school")
    school = find_school(actor, key) if key else None
    is_school = kind == CalendarFeed.Kind.SCHOOL
    return WantedFeed(
        kind=kind,
        office_id=actor.writes_in,
        user_id=actor.user_id if kind == CalendarFeed.Kind.PERSON else None,
        school_id=school.pk if school and is_school else None,
        school_unit_id=school.unit_id if school and is_school else None,
    )


def _feed_or_404(request: HttpRequest, feed_id: int) -> CalendarFeed:
    if (found := find_feed(actor_of(request), feed_id)) is None:
        raise Http404
    return found


@login_required
@never_cache
@require_POST
def renew(request: HttpRequest, calendar_feed_id: int) -> HttpResponse:
    """Give a calendar a new address and show it."""
    actor, found = actor_of(request), _feed_or_404(request, calendar_feed_id)
    try:
        feed, word = renew_feed(actor=actor, feed=found)
    except RuleBroken as error:
        say_problem(request, error)
        return redirect("planner:feeds")
    form = FeedForm(kinds=_kinds(actor), schools=_schools(actor))
    return _page(request, form, feed, word)


@login_required
@require_POST
def revoke(request: HttpRequest, calendar_feed_id: int) -> HttpResponse:
    """End a calendar's address."""
    found = _feed_or_404(request, calendar_feed_id)
    revoke_feed(actor=actor_of(request), feed=found)
    messages.success(
        request, gettext("This calendar has ended; its address opens nothing any more.")
    )
    return redirect("planner:feeds")
