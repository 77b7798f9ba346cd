"""Addresses of the office's settings."""

from django.urls import path

from nithet.web.settings import views

app_name = "settings"
urlpatterns = [
    path("settings/", views.office, name="office"),
    path("settings/logo.png", views.logo, name="logo"),
]
