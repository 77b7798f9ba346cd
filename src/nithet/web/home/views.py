"""The home of each role."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nithet.domain.overview.queries import office_home, school_home
from nithet.foundation.access.policies import ask
from nithet.kernel import clock
from nithet.web.home.pages import todo_of
from nithet.web.rounds.pages import item_lines, levels_of
from nithet.web.shared.requests import actor_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show where the reader is, what the state is and what is next."""
    actor = actor_of(request)
    if actor.office_id is None:
        return render(request, "home/nobody.html")
    if not actor.is_of_office:
        return render(request, "home/school.html", {"home": school_home(actor)})
    found = office_home(actor)
    if found is None:
        return render(
            request, "home/empty.html", {"can": ask("return.propose_import", actor, None)}
        )
    context = {
        "home": found,
        "levels": levels_of(found.round, found.standing),
        "items": item_lines(found.round, found.standing),
        "todo": todo_of(actor, found),
        "today": clock.today(),
    }
    return render(request, "home/office.html", context)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the server answers and its database too; for whoever watches the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
