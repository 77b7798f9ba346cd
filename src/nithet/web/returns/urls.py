"""Addresses of returns."""

from django.urls import path

from nithet.web.returns import imports, issued, views

app_name = "returns"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:import_id>/", imports.show, name="import"),
    path("imports/<int:import_id>/confirm/", imports.confirm, name="confirm"),
    path("imports/<int:import_id>/drop/", imports.drop, name="drop"),
    path(
        "imports/<int:import_id>/proposals/<int:proposal_id>/drop/",
        imports.drop_one,
        name="drop_one",
    ),
    path("issued/<int:issued_id>/", issued.show, name="issued"),
    path("issued/<int:issued_id>/return.docx", issued.docx, name="issued_docx"),
    path("issued/<int:issued_id>/return.pdf", issued.pdf, name="issued_pdf"),
    path("issued/<int:issued_id>/pack.zip", issued.pack, name="issued_pack"),
    path("issued/<int:issued_id>/sent/", issued.sent, name="sent"),
    path(
        "issued/<int:issued_id>/sent/<int:sent_mark_id>/take-back/",
        issued.unsent,
        name="unsent",
    ),
    path("issued/<int:issued_id>/publish/", issued.publish, name="publish"),
    path("rounds/<int:round_id>/deck.pptx", views.deck, name="deck"),
    path("verify/<str:token>/", issued.verify, name="verify"),
    path("edited/<int:file_id>/", views.edited, name="edited"),
    path("edited/<int:file_id>/<int:paragraph_id>/", views.decide, name="decide"),
    path("<int:round_id>/", views.preview, name="preview"),
    path("<int:round_id>/draft.docx", views.draft_docx, name="draft_docx"),
    path("<int:round_id>/draft.pdf", views.draft_pdf, name="draft_pdf"),
    path("<int:round_id>/edited/", views.bring, name="bring"),
    path("<int:round_id>/issue/", views.issue, name="issue"),
]
