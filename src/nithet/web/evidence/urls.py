"""Addresses of evidence."""

from django.urls import path

from nithet.web.evidence import views

app_name = "evidence"
urlpatterns = [
    path("evidence/", views.evidence_list, name="evidence_list"),
    path("evidence/<int:piece_id>/", views.evidence, name="evidence"),
    path(
        "evidence/<int:piece_id>/clarity/<str:criterion>/", views.answer_point, name="answer_point"
    ),
]
