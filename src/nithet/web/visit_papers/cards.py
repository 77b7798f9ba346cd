"""The cards of a visit's papers: make, number, print, sign, take into Word and back, make again."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.papers.actions.papers import bring_back, mark_signed
from nithet.domain.papers.printing import letterhead_of
from nithet.domain.supervision.actions.visit_papers import (
    make_visit_paper,
    make_visit_paper_again,
    number_visit_paper,
    print_visit_paper,
)
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visit_facts import facts_of
from nithet.domain.supervision.queries.visit_news import find_news, is_approved
from nithet.domain.supervision.queries.visit_papers import Made, cards_of, papers_of
from nithet.domain.supervision.rules.paper_results import line_text
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.queries import public_address
from nithet.foundation.ui.words import month_names
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.addresses import absolute
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of, version_of
from nithet.web.visit_papers.finding import own_visit_or_404, paper_or_404
from nithet.web.visit_papers.forms import EditedForm, NumberForm

WHAT_FOR = {
    "order": _("Names the team; the school and the travel money ask for it."),
    "travel": _("Asks leave to travel, the car and the money; the director ticks and signs."),
    "letter": _("Tells the school the day, with the schedule on its second page."),
    "report": _("Lays the results before the director."),
    "copy": _("Stays with the school: what was seen and what was agreed, both sign."),
    "slip": _("10 x 15 cm to glue into the supervision book; the QR finds this visit."),
    "news": _("One A4, and one square picture to send on."),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A card as the page shows it."""

    code: str
    label: str | Promise
    what_for: str | Promise
    made: list[Made]

    @property
    def newest(self) -> Made | None:
        """The paper that counts: the newest."""
        return self.made[0] if self.made else None


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A blank form of an instrument, with the school's name."""

    title: str
    url: str


@login_required
@require_safe
def papers(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Show the papers of a visit as cards."""
    return _papers(request, own_visit_or_404(request, told_visit_id))


def _papers(
    request: HttpRequest,
    visit: Visit,
    *,
    open_card: str = "",
    form: NumberForm | EditedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    found = papers_of(actor, visit)
    labels = dict(VisitPaper.Card.choices)
    news = find_news(actor, visit)
    link = absolute(request, reverse("visits:visit", args=[visit.pk]), visit.office_id)
    context = {
        "visit": visit,
        "cards": [Card(one, labels[one], WHAT_FOR[one], found[one]) for one in cards_of(visit)],
        "later": [labels[one] for one in VisitPaper.Card.values if one not in cards_of(visit)],
        "blank_forms": _blank_forms(visit),
        "line": line_text(facts_of(actor, visit), link),
        "news": news,
        "news_approved": news is not None and is_approved(actor, news),
        "can": ask("visit_paper.make", actor, visit),
        "has_crest": bool(letterhead_of(visit.office_id).emblem_sha256),
        "open_card": open_card,
        "edited": form if isinstance(form, EditedForm) else EditedForm(),
        "bad_number": form if isinstance(form, NumberForm) else None,
        "months": list(enumerate(month_names(), 1)),
    }
    return render(request, "visit_papers/papers.html", context, status=status)


def _blank_forms(visit: Visit) -> list[BlankForm]:
    """The instruments of the visit that are in use, each with the address of its blank form."""
    rows = InstrumentVersion.objects.filter(
        instrument__visits__visit=visit, state=InstrumentVersion.State.PUBLISHED
    ).order_by("title", "pk")
    found = []
    for one in rows:
        try:
            url = reverse("instruments:paper", args=[one.pk])
        except NoReverseMatch:
            return []
        found.append(BlankForm(one.title, f"{url}?school={visit.school_id}"))
    return found


@login_required
@require_POST
def make(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Make the paper of a card."""
    actor, visit = actor_of(request), own_visit_or_404(request, told_visit_id)
    link = make_visit_paper(
        actor=actor,
        visit=visit,
        card=request.POST.get("card", "")[:10],
        address=public_address(actor.office_id, request),
    )
    messages.success(
        request, gettext("The paper has been made as a draft. Read it before it is printed.")
    )
    return _back(told_visit_id, link.card)


@login_required
@require_POST
def number(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Give a paper its number and day."""
    actor, link = actor_of(request), paper_or_404(request, told_visit_id, visit_paper_id)
    if not (verdict := ask("visit_paper.number", actor, link)):
        raise Refused("visit_paper.number", verdict)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            number_visit_paper(
                actor=actor,
                link=link,
                version=version_of(request),
                number=form.cleaned_data["number"],
                dated=form.cleaned_data["dated"],
                address=public_address(actor.office_id, request),
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            link.paper.refresh_from_db()
            words = gettext("The paper has the number %(number)s.") % {"number": link.paper.number}
            messages.success(request, words)
            return _back(told_visit_id, link.card)
    return _papers(request, link.visit, open_card=link.card, form=form, status=422)


@login_required
@require_POST
def state(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Say that a paper was printed, or signed."""
    actor, link = actor_of(request), paper_or_404(request, told_visit_id, visit_paper_id)
    if request.POST.get("state") == "signed":
        mark_signed(actor=actor, paper=link.paper, version=version_of(request))
    else:
        print_visit_paper(actor=actor, link=link, version=version_of(request))
    messages.success(request, gettext("The state has been kept."))
    return _back(told_visit_id, link.card)


@login_required
@require_POST
def again(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Make a paper again from what the visit says now."""
    actor, link = actor_of(request), paper_or_404(request, told_visit_id, visit_paper_id)
    make_visit_paper_again(
        actor=actor,
        link=link,
        version=version_of(request),
        address=public_address(actor.office_id, request),
    )
    messages.success(request, gettext("The paper has been made again from the visit."))
    return _back(told_visit_id, link.card)


@login_required
@require_POST
def bring(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Take a paper back from Word as its next version, and show what was changed."""
    actor, link = actor_of(request), paper_or_404(request, told_visit_id, visit_paper_id)
    if not (verdict := ask("paper.bring_back", actor, link.paper)):
        raise Refused("paper.bring_back", verdict)
    form = EditedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            bring_back(
                actor=actor,
                paper=link.paper,
                version=version_of(request),
                data=form.cleaned_data["file"].read(),
                why=form.cleaned_data["why"],
            )
        except Conflict:
            raise
        except RuleBroken as error:
            form.add_error("file", gettext(error.message) % error.params)
        else:
            messages.success(request, gettext("The file from Word is the newest version now."))
            return redirect("visit_papers:changes", told_visit_id, visit_paper_id)
    return _papers(request, link.visit, open_card=link.card, form=form, status=422)


def _back(told_visit_id: int, card: str) -> HttpResponse:
    return redirect(f"{reverse('visit_papers:papers', args=[told_visit_id])}#card-{card}")
