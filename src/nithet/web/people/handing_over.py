"""Handover (การส่งมอบงานในหน้าที่): what somebody holds, on paper, and one confirmation for the successor."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.directory import handover
from nithet.domain.directory.actions.handover import hand_over as hand_over_work
from nithet.domain.directory.queries.staff import list_handovers
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.documents.model import (
    Block,
    Document,
    Heading,
    Spacer,
    paragraph,
)
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.tenancy.models import OfficeSettings
from nithet.foundation.tenancy.queries import offices, settings_of
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_thai
from nithet.kernel.thai_dates import format_date
from nithet.web.people.accounts import person_or_404
from nithet.web.people.forms import HandoverForm
from nithet.web.people.parts import crumbs_to, looking_after_or_404
from nithet.web.shared.downloads import PDF, file_answer
from nithet.web.shared.problems import tell_at_field


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show what a person holds; on confirmation it passes to the successor."""
    actor = looking_after_or_404(request)
    found = person_or_404(actor, user_id)
    data: Any = request.POST if request.method == "POST" else None
    form = HandoverForm(actor, found.pk, data)
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_over_work(actor=actor, person=found, **form.cleaned_data)
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            said = gettext("The work has been handed to %(name)s.") % {"name": made.successor}
            messages.success(request, said)
            return redirect("people:person", found.pk)
    sections = handover.sections(actor, found)
    context = {
        "title": gettext("Handover of work"),
        "crumbs": crumbs_to("accounts", gettext("User accounts"), str(found)),
        "person": found,
        "sections": sections,
        "moves": any(line.moves for section in sections for line in section.lines),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/handover.html", context, status=status)


@login_required
@require_safe
def paper(request: HttpRequest, user_id: int) -> HttpResponse:
    """Print the list: as it stands now, or as it was confirmed last (`?confirmed=1`)."""
    actor = looking_after_or_404(request)
    found = person_or_404(actor, user_id)
    data = write_pdf(_document(actor, found, confirmed=request.GET.get("confirmed") == "1"))
    with translation.override("th"):
        return file_answer(data, PDF, f"{gettext('Handover of work')} {found}.pdf")


def _document(actor: Actor, person: User, *, confirmed: bool) -> Document:
    chosen = settings_of(actor.writes_in)
    thai = chosen.numerals == OfficeSettings.Numerals.THAI
    last = list_handovers(actor, person).first() if confirmed else None
    with translation.override("th"):
        day = last.handed_on if last else clock.today()
        said = format_date(day, "long")
        blocks: list[Block] = [
            Heading(1, gettext("Handover of work")),
            paragraph(offices().get(pk=actor.writes_in).name),
            paragraph(gettext("Handed over by: %(name)s") % {"name": person}),
            paragraph(
                gettext("Taken over by: %(name)s")
                % {"name": last.successor if last else "." * 60}
            ),
            paragraph(gettext("On: %(day)s") % {"day": said}),
        ]
        for label, lines in _listed(actor, person, last):
            blocks.append(Heading(2, label))
            blocks += [paragraph(f"{n}. {line}", indent=6) for n, line in enumerate(lines, 1)]
        blocks += [Spacer(14), *_signatures()]
        title = gettext("Handover of work")
    if thai:
        blocks = [_in_thai_digits(block) for block in blocks]
    return Document(title=title, blocks=tuple(blocks), organisation=offices().get(pk=actor.writes_in).name, thai_digits=thai)


def _listed(actor: Actor, person: User, last: Any) -> list[tuple[str, list[str]]]:
    if last is not None:
        return [
            (part["label"], [_words(one["title"], one["detail"]) for one in part["lines"]])
            for part in last.lines
        ]
    return [
        (part.label, [_words(one.title, one.detail) for one in part.lines])
        for part in handover.sections(actor, person)
    ]


def _words(title: str, detail: str) -> str:
    return f"{title} ({detail})" if detail else title


def _signatures() -> list[Block]:
    who = (gettext("Hands over"), gettext("Takes over"), gettext("Witness"))
    return [
        block
        for one in who
        for block in (paragraph(f"{gettext('Signed')} {'.' * 50} {one}"), Spacer(8))
    ]


def _in_thai_digits(block: Block) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level, to_thai(block.text), block.align)
    return paragraph(to_thai(block.text), indent=block.indent) if hasattr(block, "runs") else block  # type: ignore[union-attr]
