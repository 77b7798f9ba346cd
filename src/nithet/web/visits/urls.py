"""Addresses of visits."""

from django.urls import path

from nithet.web.visits import views

app_name = "visits"
urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
]
