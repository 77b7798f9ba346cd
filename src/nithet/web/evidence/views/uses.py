"""What a piece is used for: items of the office's return, and returns elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.evidence.actions.uses import (
    edit_use,
    leave_return,
    use_in_return,
    use_piece,
    withdraw_use,
)
from nithet.domain.evidence.models import Use
from nithet.domain.evidence.policy import visible_return_uses, visible_uses
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import needs_reason
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.evidence.choices import use_choices, use_of
from nithet.web.evidence.forms import EditUseForm, ReasonForm, UseForm
from nithet.web.evidence.views.pieces import piece_or_404, refuse_first, show
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

TICKS = {"yes": True, "no": False}


@login_required
@require_POST
def add_use(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Use a piece for a further item."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    form = UseForm(request.POST, uses=use_choices(actor))
    chosen = use_of(actor, form.cleaned_data["use"]) if form.is_valid() else None
    if chosen is None:
        refuse_first("piece.use", actor, piece)
        return show(request, piece, status=422, use_form=form)
    use_piece(
        actor=actor,
        piece=piece,
        edition=chosen.edition,
        fiscal_year=chosen.fiscal_year,
        item=chosen.item,
    )
    messages.success(request, gettext("The evidence is used for that item now."))
    return redirect("evidence:evidence", piece_id)


def _use_or_404(request: HttpRequest, use_id: int) -> Use:
    rows = visible_uses(actor_of(request)).select_related("piece", "edition")
    found = rows.filter(pk=use_id, taken_back_at__isnull=True).first()
    if found is None or not found.piece.stands:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_one_use(request: HttpRequest, use_id: int) -> HttpResponse:
    """Change how the form lists a piece for an item."""
    actor, use = actor_of(request), _use_or_404(request, use_id)
    first = {
        "printed_title": use.printed_title,
        "printed_body": "\n".join(use.printed_body),
        "boxed": use.boxed,
        "ticked": {True: "yes", False: "no", None: ""}[use.ticked],
        "version": use.version,
    }
    form = EditUseForm(request.POST if request.method == "POST" else None, initial=first)
    context = {
        "form": form,
        "use": use,
        "can": ask("piece.edit_use", actor, use),
        "withdraw_form": ReasonForm(),
        "withdraw_needs_reason": needs_reason(use, clock.now()),
    }
    if request.method != "POST" or not form.is_valid():
        if form.is_bound:
            refuse_first("piece.edit_use", actor, use)
        return render(request, "evidence/use.html", context, status=422 if form.is_bound else 200)
    given = form.cleaned_data
    edit_use(
        actor=actor,
        use=use,
        version=given["version"],
        printed_title=given["printed_title"],
        printed_body=[line for line in given["printed_body"].splitlines() if line.strip()],
        boxed=given["boxed"],
        ticked=TICKS.get(given["ticked"]),
        clear_tick=given["ticked"] == "",
    )
    messages.success(request, gettext("The use has been saved."))
    return redirect("evidence:evidence", use.piece_id)


@login_required
@require_POST
def take_use_back(request: HttpRequest, use_id: int) -> HttpResponse:
    """Stop using a piece for an item."""
    actor, use = actor_of(request), _use_or_404(request, use_id)
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        withdraw_use(actor=actor, use=use, reason=form.cleaned_data.get("reason", ""))
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        context = {
            "form": EditUseForm(
                initial={"printed_title": use.printed_title, "version": use.version}
            ),
            "use": use,
            "can": ask("piece.edit_use", actor, use),
            "withdraw_form": form,
            "withdraw_needs_reason": True,
        }
        return render(request, "evidence/use.html", context, status=422)
    messages.success(request, gettext("The evidence is no longer used for that item."))
    return redirect("evidence:evidence", use.piece_id)


@login_required
@require_POST
def tick_return(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Tick a return elsewhere in which a piece is used, or take the tick back."""
    actor, piece = actor_of(request), piece_or_404(request, piece_id)
    report, year = request.POST.get("report", ""), request.POST.get("year", "")
    fiscal_year = int(year) if year.isdecimal() and len(year) == 4 else 0
    if request.POST.get("tick") == "off":
        refuse_first("piece.use_in_return", actor, piece)
        use = (
            visible_return_uses(actor)
            .select_related("piece")
            .filter(piece=piece, report=report, fiscal_year=fiscal_year, taken_back_at=None)
            .first()
        )
        if use is None:
            return redirect("evidence:evidence", piece_id)
        reason = request.POST.get("reason", "").strip()
        leave_return(actor=actor, use=use, reason=reason[:500] or gettext("tick taken away"))
    else:
        try:
            use_in_return(actor=actor, piece=piece, report=report, fiscal_year=fiscal_year)
        except Conflict:
            raise
        except RuleBroken as error:
            return show(request, piece, status=422, problem=gettext(error.message) % error.params)
    return redirect(f"{request.path.removesuffix('returns/')}#returns")
