"""The link to one folder: whoever opens it proves to be the one who is to sign, and may do nothing here but decide.

The proof is a one-time code (or a recovery code) of the addressee's second factor; it opens this folder in this browser for a
quarter of an hour and signs nobody in. Somebody signed in as the addressee needs no further proof; everybody else may sign in.
"""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nithet.domain.reviews.actions.folders import token_digest
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.queries.folders import folder_of_link
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.access.policies import ask
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.errors import Refused
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel import clock
from nithet.web.reviews.folders import decide
from nithet.web.reviews.forms import CodeForm, DecisionForm
from nithet.web.reviews.shown import folder_page

PROVED_FOR = 15 * 60
"""Seconds that a proof opens one folder in one browser."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, folder_token: str) -> HttpResponse:
    """Show the folder of a link to its addressee, and take the decision."""
    found = folder_of_link(token_digest(folder_token))
    if found is None or not found.is_open_at(clock.now()):
        # Unknown, decided, withdrawn and expired links say the same.
        return asked_to_wait(request, "sign_wrong") or render(request, "reviews/link_over.html", status=404)
    with scope(found.office_id):
        person = User.objects.filter(pk=found.addressee_id, is_active=True).first()
        if person is None:
            raise Http404
        if not _has_proved(request, found):
            return _ask_for_proof(request, found, person)
        return _decide(request, found, actor_for(person, clock.today(), office_id=found.office_id))


def _key(folder: Folder) -> str:
    return f"folder-{folder.pk}"


def _has_proved(request: HttpRequest, folder: Folder) -> bool:
    if request.user.is_authenticated and request.user.pk == folder.addressee_id:
        return True
    proved_at = request.session.get(_key(folder), 0)
    return bool(0 <= clock.now().timestamp() - proved_at < PROVED_FOR)


def _ask_for_proof(request: HttpRequest, folder: Folder, person: User) -> HttpResponse:
    """Ask for the code; allauth checks it, uses it up, and limits guessing by person and by address."""
    form = CodeForm()
    has_codes = is_mfa_enabled(person)
    if request.method == "POST" and has_codes:
        form = CodeForm(request.POST)
        checked = AuthenticateForm(request.POST, user=person)
        if form.is_valid() and checked.is_valid():
            checked.save()
            request.session[_key(folder)] = clock.now().timestamp()
            return redirect(request.path)
        for problem in checked.errors.get("code", ()):
            form.add_error("code", problem)
    context = {"folder": folder, "form": form, "has_codes": has_codes}
    return render(request, "reviews/prove.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, folder: Folder, actor: Actor) -> HttpResponse:
    can: Verdict = ask("folder.approve", actor, folder)
    form = DecisionForm(request.POST if "decision" in request.POST else None)
    if request.method == "POST" and "decision" in request.POST:
        if not can:
            raise Refused("folder.approve", can)
        if form.is_valid() and decide(request, folder, form, actor):
            request.session.pop(_key(folder), None)
            done = gettext("Thank you. This page can be closed.")
            return render(request, "reviews/link_done.html", {"folder": folder, "done": done})
    context = {"page": folder_page(folder), "form": form, "can": can}
    return render(request, "reviews/sign.html", context, status=422 if form.errors else 200)
