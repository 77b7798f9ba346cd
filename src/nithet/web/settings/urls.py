"""Addresses of the office's settings."""

from django.urls import path

from nithet.web.settings import views, whole_office

app_name = "settings"
urlpatterns = [
    path("settings/", views.office, name="office"),
    path("settings/logo.png", views.logo, name="logo"),
    path("settings/whole-office/", whole_office.whole_office, name="whole_office"),
    path("settings/whole-office/ask/", whole_office.ask_whole_office, name="ask_whole_office"),
    path(
        "settings/whole-office/<int:export_id>/",
        whole_office.take_whole_office,
        name="take_whole_office",
    ),
]
