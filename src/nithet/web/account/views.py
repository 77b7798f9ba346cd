"""A person's own page, and the two choices that belong to a sitting: who sits at the desk, and for which office."""

from dataclasses import dataclass, replace
from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.foundation.access.actors import Actor, Held, roles_held
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.queries import offices
from nithet.foundation.ui.display import NUMERALS_COOKIE, as_numerals
from nithet.foundation.ui.shapes import Crumb, Fact
from nithet.foundation.ui.views import OFFICE_CHOICE
from nithet.kernel import clock
from nithet.web.account.forms import SpeakerForm
from nithet.web.account.reader import role_words


@dataclass(frozen=True, slots=True)
class MyAccount:
    """What the page "บัญชีของฉัน" shows."""

    facts: list[Fact]
    roles: list[str]
    two_factor: bool
    numerals: str
    offices: list[tuple[int, str, bool]]


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person's own account."""
    return render(
        request, "account/mine.html", _page(request, SpeakerForm(initial=_speaker(request)))
    )


@login_required
@require_POST
def name_speaker(request: HttpRequest) -> HttpResponse:
    """Keep for this sitting who answers at a school's desk, and go back to where they were asked."""
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        return render(request, "account/mine.html", _page(request, form), status=422)
    request.session["desk_speaker"] = form.cleaned_data["speaker"]
    messages.success(
        request,
        gettext("This desk now answers by %(name)s.") % {"name": form.cleaned_data["speaker"]},
    )
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if is_ours else "account_mine")


@login_required
@require_POST
def choose_office(request: HttpRequest) -> HttpResponse:
    """Work for another of the offices where this person holds a role; anything else changes nothing."""
    wanted = request.POST.get("office", "")
    user = request.user
    mine_ = (
        {office for office, _ in roles_held(user, clock.today())}
        if isinstance(user, User)
        else set()
    )
    if wanted in {str(office) for office in mine_}:
        request.session["office_id"] = int(wanted)
        return redirect("/")
    return redirect("account_mine")


def _speaker(request: HttpRequest) -> dict[str, str]:
    return {"speaker": request.session.get("desk_speaker", "")}


def _page(request: HttpRequest, speaker_form: SpeakerForm) -> dict[str, object]:
    user, actor = cast(User, request.user), request.actor  # type: ignore[attr-defined]
    return {
        "title": gettext("My account"),
        "crumbs": [Crumb(gettext("First page"), "/"), Crumb(gettext("My account"))],
        "account": _my_account(user, actor, request.COOKIES.get(NUMERALS_COOKIE)),
        "speaker_form": speaker_form if actor.is_desk else None,
    }


def _told_apart(held: list[tuple[int, Held]], names: dict[int, str]) -> list[str]:
    """Return the roles in words; where two offices share their short name, each with its full one."""
    said = [role_words(role) for _, role in held]
    return [
        role_words(replace(role, unit_name=names[role.unit_id]))
        if said.count(words) > 1 and role.unit_id in names
        else words
        for words, (_, role) in zip(said, held, strict=True)
    ]


def _my_account(user: User, actor: Actor, numerals: str | None) -> MyAccount:
    held = roles_held(user, clock.today())
    ids = {office for office, _ in held}
    names = {unit.pk: unit.name for unit in offices() if unit.pk in ids}
    mine_ = [(key, name, key == actor.office_id) for key, name in names.items()]
    return MyAccount(
        facts=[
            Fact(gettext("Name"), actor.name),
            Fact(gettext("User name"), user.username, code=True),
            Fact(gettext("E-mail"), user.email),
        ],
        roles=_told_apart(held, names),
        two_factor=is_mfa_enabled(user),
        numerals=as_numerals(numerals) or OFFICE_CHOICE,
        offices=mine_ if len(mine_) > 1 else [],
    )
