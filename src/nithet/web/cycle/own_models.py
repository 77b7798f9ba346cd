"""Models of supervision that the office writes itself: by lines, or as a file that goes out and in."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.supervision.actions.cycle import edit_model, save_model, take_back_model
from nithet.domain.supervision.queries.cycle import known_models, model_of
from nithet.domain.supervision.rules.cycle_models import (
    SERVES,
    as_yaml,
    lines_of,
    read_file,
    read_lines,
)
from nithet.foundation.ui.shapes import Crumb
from nithet.web.cycle.finding import model_or_404, shown_year
from nithet.web.cycle.forms import ModelEditForm, ModelForm
from nithet.web.shared.downloads import file_answer
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(request: HttpRequest) -> list[Crumb]:
    return [Crumb(gettext("Models of supervision"), _choose(request))]


def _choose(request: HttpRequest) -> str:
    return reverse("cycle:choose") + f"?year={shown_year(request)}"


def _served() -> str:
    known = ", ".join(f"{key} = {gettext(words)}" for key, words in SERVES.items() if key)
    return gettext("What a step serves: %(known)s") % {"known": known}


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Write a model, or bring its file."""
    page = EditPage(
        title=gettext("A model of our own"),
        action="cycle_model.save",
        target=None,
        back=_choose(request),
        crumbs=_crumbs(request),
        lead=_served(),
        has_file=True,
    )
    form = ModelForm(given(request), request.FILES or None)

    def save(values: dict[str, Any]) -> object:
        file = values["file"]
        model = (
            read_file(file.read(70_000))
            if file
            else read_lines(values["name"], values["source"], values["steps"])
        )
        return save_model(actor=actor_of(request), model=model)

    return answer_form(request, page, form, save)


@login_required
@FORMS
def edit(request: HttpRequest, cycle_model_id: int) -> HttpResponse:
    """Write a model of the office anew."""
    found = model_or_404(request, cycle_model_id)
    model = model_of(found)
    first = {
        "name": model.name,
        "source": model.source,
        "steps": lines_of(model),
        "version": found.version,
    }
    page = EditPage(
        title=gettext("Edit the model"),
        action="cycle_model.edit",
        target=found,
        back=_choose(request),
        crumbs=_crumbs(request),
        lead=_served(),
    )

    def save(values: dict[str, Any]) -> object:
        new = read_lines(values["name"], values["source"], values["steps"])
        return edit_model(actor=actor_of(request), kept=found, version=values["version"], model=new)

    return answer_form(request, page, ModelEditForm(given(request), initial=first), save)


@login_required
@require_POST
def take_back(request: HttpRequest, cycle_model_id: int) -> HttpResponse:
    """Take a model of the office back."""
    found = model_or_404(request, cycle_model_id)
    take_back_model(actor=actor_of(request), kept=found, reason=request.POST.get("reason", ""))
    return redirect(_choose(request))


@login_required
@require_safe
def model_file(request: HttpRequest, model_key: str) -> HttpResponse:
    """Answer with a model as a file that can be changed and brought back."""
    actor = actor_of(request)
    model = known_models(actor).get(model_key.replace("-", ":")) if actor.is_of_staff else None
    if model is None:
        raise Http404
    return file_answer(as_yaml(model).encode(), "application/yaml", f"{model.name}.yaml")
