"""One way through every form of an area: who may, what is wrong, saved, and back to where it is seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.ui.shapes import Crumb, Words
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of


@dataclass(frozen=True)
class EditPage:
    """What a page with a form says; `take_back` is the address that takes the record back ("" where there is none)."""

    title: Words
    action: str
    target: Any
    back: str
    crumbs: Sequence[Crumb] = ()
    lead: Words = ""
    save_label: Words = ""
    saved: Words = ""
    take_back: str = ""
    has_file: bool = False


def answer_form(
    request: HttpRequest,
    page: EditPage,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    back_to: Callable[[object], str] | None = None,
) -> HttpResponse:
    """Show a form, or save what was sent and go back: to `page.back`, or where `back_to` says for what was saved.

    A broken rule is said at its field (422); `Conflict` and a refusal have pages of their own (409, 403).
    """
    can = ask(page.action, actor_of(request), page.target)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused(page.action, can)
        kept: list[object] = []
        if form.is_valid() and saved(form, lambda values: kept.append(save(values))):
            messages.success(request, str(page.saved) or gettext("It has been saved."))
            return redirect(back_to(kept[0]) if back_to else page.back)
        status = 422
    context = {"page": page, "form": form, "can": can}
    return render(request, "ui/edit_page.html", context, status=status)


def saved(form: forms.Form, save: Callable[[dict[str, Any]], object]) -> bool:
    """Save what a valid form holds; False where a rule was broken, which the form then says."""
    try:
        save(form.cleaned_data)
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return False
    return True


def given(request: HttpRequest) -> Any:
    """Return what was sent; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
