"""Addresses of instruments."""

from django.urls import path

from nithet.web.instruments import briefings, making, pages, papers

app_name = "instruments"
urlpatterns = [
    path("instruments/", pages.instruments, name="instruments"),
    path("instruments/new/", making.new, name="new"),
    path("instruments/new/draw/", making.draw, name="draw"),
    path("instruments/new/old-form/", making.old_form, name="old_form"),
    path("instruments/new/bring/", making.bring, name="bring"),
    path("instruments/<int:office_form_id>/", pages.instrument, name="instrument"),
    path("instruments/<int:office_form_id>/next/", making.following, name="next"),
    path("instruments/<int:office_form_id>/settings/", pages.settings, name="settings"),
    path("instruments/<int:office_form_id>/retire/", pages.retire, name="retire"),
    path("instruments/<int:retired_form_id>/reopen/", pages.reopen, name="reopen"),
    path("instruments/versions/<int:form_version_id>/", pages.version, name="version"),
    path("instruments/versions/<int:form_draft_id>/publish/", pages.publish, name="publish"),
    path("instruments/versions/<int:form_draft_id>/drop/", pages.drop, name="drop"),
    path("instruments/versions/<int:form_version_id>/changes/", pages.changes, name="changes"),
    path(
        "instruments/versions/<int:form_version_id>/file/<str:form_file>/", papers.file, name="file"
    ),
    path("instruments/versions/<int:form_version_id>/paper/", papers.paper, name="paper"),
    path("instruments/versions/<int:form_version_id>/briefings/", briefings.add, name="brief"),
    path("instruments/briefings/<int:briefing_id>/", briefings.edit, name="briefing"),
    path(
        "instruments/briefings/<int:briefing_id>/take-back/",
        briefings.take_back,
        name="take_back_briefing",
    ),
]
