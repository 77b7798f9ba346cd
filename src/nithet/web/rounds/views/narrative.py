"""The narrative editor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.assessments.actions.narrative import (
    accept_draft,
    add_group,
    add_paragraph,
    decide_proposal,
    edit_paragraph,
    move_group,
    move_paragraph,
    remove_group,
    remove_paragraph,
    rename_group,
)
from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.headings import headings_for
from nithet.domain.assessments.queries.narrative import find_group, find_paragraph, find_proposal
from nithet.domain.assessments.queries.people import people_of_office
from nithet.domain.assessments.queries.talk import threads_of
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.web.rounds.citing import choices_of, chosen_refs
from nithet.web.rounds.forms import CommentForm, NewParagraphForm, ParagraphForm
from nithet.web.rounds.item_pages import thread_lines
from nithet.web.rounds.narrating import became_lines, editor_page, last_under
from nithet.web.rounds.pages import rights_over
from nithet.web.shared.requests import actor_of, round_or_404


def _editor(round_id: int, item: str, anchor: str = "") -> HttpResponse:
    return redirect(reverse("rounds:narrative", args=[round_id, item]) + anchor)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def narrative(request: HttpRequest, round_id: int, item: str) -> HttpResponse:
    """Write the narrative of an item; a POST adds a group."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    page = editor_page(actor, reporting_round, item)
    if page is None:
        raise Http404
    if request.method == "POST":
        add_group(
            actor=actor,
            round=reporting_round,
            item=item,
            draft=GroupDraft(headings_for(reporting_round, item), request.POST.get("title", "")),
        )
        messages.success(request, gettext("The group has been added with its headings."))
        return _editor(round_id, item)
    return render(request, "rounds/narrative.html", {"page": page})


def _group_or_404(reporting_round: Round, group_id: int) -> NarrativeGroup:
    if (found := find_group(reporting_round, group_id)) is None:
        raise Http404
    return found


@login_required
@require_POST
def add(request: HttpRequest, round_id: int, group_id: int) -> HttpResponse:
    """Add a paragraph at the end of a heading."""
    reporting_round = round_or_404(request, round_id)
    group = _group_or_404(reporting_round, group_id)
    item = group.answer.item
    form = NewParagraphForm(request.POST)
    if not form.is_valid():
        actor = actor_of(request)
        page = editor_page(actor, reporting_round, item)
        context = {"page": page, "wrong_form": form, "wrong_group": group.pk}
        return render(request, "rounds/narrative.html", context, status=422)
    section = form.cleaned_data["section"]
    added = add_paragraph(
        actor=actor_of(request),
        round=reporting_round,
        group=group,
        after=last_under(group, section),
        draft=ParagraphDraft(
            role=form.cleaned_data["role"],
            text=form.cleaned_data["text"],
            section=section,
            mark=form.cleaned_data["mark"] if form.cleaned_data["role"] == "point" else "",
            depth=1 if form.cleaned_data["role"] == "point" else 0,
        ),
    )
    return _editor(round_id, item, f"#p{added.pk}")


