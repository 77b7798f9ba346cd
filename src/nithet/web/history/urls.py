"""Addresses of the history."""

from django.urls import path

from nithet.web.history import views

app_name = "history"
urlpatterns = [
    path("history/", views.office_history, name="history"),
    path("history/<str:history_kind>/<int:history_id>/", views.one_record, name="record"),
]
