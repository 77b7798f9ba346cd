"""Addresses of needs."""

from django.urls import path

from nithet.web.needs import links, lists, offers, records, school, sheets, surveys

app_name = "needs"
urlpatterns = [
    path("needs/", lists.needs, name="needs"),
    path("needs/add/", records.add, name="add"),
    path("needs/say/", school.say, name="say"),
    path("needs/offers/", offers.offers, name="offers"),
    path("needs/thresholds/", offers.thresholds, name="thresholds"),
    path("needs/import/", sheets.bring, name="import"),
    path("needs/<int:need_id>/", records.need, name="need"),
    path("needs/<int:need_id>/edit/", records.edit, name="edit"),
    path("needs/<int:need_id>/settle/", records.settle, name="settle"),
    path("needs/<int:need_id>/take-back/", records.take_back, name="take_back"),
    path("needs/<int:need_id>/projects/", records.serve, name="serve"),
    path("needs/<int:need_id>/projects/<int:project_id>/leave/", records.leave, name="leave"),
    path("projects/<int:project_id>/needs/", records.of_project, name="of_project"),
    path("needs/a/<str:code>/", links.answer, name="survey_link"),
    path("needs/surveys/", surveys.surveys, name="surveys"),
    path("needs/surveys/<int:survey_id>/links/", links.make, name="make_links"),
    path("needs/surveys/<int:survey_id>/links/end/", links.end, name="end_links"),
    path("needs/surveys/add/", surveys.add, name="add_survey"),
    path("needs/surveys/<int:survey_id>/", surveys.survey, name="survey"),
    path("needs/surveys/<int:survey_id>/edit/", surveys.edit, name="edit_survey"),
    path("needs/surveys/<int:survey_id>/close/", surveys.close, name="close_survey"),
    path("needs/surveys/<int:survey_id>/take-back/", surveys.take_back, name="take_back_survey"),
    path("needs/surveys/<int:survey_id>/means/", surveys.means, name="means"),
    path("needs/surveys/<int:survey_id>/needs/", surveys.to_needs, name="survey_needs"),
    path("needs/surveys/<int:survey_id>/schools/<int:school_id>/", school.answer, name="answer"),
]
