"""The photo news of a visit: written, approved, taken as a picture."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.supervision.actions.visit_news import approve_news, write_news
from nithet.domain.supervision.models.visit_papers import VisitNews
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visit_facts import facts_of, photos_of
from nithet.domain.supervision.queries.visit_news import (
    MOST_PHOTOS,
    find_news,
    is_approved,
    picture_of,
)
from nithet.domain.supervision.rules.news_picture import news_pages
from nithet.domain.supervision.rules.paper_results import news_words
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.pdf.write import write_pages
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.thai_text.words import words
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of, version_of
from nithet.web.visit_papers.finding import own_visit_or_404
from nithet.web.visit_papers.forms import NewsForm

PNG = "image/png"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Write the photo news of a visit."""
    actor, visit = actor_of(request), _done_or_404(request, told_visit_id)
    if request.method == "POST" and not (verdict := ask("visit_news.write", actor, visit)):
        raise Refused("visit_news.write", verdict)
    news = find_news(actor, visit)
    photos = photos_of(actor, visit)
    form = NewsForm(
        request.POST if request.method == "POST" else None,
        photos=[(str(one.pk), one.title) for one in photos],
        initial=_initial(request, visit, news),
    )
    if request.method == "POST" and form.is_valid():
        try:
            write_news(
                actor=actor,
                visit=visit,
                version=form.cleaned_data["version"],
                headline=form.cleaned_data["headline"],
                words=form.cleaned_data["words"],
                photos=form.cleaned_data["photos"],
                shows_children=form.cleaned_data["faces"] == "yes",
                consent=form.cleaned_data["consent"],
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            messages.success(
                request,
                gettext("The photo news is kept. Look at the picture before it is approved."),
            )
            return redirect("visit_papers:news", told_visit_id)
    context = {
        "visit": visit,
        "news": news,
        "approved": news is not None and is_approved(actor, news),
        "form": form,
        "photos": photos,
        "chosen": set(_chosen(form)),
        "count": len(words(str(form["words"].value() or ""))),
        "can": ask("visit_news.write", actor, visit),
        "can_approve": ask("visit_news.approve", actor, news) if news else None,
    }
    return render(
        request, "visit_papers/news.html", context, status=422 if request.method == "POST" else 200
    )


def _done_or_404(request: HttpRequest, told_visit_id: int) -> Visit:
    visit = own_visit_or_404(request, told_visit_id)
    if visit.state != Visit.State.DONE:
        raise Http404
    return visit


def _initial(request: HttpRequest, visit: Visit, news: VisitNews | None) -> dict[str, object]:
    """What is kept, or what the record proposes: the first photographs, and nothing said of faces."""
    actor = actor_of(request)
    if news is not None:
        return {
            "version": news.version,
            "headline": news.headline,
            "words": news.words,
            "photos": [RecordRef.parse(one).id for one in news.photos],
            "faces": "yes" if news.shows_children else "no",
            "consent": news.consent,
        }
    said = news_words(facts_of(actor, visit), visit.office.short_name or visit.office.name)
    first = photos_of(actor, visit)[:MOST_PHOTOS]
    return {
        "version": 0,
        "headline": said["headline"],
        "words": said["news"],
        "photos": [str(one.pk) for one in first],
    }


def _chosen(form: NewsForm) -> list[str]:
    return [str(one) for one in form["photos"].value() or ()]


@login_required
@require_POST
def approve(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Approve the photo news as it stands."""
    actor, visit = actor_of(request), _done_or_404(request, told_visit_id)
    if (news := find_news(actor, visit)) is None:
        raise Http404
    approve_news(actor=actor, news=news, version=version_of(request))
    messages.success(request, gettext("Approved. The picture is kept as evidence of the visit."))
    return redirect("visit_papers:news", told_visit_id)


@login_required
@require_safe
def picture(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Draw the square picture, with "draft" on it while nobody approved these words; `?download` hands it out."""
    actor, visit = actor_of(request), _done_or_404(request, told_visit_id)
    if (news := find_news(actor, visit)) is None:
        raise Http404
    answer = HttpResponse(write_pages(news_pages(picture_of(actor, news))), content_type=PNG)
    how = "attachment" if "download" in request.GET else "inline"
    answer.headers["Content-Disposition"] = f'{how}; filename="photo-news-{visit.pk}.png"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
