"""Addresses of devices and of what they sent."""

from django.urls import path

from nithet.web.devices import submissions, views

app_name = "devices"
urlpatterns = [
    path("devices/", views.devices, name="devices"),
    path("devices/add/", views.add, name="add"),
    path("devices/<int:device_id>/revoke/", views.revoke, name="revoke"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/<int:submission_id>/", submissions.submission, name="submission"),
    path("submissions/<int:submission_id>/accept/", submissions.accept, name="accept"),
    path("submissions/<int:submission_id>/set-aside/", submissions.set_aside, name="set_aside"),
    path(
        "submissions/<int:submission_id>/files/<int:submission_file_id>/",
        submissions.attachment,
        name="attachment",
    ),
]