@login_required
@require_POST
def change_group(request: HttpRequest, round_id: int, group_id: int) -> HttpResponse:
    """Name, move or remove a group."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    group = _group_or_404(reporting_round, group_id)
    item, what = group.answer.item, request.POST.get("do", "")
    version = _version(request)
    if what in {"up", "down"}:
        move_group(actor=actor, round=reporting_round, group=group, up=what == "up")
    elif what == "remove":
        remove_group(actor=actor, round=reporting_round, group=group, version=version)
        messages.success(
            request, gettext("The group has been removed; its words stay in the history.")
        )
    else:
        title = request.POST.get("title", "")
        rename_group(actor=actor, round=reporting_round, group=group, version=version, title=title)
        messages.success(request, gettext("The name has been kept."))
    return _editor(round_id, item)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    if not text.isdecimal():
        raise RuleBroken("version.missing", msgid("Open the page again and repeat this."))
    return int(text)


def _paragraph_or_404(reporting_round: Round, paragraph_id: int) -> NarrativeParagraph:
    if (found := find_paragraph(reporting_round, paragraph_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paragraph(request: HttpRequest, round_id: int, paragraph_id: int) -> HttpResponse:
    """Edit one paragraph and what it cites; where somebody was quicker, both versions are shown to be merged (409)."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    kept = _paragraph_or_404(reporting_round, paragraph_id)
    item = kept.group.answer.item
    choices = choices_of(actor, reporting_round, kept, request)
    context = {
        "round": reporting_round,
        "paragraph": kept,
        "item": item,
        "can": rights_over(actor, reporting_round),
        "choices": choices,
        "proposals": list(kept.proposals.all()),
        "threads": thread_lines(actor, threads_of(reporting_round, item, kept.pk)),
        "comment_form": CommentForm(people=people_of_office(reporting_round.office_id)),
    }
    if request.method != "POST":
        form = ParagraphForm(initial={"text": kept.text, "version": kept.version})
        return render(request, "rounds/paragraph.html", context | {"form": form})
    form = ParagraphForm(request.POST)
    if not form.is_valid():
        return render(request, "rounds/paragraph.html", context | {"form": form}, status=422)
    try:
        edit_paragraph(
            actor=actor,
            round=reporting_round,
            paragraph=kept,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            cites=chosen_refs(request, choices, kept),
        )
    except Conflict as conflict:
        if conflict.code != "paragraph.changed":
            raise
        fresh = ParagraphForm(
            initial={
                "text": form.cleaned_data["text"],
                "version": conflict.params["version"],
            }
        )
        context |= {"form": fresh, "conflict": conflict}
        return render(request, "rounds/paragraph.html", context, status=409)
    except RuleBroken as error:
        form.add_error("text", told(error))
        return render(request, "rounds/paragraph.html", context | {"form": form}, status=422)
    messages.success(request, gettext("The paragraph has been saved."))
    return _editor(round_id, item, f"#p{kept.pk}")


@login_required
@require_POST
def change_paragraph(request: HttpRequest, round_id: int, paragraph_id: int) -> HttpResponse:
    """Move or remove a paragraph, or accept it where it is a draft."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    kept = _paragraph_or_404(reporting_round, paragraph_id)
    item, what = kept.group.answer.item, request.POST.get("do", "")
    if what in {"up", "down"}:
        move_paragraph(actor=actor, round=reporting_round, paragraph=kept, up=what == "up")
    elif what == "remove":
        remove_paragraph(
            actor=actor, round=reporting_round, paragraph=kept, version=_version(request)
        )
        messages.success(
            request, gettext("The paragraph has been removed; its words stay in the history.")
        )
        return _editor(round_id, item)
    else:
        accept_draft(actor=actor, round=reporting_round, paragraph=kept, version=_version(request))
        messages.success(request, gettext("The draft is yours now."))
    return _editor(round_id, item, f"#p{kept.pk}")


@login_required
@require_POST
def proposal(request: HttpRequest, round_id: int, paragraph_proposal_id: int) -> HttpResponse:
    """Take proposed words, or leave them."""
    reporting_round = round_or_404(request, round_id)
    kept = find_proposal(reporting_round, paragraph_proposal_id)
    if kept is None:
        raise Http404
    decide_proposal(
        actor=actor_of(request),
        round=reporting_round,
        proposal=kept,
        version=_version(request),
        take=request.POST.get("do") == "take",
    )
    return _editor(round_id, kept.paragraph.group.answer.item, f"#p{kept.paragraph_id}")


@login_required
@require_POST
def tell_became(request: HttpRequest, round_id: int, item: str) -> HttpResponse:
    """Put what became of last year's way forward into the narrative, as drafts."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    page = editor_page(actor, reporting_round, item)
    if page is None:
        raise Http404
    verdict = ask("narrative.add", actor, reporting_round)
    if not verdict:
        raise Refused("narrative.add", verdict)
    wanted = set(request.POST.getlist("point"))
    group = (
        find_group(reporting_round, int(request.POST["group"]))
        if request.POST.get("group", "").isdecimal()
        else None
    )
    if group is None or group.answer.item != item:
        raise RuleBroken("became.group", msgid("Add a group first; the drafts go into it."))
    count = 0
    for line in became_lines(actor, reporting_round):
        if str(line.id) in wanted:
            add_paragraph(
                actor=actor,
                round=reporting_round,
                group=group,
                after=last_under(group, "factors"),
                draft=ParagraphDraft(
                    role="point",
                    text=line.words,
                    section="factors",
                    mark="-",
                    depth=1,
                    cites=tuple(line.cites),
                    drafted=True,
                    origin=gettext("What became of last year's way forward"),
                ),
            )
            count += 1
    if not count:
        raise RuleBroken("became.nothing", msgid("Tick what should be told."))
    messages.success(
        request, gettext("The drafts stand in the narrative, to be read and accepted.")
    )
    return _editor(round_id, item)
