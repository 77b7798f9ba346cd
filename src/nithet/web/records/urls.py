"""Addresses of records: projects, visits, evidence, schools."""

from django.urls import path

from nithet.web.records import views

app_name = "records"
urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/<int:project_id>/", views.project, name="project"),
    path("visits/", views.visits, name="visits"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
    path("evidence/", views.evidence_list, name="evidence_list"),
    path("evidence/<int:piece_id>/", views.evidence, name="evidence"),
    path("evidence/<int:piece_id>/clarity/<str:criterion>/", views.answer_point, name="answer_point"),
    path("schools/", views.schools, name="schools"),
    path("schools/<int:school_id>/", views.school, name="school"),
]
