"""The calendar of visits: a month or the year, of everybody, a person, a school or a network."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.directory.queries.networks import list_networks
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.rules.calendar import Entry, months_of, public_holidays, weeks_of
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import may_plan, visible_to
from nithet.domain.supervision.queries.counting import with_team
from nithet.domain.supervision.queries.dates import list_other_bodies
from nithet.domain.supervision.queries.facts import Person, supervisors
from nithet.domain.supervision.rules.planning_papers import short_name
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.words import reads_thai
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.periods import Period, month_end
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.thai_dates import WEEKDAYS
from nithet.web.planner.standing import month_label, short_month
from nithet.web.shared.requests import actor_of, year_of
from nithet.web.shared.years import keep_year, year_choice

ORDER = {"holiday": 0, "exam": 1, "other_body": 2, "meeting": 3, "other": 4, "activity": 5}


@dataclass(frozen=True)
class Filter:
    """Whose visits are shown; empty means all. `words` name the choice."""

    person: Person | None = None
    school: int | None = None
    network: int | None = None
    words: str = ""
    query: str = ""


def filter_of(request: HttpRequest, actor: Actor) -> Filter:
    """Read the choice from the address: `?person=`, `?school=`, `?network=`; what is not theirs to choose is as not chosen."""
    if key := request.GET.get("person"):
        people = {one.key: one for one in _people(actor)}
        if key in people:
            return Filter(
                person=people[key], words=people[key].title, query=urlencode({"person": key})
            )
    if (school := row_key(request.GET.get("school", ""))) is not None:
        found = list_schools(actor).filter(pk=school).first()
        if found is not None:
            return Filter(school=school, words=found.name, query=urlencode({"school": school}))
    if (network := row_key(request.GET.get("network", ""))) is not None:
        kept = list_networks(actor).filter(pk=network).first()
        if kept is not None:
            return Filter(network=network, words=str(kept), query=urlencode({"network": network}))
    return Filter()


def _people(actor: Actor) -> list[Person]:
    return supervisors(actor, clock.today()) if actor.is_of_office else []


def month_asked(request: HttpRequest) -> date:
    """Return the first day of the month of the address, else of today in the year asked for."""
    text = to_arabic(request.GET.get("month", ""))
    year, _, number = text.partition("-")
    is_month = year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) <= 2
    if is_month and 1900 < int(year) < 2200 and 1 <= int(number) <= 12:
        return date(int(year), int(number), 1)
    today, asked = clock.today(), year_of(request)
    if asked is not None and asked != fiscal_year(today) and 2443 < asked < 2743:
        return months_of(asked)[0]
    return today.replace(day=1)


def visits_between(actor: Actor, first: date, last: date, chosen: Filter) -> list[Visit]:
    """Return the visits of a span of days that the reader may see, called off ones left out."""
    rows = (
        visible_to(actor)
        .filter(visited_on__range=(first, last))
        .exclude(state=Visit.State.CANCELLED)
    )
    if chosen.school is not None:
        rows = rows.filter(school=chosen.school)
    if chosen.network is not None:
        rows = rows.filter(school__network=chosen.network)
    if chosen.person is not None:
        named = Visitor.objects.filter(title=chosen.person.title)
        if chosen.person.user_id is not None:
            named = named | Visitor.objects.filter(user_id=chosen.person.user_id)
        rows = rows.filter(pk__in=named.values("visit"))
    return list(with_team(rows))


def days_between(actor: Actor, first: date, last: date) -> list[Entry]:
    """Return holidays and the office's days of a span: what keeps visits away."""
    found = [
        one
        for year in range(fiscal_year(first), fiscal_year(last) + 1)
        for one in public_holidays(year)
        if one.starts_on <= last and one.ends_on >= first
    ]
    rows = standing(
        CalendarDay.objects.filter(
            office_id=actor.office_id, starts_on__lte=last, ends_on__gte=first
        )
    )
    found += [
        Entry(row.kind, row.title, row.starts_on, row.ends_on, is_confirmed=row.is_confirmed)
        for row in rows
    ]
    return found


def entries_of(actor: Actor, first: date, last: date, chosen: Filter) -> list[Entry]:
    """Return everything that stands in the calendar of a span of days; a fixed number of queries."""
    found = days_between(actor, first, last)
    for body in list_other_bodies(actor, Period(first, last, "")):
        if not body.stands or (chosen.school is not None and body.school_id != chosen.school):
            continue
        title = f"{body.body} · {short_name(body.school.name)}"
        found.append(Entry("other_body", title, body.starts_on, body.ends_on))
    for visit in visits_between(actor, first, last, chosen):
        found.append(
            Entry(
                "activity",
                visit_words(visit, chosen),
                visit.visited_on,
                visit.visited_on,
                href=reverse("visits:visit", args=[visit.pk]),
                tone=visit_tone(visit),
            )
        )
    return sorted(found, key=lambda one: (one.starts_on, ORDER[one.kind], one.title))


def visit_tone(visit: Visit) -> str:
    """Return how a visit is tinted: done, committee, late, or plain."""
    if visit.state == Visit.State.DONE:
        return "done"
    if visit.visited_on < clock.today():
        return "late"
    return "committee" if visit.kind == Visit.Kind.COMMITTEE else ""


def visit_words(visit: Visit, chosen: Filter) -> str:
    """Say a visit in few words: the school, and who goes unless that was chosen."""
    words = short_name(visit.school.name)
    if visit.mode != Visit.Mode.ON_SITE:
        words += f" ({visit.get_mode_display()})"
    if visit.kind == Visit.Kind.COMMITTEE:
        words += f" · {gettext('Committee')}"
    elif chosen.person is None:
        team = [one.title for one in visit.visitors.all()]
        words += f" · {team[0]}" if team else ""
    return words


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """Show a month, or the twelve months of a fiscal year (`?view=year`)."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    first = month_asked(request)
    chosen = filter_of(request, actor)
    year = keep_year(request, fiscal_year(first))
    months = months_of(year)
    is_year = request.GET.get("view") == "year"
    last = month_end(first.year, first.month)
    context = {
        "chosen": chosen,
        "year": year,
        "years": year_choice(request, year),
        "is_year": is_year,
        "key_now": f"{first:%Y-%m}",
        "month_title": month_label(first),
        "months": [(f"{one:%Y-%m}", short_month(one), one == first) for one in months],
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "today": clock.today(),
        "people": _people(actor),
        "networks": list(list_networks(actor).order_by("unit__name_key", "pk"))
        if actor.is_of_office
        else [],
        "schools": list(list_schools(actor).order_by("unit__name_key", "pk")),
        "may_plan": may_plan(actor, None),
        "weekdays": list(WEEKDAYS)
        if reads_thai()
        else [str(DAY_NAMES[number]) for number in range(7)],
    }
    if is_year:
        context["year_months"] = _year(actor, months, chosen)
    else:
        shown = entries_of(actor, first - timedelta(days=7), last + timedelta(days=7), chosen)
        context["weeks"] = weeks_of(first, shown)
        context["inside"] = [one for one in shown if one.starts_on <= last and one.ends_on >= first]
    return render(request, "planner/calendar.html", context)


def _year(actor: Actor, months: list[date], chosen: Filter) -> list[tuple[str, str, list[Entry]]]:
    last = month_end(months[-1].year, months[-1].month)
    entries = entries_of(actor, months[0], last, chosen)
    found = []
    for first in months:
        end = month_end(first.year, first.month)
        inside = [one for one in entries if one.starts_on <= end and one.ends_on >= first]
        found.append((f"{first:%Y-%m}", month_label(first), inside))
    return found
