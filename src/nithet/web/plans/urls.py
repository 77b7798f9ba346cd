"""Addresses of plans."""

from django.urls import path

from nithet.web.plans import views

app_name = "plans"
urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/<int:project_id>/", views.project, name="project"),
]
