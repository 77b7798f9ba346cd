"""Addresses of studies and of one's own work."""

from django.urls import path

from nithet.web.studies import cycles, measures, papers, sharing, studies, work

app_name = "studies"
urlpatterns = [
    path("studies/", studies.studies, name="studies"),
    path("studies/add/", studies.add, name="add"),
    path("studies/<int:study_id>/", studies.study, name="study"),
    path("studies/<int:study_id>/edit/", studies.edit, name="edit"),
    path("studies/<int:study_id>/publish/", studies.publish, name="publish"),
    path("studies/<int:study_id>/reopen/", studies.reopen, name="reopen"),
    path("studies/<int:study_id>/take-back/", studies.take_back, name="take_back"),
    path("studies/<int:study_id>/paper/<str:study_paper>/", papers.study_paper, name="paper"),
    path("studies/<int:study_id>/cycles/", cycles.add, name="add_cycle"),
    path("studies/cycles/<int:study_cycle_id>/", cycles.edit, name="edit_cycle"),
    path(
        "studies/cycles/<int:study_cycle_id>/take-back/", cycles.take_back, name="take_back_cycle"
    ),
    path("studies/<int:study_id>/values/", measures.add, name="add_measure"),
    path("studies/<int:study_id>/values/draw/", measures.draw, name="draw"),
    path("studies/values/<int:study_measure_id>/", measures.edit, name="edit_measure"),
    path(
        "studies/values/<int:study_measure_id>/sheet/", papers.measure_sheet, name="measure_sheet"
    ),
    path(
        "studies/values/<int:study_measure_id>/take-back/",
        measures.take_back,
        name="take_back_measure",
    ),
    path("my-work/", work.work, name="work"),
    path("my-work/add/", work.add, name="add_entry"),
    path("my-work/entries/<int:work_entry_id>/", work.edit, name="edit_entry"),
    path("my-work/entries/<int:work_entry_id>/take-back/", work.take_back, name="take_back_entry"),
    path("my-work/open/", sharing.share, name="share"),
    path("my-work/open/<int:work_share_id>/end/", sharing.end, name="end_share"),
    path("work-of/<int:work_owner_id>/", work.work_of, name="work_of"),
    path(
        "work-of/<int:work_owner_id>/paper/<str:work_paper>/", papers.work_paper, name="work_paper"
    ),
]
