"""What devices sent: the list, what waits with its reason, one form with its answers, and the decision about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.instruments.actions.deciding import accept_submission, set_aside_submission
from nithet.domain.instruments.exporting import csv_of
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.submissions import (
    answered,
    find_attachment,
    find_submission,
    forms_of,
    list_submissions,
    page_of,
    withheld_files,
)
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.files.serving import file_response
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.shapes import Fact, Tab
from nithet.foundation.ui.words import moment_words
from nithet.kernel import clock
from nithet.web.devices.forms import DecisionForm
from nithet.web.shared.downloads import CSV
from nithet.web.shared.requests import actor_of

State = Submission.State
TONES = {State.ACCEPTED: "good", State.WAITING: "needs", State.SET_ASIDE: "rest"}


@login_required
@require_safe
def submissions(request: HttpRequest) -> HttpResponseBase:
    """List what was sent, the newest first; `?as=csv` with a form answers all that counts of that form."""
    actor, asked = actor_of(request), request.GET
    form_id = asked.get("form", "")[:250]
    state = asked.get("state", "") if asked.get("state") in State.values else ""
    forms = forms_of(actor)
    if asked.get("as") == "csv" and form_id:
        if form_id not in {form.form_id for form in forms}:
            raise Http404
        return _export(actor, form_id)
    rows = list_submissions(actor, state=state, form_id=form_id)
    page = page_of(
        rows,
        older_than=row_key(asked.get("before", "")),
        newer_than=row_key(asked.get("after", "")),
        oldest=asked.get("at") == "last",
    )
    filters = {key: value for key, value in (("state", state), ("form", form_id)) if value}
    context = {
        "title": gettext("Filled-in forms that were sent"),
        "rows": [(row, TONES[State(row.state)]) for row in page.rows],
        "forms": forms,
        "form_id": form_id,
        "state": state,
        "tabs": _tabs(state, form_id),
        "newest": _address(filters) if page.newer_than else "",
        "newer": _address(filters, after=page.newer_than) if page.newer_than else "",
        "older": _address(filters, before=page.older_than) if page.older_than else "",
        "oldest": _address(filters, at="last") if page.older_than else "",
        "export": _address(filters, **{"as": "csv"}) if form_id else "",
    }
    return render(request, "devices/submissions.html", context)


def _address(filters: dict[str, str], **more: str | int) -> str:
    query = urlencode([*filters.items(), *more.items()])
    return f"{reverse('devices:submissions')}?{query}"


def _tabs(state: str, form_id: str) -> list[Tab]:
    said = [
        ("", gettext("All")),
        (State.WAITING, gettext("Waits to be checked")),
        (State.ACCEPTED, gettext("Received")),
        (State.SET_ASIDE, gettext("Set aside")),
    ]
    kept = {"form": form_id} if form_id else {}
    return [
        Tab(label, _address({**kept, **({"state": str(one)} if one else {})}), one == state)
        for one, label in said
    ]


def _export(actor: Any, form_id: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(csv_of(actor, form_id), content_type=CSV)
    name = f"{form_id}-{clock.today().isoformat()}.csv".replace("/", "-")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_safe
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Show one form with its answers and files."""
    return _page(request, _found(request, submission_id), DecisionForm())


def _found(request: HttpRequest, submission_id: int) -> Submission:
    if (found := find_submission(actor_of(request), submission_id)) is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Submission, form: DecisionForm, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    files = list(found.attachments.all())
    here = {one.name for one in files}
    withheld = withheld_files(actor, found)
    context = {
        "title": str(found),
        "submission": found,
        "tone": TONES[State(found.state)],
        "facts": _facts(found),
        "answers": answered(actor, found),
        "files": [(one, _is_shown(one, withheld)) for one in files],
        "missing": [name for name in found.expected if name not in here],
        "other": found.rival_of or found.replaces,
        "form": form,
        "can": ask("submission.accept", actor, found),
        "crumbs": [(gettext("Filled-in forms that were sent"), reverse("devices:submissions"))],
    }
    return render(request, "devices/submission.html", context, status=status)


def _is_shown(one: SubmissionAttachment, withheld: frozenset[str] | None) -> bool:
    is_good = one.state == SubmissionAttachment.State.GOOD
    return is_good and withheld is not None and one.name not in withheld


def _facts(found: Submission) -> list[Fact]:
    facts = [
        Fact(gettext("Sent by"), found.sent_by),
        Fact(gettext("Device"), str(found.device) if found.device else "–"),
        Fact(gettext("Arrived at"), moment_words(found.received_at)),
        Fact(gettext("Filled in by the device's clock"), _span(found)),
        Fact(gettext("School"), str(found.school) if found.school else "–"),
        Fact(gettext("Form and version"), f"{found.form_id} · {found.form_version or '–'}"),
    ]
    if found.decided_at:
        facts.append(
            Fact(gettext("Decided by"), f"{found.decided_by} · {moment_words(found.decided_at)}")
        )
    return facts


def _span(found: Submission) -> str:
    times = [moment_words(one) for one in (found.started_at, found.ended_at) if one]
    return " – ".join(times) or "–"


@login_required
@require_POST
def accept(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Let it count."""
    found = _found(request, submission_id)
    accept_submission(actor=actor_of(request), submission=found)
    messages.success(
        request, gettext("It counts now. Where it becomes a record, that happens in a moment.")
    )
    return redirect("devices:submission", found.pk)


@login_required
@require_POST
def set_aside(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Let it not count, with the reason."""
    found, form = _found(request, submission_id), DecisionForm(request.POST)
    if not form.is_valid():
        if not (can := ask("submission.set_aside", actor_of(request), found)):
            raise Refused("submission.set_aside", can)
        return _page(request, found, form, 422)
    set_aside_submission(
        actor=actor_of(request), submission=found, decision=form.cleaned_data["decision"]
    )
    messages.success(request, gettext("It was set aside, and is kept."))
    return redirect("devices:submission", found.pk)


@login_required
@require_safe
def attachment(
    request: HttpRequest, submission_id: int, submission_file_id: int
) -> HttpResponseBase:
    """Give a file that passed the check of its content, unless it answers a private question of somebody else."""
    found = _found(request, submission_id)
    one = find_attachment(found, submission_file_id)
    if one is None or not _is_shown(one, withheld_files(actor_of(request), found)):
        raise Http404
    return file_response(
        request, NAMESPACE, one.sha256, file_name=one.name, media_type=one.media_type, inline=True
    )
