"""Addresses of the reports on supervision."""

from django.urls import path

from nithet.web.supervision_reports import issues, views

app_name = "supervision_reports"
urlpatterns = [
    path("supervision/reports/", views.reports, name="reports"),
    path("supervision/reports/year/", views.year, name="year"),
    path("supervision/reports/semester/", views.semester, name="semester"),
    path("supervision/reports/month/", views.month, name="month"),
    path("supervision/reports/rows/", views.rows, name="rows"),
    path("supervision/reports/issue/", issues.issue, name="issue_now"),
    path("supervision/reports/issued/", issues.issues, name="issues"),
    path("supervision/reports/issued/<int:issued_report_id>/", issues.show, name="issue"),
    path(
        "supervision/reports/issued/<int:issued_report_id>/take-back/",
        issues.take_back,
        name="take_back_issue",
    ),
    path(
        "supervision/reports/issued/<int:issued_report_id>/<str:report_file>/",
        issues.file,
        name="issue_file",
    ),
    path(
        "supervision/schools/<int:school_id>/brief/issue/", issues.issue_brief, name="issue_brief"
    ),
    path("supervision/schools/<int:school_id>/brief/", views.brief, name="brief"),
]
