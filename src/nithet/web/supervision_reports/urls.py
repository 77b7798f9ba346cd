"""Addresses of the reports on supervision."""

from django.urls import path

from nithet.web.supervision_reports import views

app_name = "supervision_reports"
urlpatterns = [
    path("supervision/reports/", views.reports, name="reports"),
    path("supervision/reports/year/", views.year, name="year"),
    path("supervision/reports/semester/", views.semester, name="semester"),
    path("supervision/reports/month/", views.month, name="month"),
    path("supervision/reports/rows/", views.rows, name="rows"),
    path("supervision/schools/<int:school_id>/brief/", views.brief, name="brief"),
]
