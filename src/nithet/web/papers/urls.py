"""Addresses of papers."""

from django.urls import path

from nithet.web.papers import papers, public, publications, templates

app_name = "papers"
urlpatterns = [
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", papers.new, name="new"),
    path("papers/new/<slug:paper_source>/", papers.make, name="make"),
    path("papers/templates/", templates.templates, name="templates"),
    path("papers/templates/letterhead/", templates.letterhead, name="letterhead"),
    path("papers/templates/<slug:template_kind>/", templates.template, name="template"),
    path("papers/templates/<slug:template_kind>/choose/", templates.choose, name="choose"),
    path(
        "papers/templates/<slug:template_kind>/template.docx",
        templates.download,
        name="template_docx",
    ),
    path(
        "papers/templates/<slug:template_kind>/preview.docx",
        templates.preview_docx,
        name="preview_docx",
    ),
    path("papers/publications/", publications.publications, name="publications"),
    path(
        "papers/publications/versions/<int:publication_version_id>/approve/",
        publications.approve,
        name="approve",
    ),
    path(
        "papers/publications/versions/<int:publication_version_id>/document.pdf",
        publications.proposed_pdf,
        name="proposed_pdf",
    ),
    path(
        "papers/publications/<int:publication_id>/version/",
        publications.next_version,
        name="next_version",
    ),
    path(
        "papers/publications/<int:publication_id>/withdraw/",
        publications.withdraw,
        name="withdraw",
    ),
    path("papers/publications/<int:publication_id>/show/", publications.show_it_again, name="show"),
    path("papers/<int:paper_id>/", papers.paper, name="paper"),
    path("papers/<int:paper_id>/<int:paper_number>/paper.docx", papers.docx, name="docx"),
    path("papers/<int:paper_id>/edited/", papers.bring, name="bring"),
    path("papers/<int:paper_id>/again/", papers.again, name="again"),
    path("papers/<int:paper_id>/number/", papers.number, name="number"),
    path("papers/<int:paper_id>/state/", papers.state, name="state"),
    path("papers/<int:paper_id>/take-back/", papers.undo, name="undo"),
    path("public/<int:public_office_id>/", public.office, name="public_office"),
    path(
        "public/<int:public_office_id>/<int:public_document_id>/",
        public.document,
        name="public_document",
    ),
]
