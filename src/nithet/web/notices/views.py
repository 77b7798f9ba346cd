"""What the reader was told."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.foundation.actions.reading_notices import read_notices
from nithet.foundation.documents.sheets import Column
from nithet.foundation.notices.models import Notice
from nithet.foundation.notices.queries import Told, notices_of, told, unread_count
from nithet.foundation.ui.words import date_words, time_words
from nithet.kernel import clock
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponseBase:
    """List the reader's notices: the unread first, then day by day."""
    actor = actor_of(request)
    if actor.user_id is None or actor.office_id is None:
        return render(request, "notices/notices.html", {"days": [], "unread": 0})
    rows = notices_of(actor.user_id)
    if wants_sheet(request):
        return _sheet(request, told(actor, list(rows)))
    page = paged(request, rows)
    days = [
        {"unread": unread, "day": day, "lines": list(lines)}
        for (unread, day), lines in groupby(told(actor, list(page)), _part)
    ]
    context = {"page": page, "days": days, "unread": unread_count(actor.user_id)}
    return render(request, "notices/notices.html", context)


def _sheet(request: HttpRequest, lines: list[Told]) -> HttpResponseBase:
    columns = (
        Column(gettext("Day"), "date"),
        Column(gettext("Time")),
        Column(gettext("Notice"), width=80),
        Column(gettext("Read")),
    )
    cells = (
        (
            clock.day_of(line.notice.made_at),
            time_words(line.notice.made_at),
            line.words,
            date_words(clock.day_of(line.notice.read_at)) if line.notice.read_at else "",
        )
        for line in lines
    )
    return sheet_answer(gettext("Notices"), columns, cells, request=request)


def _part(line: Told) -> tuple[bool, object]:
    return line.notice.read_at is None, clock.day_of(line.notice.made_at)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's notices as read; the page itself says so then."""
    read_notices(actor=actor_of(request))
    return redirect("notices:notices")


@login_required
@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go to its record; another person's is not there."""
    actor = actor_of(request)
    if actor.user_id is None or actor.office_id is None:
        raise Http404
    notice: Notice | None = notices_of(actor.user_id).filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    read_notices(actor=actor, only=[notice.pk])
    [line] = told(actor, [notice])
    return redirect(line.url or "notices:notices")
