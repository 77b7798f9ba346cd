"""Addresses of this area."""

from django.urls import URLPattern

app_name = "returns"
urlpatterns: list[URLPattern] = []
