"""Addresses of the offline client."""

from django.urls import path

from nithet.field.client import views
from nithet.field.sync import views as sync

app_name = "field"
urlpatterns = [
    path("", views.shell, name="shell"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("copy/<str:code>/", views.copy, name="copy"),
    path("api/take/", sync.take, name="take"),
    path("api/forms/<int:version_id>/", sync.form, name="form"),
    path("api/forms/<int:version_id>/media/<str:name>", sync.form_media, name="form_media"),
    path("api/submissions/", sync.submissions, name="submissions"),
    path("api/files/", sync.begin_file, name="begin_file"),
    path("api/files/<str:token>/", sync.file_pieces, name="file_pieces"),
]
