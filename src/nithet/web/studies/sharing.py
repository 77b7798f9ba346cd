"""To whom one's page of work is opened, and closed again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.supervision.actions.own_work import end_share, share_work
from nithet.domain.supervision.queries.own_work import possible_readers
from nithet.domain.supervision.study_policy import may_keep_work, shares_given
from nithet.foundation.ui.shapes import Crumb
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of
from nithet.web.studies.forms import ShareForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Open one's page to another person of the office."""
    actor = actor_of(request)
    if not may_keep_work(actor):
        raise Http404
    people = {str(one.pk): one for one in possible_readers(actor)}
    form = ShareForm(
        given(request),
        people=[(key, one.display_name or one.username) for key, one in people.items()],
    )
    page = EditPage(
        title=gettext("Open my page to somebody"),
        action="work.share",
        target=None,
        back=reverse("studies:work"),
        crumbs=[Crumb(gettext("My work in the round of assessment"), reverse("studies:work"))],
        lead=gettext(
            "They read the page and its paper, and change nothing. You can close it at any time."
        ),
        save_label=gettext("Open my page"),
        saved=gettext("Your page is open to that person."),
    )

    def save(values: dict[str, Any]) -> object:
        return share_work(actor=actor, reader=people[values["reader"]])

    return answer_form(request, page, form, save)


@login_required
@require_POST
def end(request: HttpRequest, work_share_id: int) -> HttpResponse:
    """Close one's page to a person."""
    actor = actor_of(request)
    found = shares_given(actor).filter(pk=work_share_id).first()
    if found is None:
        raise Http404
    end_share(actor=actor, share=found)
    messages.success(request, gettext("Your page is closed to that person."))
    return redirect("studies:work")
