"""Addresses of directory."""

from django.urls import path

from nithet.web.directory import views

app_name = "directory"
urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools/<int:school_id>/", views.school, name="school"),
]
