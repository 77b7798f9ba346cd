"""Addresses of the OpenRosa server. None is ever redirected, so a slash at the end does not matter."""

from django.urls import re_path

from nithet.field.openrosa import forms, lists, submissions

app_name = "openrosa"
_T = r"^(?P<token>[A-Za-z0-9_-]{1,100})"

urlpatterns = [
    re_path(rf"{_T}/formList/?$", forms.form_list, name="form_list"),
    re_path(rf"{_T}/forms/(?P<key>[0-9]{{1,19}})\.xml$", forms.form, name="form"),
    re_path(rf"{_T}/forms/(?P<key>[0-9]{{1,19}})/manifest/?$", forms.manifest, name="manifest"),
    re_path(
        rf"{_T}/forms/(?P<key>[0-9]{{1,19}})/media/(?P<place>[0-9]{{1,6}})$",
        forms.medium,
        name="medium",
    ),
    re_path(rf"{_T}/lists/(?P<name>[a-z_]{{1,40}})\.csv$", lists.entity_list, name="entity_list"),
    re_path(
        rf"{_T}/lists/(?P<name>[a-z_]{{1,40}})/integrity/?$", lists.integrity, name="integrity"
    ),
    re_path(rf"{_T}/submission/?$", submissions.submission, name="submission"),
]
