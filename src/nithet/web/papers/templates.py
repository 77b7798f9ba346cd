"""Templates of the office: which fields there are, which version is in force, how a paper would look."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.papers.actions.papers import preview
from nithet.domain.papers.actions.templates import (
    UnfitTemplate,
    bring_template,
    choose_template,
    edit_letterhead,
)
from nithet.domain.papers.kinds import COMMON, PaperKind, Source, example_of, kinds, sources
from nithet.domain.papers.models.templates import Template, TemplateVersion
from nithet.domain.papers.printing import letterhead_of
from nithet.domain.papers.queries import (
    find_template,
    list_templates,
    read_template,
    template_bytes,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask, by_role
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from nithet.web.papers.forms import LetterheadForm, WordForm
from nithet.web.shared.downloads import DOCX, file_answer
from nithet.web.shared.requests import actor_of, version_of


def kind_or_404(code: str) -> PaperKind:
    """Return a kind of paper by its code."""
    if (found := kinds().get(code)) is None:
        raise Http404
    return found


def _of_office_or_404(actor: Actor) -> int:
    if actor.office_id is None or not by_role(actor, *sorted(OFFICE_STAFF)):
        raise Http404
    return actor.office_id


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List the kinds of paper with the template in force, and the head of papers."""
    office_id = _of_office_or_404(actor_of(request))
    head = letterhead_of(office_id)
    return _templates(request, LetterheadForm(instance=head, initial={"version": head.version}))


def _templates(request: HttpRequest, form: LetterheadForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    views = [(gettext(one.kind.label), one) for one in list_templates(actor)]
    context = {
        "views": views,
        "form": form,
        "head": letterhead_of(actor.writes_in),
        "can": ask("letterhead.edit", actor, None),
    }
    return render(request, "papers/templates.html", context, status=status)


@login_required
@require_POST
def letterhead(request: HttpRequest) -> HttpResponse:
    """Word the head of the office's papers."""
    actor = actor_of(request)
    office_id = _of_office_or_404(actor)
    if not (verdict := ask("letterhead.edit", actor, None)):
        raise Refused("letterhead.edit", verdict)
    form = LetterheadForm(request.POST, request.FILES, instance=letterhead_of(office_id))
    if form.is_valid():
        given = form.cleaned_data
        emblem = given.pop("emblem")
        try:
            edit_letterhead(
                actor=actor,
                version=given.pop("version"),
                emblem=emblem.read() if emblem else None,
                **given,
            )
        except Conflict:
            raise
        except RuleBroken as error:
            form.add_error("emblem", gettext(error.message) % error.params)
        else:
            messages.success(request, gettext("The head of the papers has been kept."))
            return redirect("papers:templates")
    return _templates(request, form, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, template_kind: str) -> HttpResponse:
    """Show a template with its fields and versions; take a new version."""
    actor, known = actor_of(request), kind_or_404(template_kind)
    _of_office_or_404(actor)
    form = WordForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST":
        if not (verdict := ask("template.bring", actor, None)):
            raise Refused("template.bring", verdict)
        if form.is_valid():
            try:
                bring_template(
                    actor=actor,
                    kind=template_kind,
                    data=form.cleaned_data["file"].read(),
                    file_name=form.cleaned_data["file"].name,
                    why=form.cleaned_data["why"],
                )
            except UnfitTemplate as error:
                problems = error.problems
                form.add_error("file", gettext(error.message) % error.params)
            except RuleBroken as error:
                form.add_error("file", gettext(error.message) % error.params)
            else:
                messages.success(request, gettext("The template is in force now."))
                return redirect("papers:template", template_kind)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "papers/template.html", _shown(actor, known, form, problems), status=status
    )


def _shown(actor: Actor, known: PaperKind, form: WordForm, problems: list[Any]) -> dict[str, Any]:
    kept = find_template(actor, known.code)
    return {
        "kind": known,
        "label": gettext(known.label),
        "kept": kept,
        "in_force": kept.in_force if kept else None,
        "versions": list(kept.versions.all()) if kept else [],
        "fields": known.fields,
        "common": COMMON,
        "form": form,
        # A template of pages cannot hold these braces.
        "rows_help": gettext(
            "Rows of a table: begin with {%tr for … %} in a row of its own, end with {%tr endfor %}. Paragraphs: {%p for … %}."
        ),
        "problems": problems,
        "sources": _choices(actor, known),
        "can": ask("template.bring", actor, None),
    }


def _choices(actor: Actor, known: PaperKind) -> list[tuple[str, str]]:
    """Records to look at the template with: the first few of every source of its kind."""
    found = []
    for one in sources().values():
        if one.kind == known.code:
            rows = list(one.choices(actor))[:10]
            found += [(f"{one.code}:{key}", title) for key, title in rows]
    return found


@login_required
@require_POST
def choose(request: HttpRequest, template_kind: str) -> HttpResponse:
    """Put a version in force, or go back to the shipped template."""
    actor = actor_of(request)
    kind_or_404(template_kind)
    _of_office_or_404(actor)
    if not (verdict := ask("template.bring", actor, None)):
        raise Refused("template.choose", verdict)
    if (kept := find_template(actor, template_kind)) is None:
        return redirect("papers:template", template_kind)
    number = request.POST.get("number", "")
    choose_template(
        actor=actor,
        template=kept,
        version=version_of(request),
        chosen=_version_of(kept, number) if number else None,
    )
    messages.success(request, gettext("The template is in force now."))
    return redirect("papers:template", template_kind)


def _version_of(kept: Template | None, number: str) -> TemplateVersion:
    rows = kept.versions.all() if kept else []
    found = next((one for one in rows if str(one.number) == number), None)
    if found is None:
        raise Http404
    return found


def _bytes(actor: Actor, known: PaperKind, number: str) -> bytes:
    """The template asked for: "shipped", a version by its number, else the one in force."""
    if number == "shipped":
        return known.shipped()
    if number:
        return read_template(_version_of(find_template(actor, known.code), number))
    return template_bytes(known)[0]


@login_required
@require_safe
def download(request: HttpRequest, template_kind: str) -> HttpResponse:
    """Hand out a template to change it in Word."""
    actor, known = actor_of(request), kind_or_404(template_kind)
    _of_office_or_404(actor)
    data = _bytes(actor, known, request.GET.get("number", ""))
    return file_answer(data, DOCX, f"แม่แบบ {gettext(known.label)}.docx")


@login_required
@require_safe
def preview_docx(request: HttpRequest, template_kind: str) -> HttpResponse:
    """Hand out what a template makes of a record, or of the example where none is named; nothing is kept."""
    actor, known = actor_of(request), kind_or_404(template_kind)
    office = Unit.objects.get(pk=_of_office_or_404(actor))
    named = request.GET.get("record", "")
    data = _record(actor, known, named) if named else example_of(known)
    if not named:
        for key in ("office", "office_short"):
            data.pop(key)
    made = preview(
        kind=template_kind,
        data=data,
        template=_bytes(actor, known, request.GET.get("number", "")),
        office=office,
    )
    return file_answer(made, DOCX, f"ตัวอย่าง {gettext(known.label)}.docx")


def _record(actor: Actor, known: PaperKind, named: str) -> dict[str, Any]:
    code, _, key = named.partition(":")
    one: Source | None = sources().get(code)
    draft = one.build(actor, RecordRef(one.about, key)) if one and one.kind == known.code else None
    if draft is None:
        raise Http404
    return draft.data
