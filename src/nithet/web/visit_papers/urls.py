"""Addresses of the papers of visits."""

from django.urls import path

from nithet.web.visit_papers import cards, files, many, news

app_name = "visit_papers"
urlpatterns = [
    path("visits/<int:told_visit_id>/papers/", cards.papers, name="papers"),
    path("visits/<int:told_visit_id>/papers/make/", cards.make, name="make"),
    path("visits/<int:told_visit_id>/papers/copy.pdf", files.copy, name="copy"),
    path("visits/<int:told_visit_id>/papers/news/", news.write, name="news"),
    path("visits/<int:told_visit_id>/papers/news/approve/", news.approve, name="approve"),
    path("visits/<int:told_visit_id>/papers/news/picture.png", news.picture, name="picture"),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/number/",
        cards.number,
        name="number",
    ),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/state/", cards.state, name="state"
    ),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/again/", cards.again, name="again"
    ),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/edited/", cards.bring, name="bring"
    ),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/changes/",
        files.changes,
        name="changes",
    ),
    path("visits/<int:told_visit_id>/papers/<int:visit_paper_id>/paper.pdf", files.pdf, name="pdf"),
    path(
        "visits/<int:told_visit_id>/papers/<int:visit_paper_id>/paper.docx", files.docx, name="docx"
    ),
    path("supervision/papers/", many.choose, name="many"),
    path("supervision/papers/made/", many.made, name="made"),
]
