"""Addresses of this area."""

from django.urls import URLPattern

app_name = "records"
urlpatterns: list[URLPattern] = []
