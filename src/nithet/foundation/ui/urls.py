"""Addresses of the display choice."""

from django.urls import path

from nithet.foundation.ui import views

urlpatterns = [path("display/", views.choose_display, name="ui_display")]
