"""The frozen copy of a round, as an invited assessor reads it."""

import random
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.reviews.actions.assessing import judge_frozen, write_note
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.domain.reviews.packing import NAMESPACE, write_pack
from nithet.domain.reviews.queries.assessors import last_days, notes_on, own_note, record_of
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.files.serving import file_response
from nithet.foundation.ui.shapes import LevelShown
from nithet.kernel.errors import RuleBroken
from nithet.web.reviews.forms import JudgeForm, NoteForm
from nithet.web.reviews.inviting import frozen_or_404
from nithet.web.reviews.shown import scale_of_round
from nithet.web.shared.downloads import ZIP
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

SAMPLE = 5
TRACES = {"none": "bad", "unclear": "needs", "clear": "good"}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item in the table of a copy."""

    content: dict[str, Any]
    tone: str
    notes: list[Any]

    @property
    def done(self) -> int:
        """Return how many of its tests are done."""
        return sum(test["is_done"] is True for test in self.content["tests"])


def _levels(found: FrozenRound) -> tuple[LevelShown, LevelShown | None, LevelShown | None]:
    computed, declared = found.content["computed"], found.content["declared"]
    given = found.round.assessor_levels.first()
    return (
        LevelShown(computed["level"], computed["label"]),
        LevelShown(declared["level"], declared["label"], declared["reason"], declared["by"]) if declared else None,
        LevelShown(given.level, "", given.reason, given.given_by) if given else None,
    )


@login_required
@require_safe
def frozen(request: HttpRequest, frozen_id: int) -> HttpResponse:
    """Show a copy: the three levels and its items."""
    return _frozen(request, frozen_or_404(request, frozen_id))


def _frozen(request: HttpRequest, found: FrozenRound, form: JudgeForm | None = None, status: int = 200) -> HttpResponse:
    notes = notes_on(found)
    levels, below = scale_of_round(found.round)
    context = {
        "frozen": found,
        "until": last_days(actor_of(request)).get(record_of(found)),
        "levels": _levels(found),
        "of": len(levels),
        "items": [ItemRow(one, TRACES[one["trace"]], notes.get(one["id"], [])) for one in found.content["items"]],
        "can": ask("assessor.judge", actor_of(request), found),
        "form": form or JudgeForm(levels=levels, below=below),
    }
    return render(request, "reviews/frozen.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, frozen_id: int, frozen_item: str) -> HttpResponse:
    """Show one item of a copy; an assessor writes a note and, if they wish, a level."""
    found, actor = frozen_or_404(request, frozen_id), actor_of(request)
    content = next((one for one in found.content["items"] if one["id"] == frozen_item), None)
    if content is None:
        raise Http404
    can = ask("assessor.note", actor, found)
    if request.method == "POST" and not can:
        raise Refused("assessor.note", can)
    mine = own_note(actor, found, frozen_item)
    levels, below = scale_of_round(found.round)
    given = {"text": mine.text, "level": "" if mine.level is None else str(mine.level), "version": mine.version} if mine else {"version": 0}
    form = NoteForm(request.POST or None, initial=given, levels=levels, below=below)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(
                actor=actor,
                frozen=found,
                item=frozen_item,
                text=form.cleaned_data["text"],
                level=form.chosen,
                version=form.cleaned_data["version"] or 0,
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            messages.success(request, gettext("Your note has been saved."))
            return redirect("reviews:frozen_item", found.pk, frozen_item)
    context = {
        "frozen": found,
        "item": content,
        "tone": TRACES[content["trace"]],
        "notes": notes_on(found).get(frozen_item, []),
        "can": can,
        "form": form,
        "sample": _sample(request, content),
        "around": _around(found, frozen_item),
    }
    return render(request, "reviews/frozen_item.html", context, status=422 if form.errors else 200)


def _around(found: FrozenRound, item_id: str) -> dict[str, str]:
    ids = [one["id"] for one in found.content["items"]]
    place = ids.index(item_id)
    return {"before": ids[place - 1] if place else "", "after": ids[place + 1] if place + 1 < len(ids) else ""}


def _sample(request: HttpRequest, content: dict[str, Any]) -> list[str]:
    """Return five rows at random behind the item's figures when asked for; the same seed gives the same five."""
    seed = request.GET.get("sample", "")
    if not seed:
        return []
    rows = sorted({row for test in content["tests"] for measure in test["measures"] for row in measure["rows"]})
    chosen = random.Random(seed[:40])  # noqa: S311  a sample that can be drawn again, not a secret
    return sorted(chosen.sample(rows, min(SAMPLE, len(rows))))


@login_required
@require_POST
def level(request: HttpRequest, frozen_id: int) -> HttpResponse:
    """Take the assessor's level."""
    found, actor = frozen_or_404(request, frozen_id), actor_of(request)
    if not (can := ask("assessor.judge", actor, found)):
        raise Refused("assessor.judge", can)
    levels, below = scale_of_round(found.round)
    form = JudgeForm(request.POST, levels=levels, below=below)
    if not form.is_valid():
        return _frozen(request, found, form, 422)
    judge_frozen(actor=actor, frozen=found, level=form.chosen, reason=form.cleaned_data["reason"])
    messages.success(request, gettext("The assessor's level has been kept beside the two others."))
    return redirect("reviews:frozen", found.pk)


@login_required
@require_safe
def file(request: HttpRequest, frozen_id: int, sha256: str) -> HttpResponseBase:
    """Hand out a file that the copy lists; nothing else can be asked for by its digest."""
    found = frozen_or_404(request, frozen_id)
    for one in found.content["items"]:
        for piece in one["evidence"]:
            if piece["sha256"] and piece["sha256"] == sha256:
                return file_response(
                    request,
                    NAMESPACE,
                    sha256,
                    media_type=piece["media_type"],
                    file_name=piece["file_name"],
                    inline=True,
                )
    raise Http404


@login_required
@require_safe
def pack(request: HttpRequest, frozen_id: int) -> FileResponse:
    """Hand out the copy as one file: what is on its pages, and the evidence in its order."""
    found = frozen_or_404(request, frozen_id)
    name = gettext("Round for assessors %(year)s copy %(number)s") % {
        "year": found.round.fiscal_year,
        "number": found.number,
    }
    made = TemporaryFile()  # noqa: SIM115  the answer closes it when it has been sent
    write_pack(found, made)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.zip", content_type=ZIP)
