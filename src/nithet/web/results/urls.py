"""Addresses of results."""

from django.urls import path

from nithet.web.results import views

app_name = "results"
urlpatterns = [
    path("results/", views.instruments, name="instruments"),
    path("results/<int:result_form_id>/", views.instrument, name="instrument"),
    path("results/<int:result_form_id>/rows/<path:item_key>/", views.rows, name="rows"),
]
