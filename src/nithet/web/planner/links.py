"""What a word in the address opens without an account: a school's answer about a day, and calendars to subscribe to."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import parse_etags
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.supervision.actions.feeds import digest_of_word
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.queries.dates import answer_of_word
from nithet.domain.supervision.queries.feeds import feed_domain, feed_of_digest, visits_of_feed
from nithet.domain.supervision.rules.feeds import write_feed
from nithet.foundation.access.actors import Actor, Held
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel.digest import sha256_hex
from nithet.web.planner.dates import question_context, take_answer
from nithet.web.planner.forms import OtherDayForm

CALENDAR = "text/calendar; charset=utf-8"
BY_LINK = "ลิงก์ตอบวันนิเทศ"


def school_actor(answer: DateAnswer, speaker: str = "") -> Actor:
    """Return the school as whoever holds its link acts: with the name that was typed, which may be none."""
    unit = answer.visit.school.unit
    held = Held(Role.SCHOOL_CLERK, unit.pk, unit.kind, str(unit))
    return Actor(
        name=f"{unit.name} ({BY_LINK})",
        office_id=answer.office_id,
        held=(held,),
        speaker=speaker,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def date_link(request: HttpRequest, date_word: str) -> HttpResponse:
    """Show the question of a link, and take the school's answer; opening it answers nothing."""
    found = answer_of_word(date_word)
    if found is None:
        return asked_to_wait(request, "date_wrong") or render(
            request, "planner/link_over.html", status=HTTPStatus.NOT_FOUND
        )
    with scope(found.office_id):
        form = OtherDayForm(request.POST if "other" in request.POST else None)
        if request.method == "POST":
            speaker = request.POST.get("speaker", "")[:120]
            if take_answer(request, found, form, school_actor(found, speaker)):
                return redirect(request.path)
        context = question_context(request, found, form)
        return render(
            request, "planner/date_link.html", context, status=422 if form.errors else 200
        )


@require_safe
def feed(request: HttpRequest, feed_word: str) -> HttpResponse:
    """Answer with a calendar (RFC 5545), or 304 where the reader has it already."""
    found = feed_of_digest(digest_of_word(feed_word))
    if found is None:
        waiting = asked_to_wait(request, "feed_wrong")
        return waiting or HttpResponse(status=HTTPStatus.NOT_FOUND, content_type="text/plain")
    with scope(found.office_id), translation.override("th"):
        name = (
            f"{found} · {found.office}"
            if found.school
            else f"{found.get_kind_display()} · {found.office}"
        )
        data = write_feed(name, visits_of_feed(found), domain=feed_domain(found.office_id))
    tag = f'"{sha256_hex(data)[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if tag in known or "*" in known:
        answer = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = HttpResponse(data, content_type=CALENDAR)
        answer["Content-Disposition"] = 'inline; filename="nithet.ics"'
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer
