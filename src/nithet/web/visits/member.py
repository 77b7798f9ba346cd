"""The pages of an invited committee member: no account, the schedule, the schools, and four questions."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.queries.listing import newest_censuses
from nithet.domain.supervision.actions.committee import answer_as_member, note_opened
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.invitations import CommitteeInvitation, InvitedVisit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import open_agreements
from nithet.domain.supervision.queries.links import invitation_of, member_actor
from nithet.domain.supervision.queries.pages import last_visit_before
from nithet.domain.supervision.queries.teams import semester_of_member
from nithet.domain.supervision.rules.questions import COMMITTEE_QUESTIONS
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.foundation.ui.listening import may_listen
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse
from nithet.web.shared.problems import tell_at_field
from nithet.web.visits.forms import FINDING_LABELS, MemberForm

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _over(request: HttpRequest) -> HttpResponse:
    # Unknown, ended and expired links say the same.
    return asked_to_wait(request, "visit_invitation_wrong") or render(
        request, "visits/link_over.html", status=404
    )


@never_cache
@FORMS
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """Show a member the schedule, the schools, and how many they have visited this semester; a button says it was read."""
    found = invitation_of(code)
    if found is None:
        return _over(request)
    with scope(found.office_id):
        if request.method == "POST":
            # Only a button says it: programs that show a preview of a link open it too.
            note_opened(actor=member_actor(found), invitation=found)
            messages.success(request, gettext("Thank you. It has been kept."))
            return redirect("visits:member", found.code)
        return render(request, "visits/member.html", _schedule(found))


def _schedule(invitation: CommitteeInvitation) -> dict[str, Any]:
    today = clock.today()
    visits = list(
        Visit.objects.filter(invitations__invitation=invitation)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("school__unit")
        .order_by("visited_on", "starts_at", "pk")
    )
    # The plan names the member as one who goes; only the member's own words are an answer.
    said = words_of_member(invitation, visits)
    return {
        "invitation": invitation,
        "visits": [(one, said.get(one.pk, []), one.visited_on <= today) for one in visits],
        "gone": semester_of_member(
            invitation.office_id, invitation.member, invitation.title, today
        ),
    }


def words_of_member(
    invitation: CommitteeInvitation, visits: Sequence[Visit]
) -> dict[int, list[tuple[Any, list[Finding]]]]:
    """Return visit id -> what the member said of it, as (question, findings) in the order of the form; one query."""
    rows = Finding.objects.filter(
        visit__in=[one.pk for one in visits], said_by=collapse(invitation.title)[:200]
    )
    kept: dict[int, dict[str, list[Finding]]] = {}
    for one in rows:
        kept.setdefault(one.visit_id or 0, {}).setdefault(one.kind, []).append(one)
    labels = FINDING_LABELS[Visit.Kind.COMMITTEE]
    return {
        key: [(label, said[kind]) for kind, label in labels.items() if kind in said]
        for key, said in kept.items()
    }


def answered_of(invitations: Sequence[CommitteeInvitation]) -> dict[int, tuple[int, int]]:
    """Return invitation id -> (visits that the member answered, visits that stand); two queries for any number."""
    rows = list(
        InvitedVisit.objects.filter(invitation__in=[one.pk for one in invitations])
        .exclude(visit__state=Visit.State.CANCELLED)
        .values_list("invitation_id", "visit_id")
    )
    said = set(
        Finding.objects.filter(
            visit__in={visit for _key, visit in rows}, kind__in=COMMITTEE_QUESTIONS
        ).values_list("visit_id", "said_by")
    )
    found = {}
    for one in invitations:
        title = collapse(one.title)[:200]
        mine = [visit for key, visit in rows if key == one.pk]
        found[one.pk] = (sum((visit, title) in said for visit in mine), len(mine))
    return found


@never_cache
@FORMS
@may_listen
def answer(request: HttpRequest, code: str, visit_id: int) -> HttpResponse:
    """Show the school on one page with the four questions, and keep the answers."""
    found = invitation_of(code)
    if found is None:
        return _over(request)
    with scope(found.office_id):
        visit = (
            Visit.objects.filter(invitations__invitation=found, pk=visit_id)
            .exclude(state=Visit.State.CANCELLED)
            .select_related("school__unit", "school__network__unit")
            .first()
        )
        if visit is None:
            raise Http404
        return _answer(request, found, visit)


def _answer(request: HttpRequest, found: CommitteeInvitation, visit: Visit) -> HttpResponse:
    title = collapse(found.title)[:200]
    first = {
        kind: [one.text for one in visit.findings.filter(kind=kind, said_by=title)]
        for kind in COMMITTEE_QUESTIONS
    }
    form = MemberForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            answer_as_member(
                actor=member_actor(found),
                visit=visit,
                title=found.title,
                member=found.member,
                answers=form.cleaned_data,
            )
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            note_opened(actor=member_actor(found), invitation=found)
            messages.success(
                request, gettext("Your answers have reached the office. You may change them below.")
            )
            return redirect("visits:member_visit", found.code, visit.pk)
    today = clock.today()
    school = visit.school
    agreements: list[Commitment] = open_agreements(school.pk, before=visit)
    context = {
        "invitation": found,
        "visit": visit,
        "school": school,
        "census": newest_censuses([school], today).get(school.pk),
        "last": last_visit_before(school.pk, visit.visited_on, but=visit),
        "agreements": agreements,
        "form": form,
        "said": words_of_member(found, [visit]).get(visit.pk, []),
        "has_come": visit.visited_on <= today,
    }
    return render(request, "visits/member_visit.html", context, status=422 if form.errors else 200)
