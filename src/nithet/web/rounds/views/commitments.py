"""What will be done, by whom and by when: promised from a round, and looked after here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.assessments.queries.people import groups_of_office, people_of_office
from nithet.domain.assessments.queries.rounds import item_ref, round_ref
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.assessments.queries.steps import point_of
from nithet.domain.commitments.actions import (
    close_commitment,
    drop_commitment,
    edit_commitment,
    hand_over,
    make_commitment,
    reopen_commitment,
    take_back_commitment,
)
from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.queries import find_commitment, list_commitments, open_for
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.audit.queries import history_of, say
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.ui.shapes import Moment
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.web.rounds.forms import CommitmentForm, WhoForm
from nithet.web.rounds.pages import language, promise_day
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of, round_or_404

SORTS = {"due": "due_on", "state": "state", "who": "owner_title", "kind": "kind"}


@login_required
@require_POST
def promise(request: HttpRequest, round_id: int) -> HttpResponse:
    """Make one step towards the next level somebody's to do."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    judged = standing_of(reporting_round)
    point = request.POST.get("point", "")
    steps = {point_of(change): place for place, change in enumerate(judged.to_next)}
    if point not in steps:
        raise Conflict(
            "step.gone", "The records have changed, and this is no longer a step to the next level."
        )
    change = judged.to_next[steps[point]]
    words = judged.report_in(language())["to_next"][steps[point]]["change"]
    data = request.POST.copy()
    if not any(data.get(f"due_on_{part}") for part in ("day", "month", "year")):
        day = promise_day(reporting_round)
        data.update(
            {
                "due_on_day": str(day.day),
                "due_on_month": str(day.month),
                "due_on_year": str(day.year + 543),
            }
        )
    form = WhoForm(data, people=people_of_office(reporting_round.office_id))
    if not form.is_valid():
        raise RuleBroken(
            "promise.form", msgid("Choose who does it, and a day that is in the calendar.")
        )
    about = (
        item_ref(reporting_round.pk, change.item) if change.item else round_ref(reporting_round.pk)
    )
    make_commitment(
        actor=actor,
        text=words,
        owner_user_id=form.user_id,
        owner_title=form.group,
        due_on=form.cleaned_data["due_on"],
        about=about,
        arose_from=round_ref(reporting_round.pk),
        point=point,
    )
    messages.success(request, gettext("It has been noted, and who does it is told."))
    return redirect("rounds:round", round_id)


@login_required
@require_safe
def commitments(request: HttpRequest) -> HttpResponseBase:
    """List what will be done: one's own to do, or everything."""
    actor = actor_of(request)
    mine = request.GET.get("whose", "mine") == "mine"
    rows = open_for(actor) if mine else list_commitments(actor)
    if request.GET.get("state") in Commitment.State.values and not mine:
        rows = rows.filter(state=request.GET["state"])
    if request.GET.get("late") == "1":
        rows = rows.filter(state=Commitment.State.OPEN, due_on__lt=clock.today())
    rows = sorted_by(request, rows, SORTS, "due")
    if wants_sheet(request):
        columns = [
            Column(gettext("What will be done"), width=60),
            Column(gettext("Responsible"), width=30),
            Column(gettext("Due on"), "date"),
            Column(gettext("State")),
        ]
        lines = [(one.text, one.owner_title, one.due_on, one.get_state_display()) for one in rows]
        return sheet_answer(gettext("What will be done"), columns, lines, request=request)
    page = paged(request, rows)
    today = clock.today()
    shown = [(one, one.is_overdue_on(today)) for one in page.object_list]
    context = {"page": page, "shown": shown, "mine": mine}
    return render(request, "rounds/commitments.html", context)


def _commitment_or_404(request: HttpRequest, commitment_id: int) -> Commitment:
    if (found := find_commitment(actor_of(request), commitment_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Show one commitment; a POST changes its words and day."""
    kept = _commitment_or_404(request, commitment_id)
    form = CommitmentForm(
        request.POST if request.method == "POST" else None,
        initial={"text": kept.text, "due_on": kept.due_on, "version": kept.version},
    )
    if request.method != "POST":
        return _show(request, kept, form)
    if not form.is_valid():
        return _show(request, kept, form, status=422)
    try:
        edit_commitment(actor=actor_of(request), commitment=kept, **form.cleaned_data)
    except Conflict:
        raise
    except RuleBroken as error:
        form.add_error(error.field if error.field in form.fields else None, told(error))
        return _show(request, kept, form, status=422)
    messages.success(request, gettext("It has been saved."))
    return redirect("rounds:commitment", commitment_id)


def _show(
    request: HttpRequest, kept: Commitment, form: CommitmentForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    refs = [
        RecordRef.parse(text) for text in (kept.about, kept.arose_from, kept.closed_by_ref) if text
    ]
    known = [ref for ref in refs if ref.kind in {"assessments.round", "assessments.item"}]
    found = resolve(actor, dict.fromkeys(known))
    happened = history_of(kept.office_id, "commitments.commitment", str(kept.pk))[:50]
    context = {
        "kept": kept,
        "form": form,
        "is_late": kept.is_overdue_on(clock.today()),
        "records": list(found.values()),
        "happened": [Moment(event.at, say(event)) for event in happened],
        "can_change": ask("commitment.edit", actor, kept),
        "can_hand_over": ask("commitment.hand_over", actor, kept),
        "can_take_back": ask("commitment.take_back", actor, kept),
        "needs_reason": needs_reason(kept, clock.now()),
        "who_form": WhoForm(people=people_of_office(kept.office_id)),
        "groups": groups_of_office(actor),
    }
    return render(request, "rounds/commitment.html", context, status=status)


@login_required
@require_POST
def change_commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Close, drop, open again, hand over or take back."""
    actor, kept = actor_of(request), _commitment_or_404(request, commitment_id)
    what, reason = request.POST.get("do", ""), request.POST.get("reason", "")
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() else 0
    if what == "done":
        close_commitment(actor=actor, commitment=kept, version=version)
        messages.success(request, gettext("It is done."))
    elif what == "drop":
        drop_commitment(actor=actor, commitment=kept, version=version, reason=reason)
        messages.success(request, gettext("It has been dropped, with the reason."))
    elif what == "reopen":
        reopen_commitment(actor=actor, commitment=kept, version=version)
        messages.success(request, gettext("It is open again."))
    elif what == "take_back":
        take_back_commitment(actor=actor, commitment=kept, reason=reason)
        messages.success(request, gettext("It has been taken back."))
        return redirect("rounds:commitments")
    else:
        form = WhoForm(request.POST, people=people_of_office(kept.office_id))
        if not form.is_valid():
            raise RuleBroken("promise.who", msgid("Choose a person, or write the name of a group."))
        hand_over(
            actor=actor,
            commitment=kept,
            version=version,
            owner_user_id=form.user_id,
            owner_title=form.group,
        )
        messages.success(request, gettext("It has been handed over, and who does it is told."))
    return redirect("rounds:commitment", commitment_id)
