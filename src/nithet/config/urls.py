"""Addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("key/", include("nithet.field.openrosa.urls")),
    path("account/", include("nithet.web.account.urls")),
    path("", include("nithet.foundation.ui.urls")),
    path("rounds/", include("nithet.web.rounds.urls")),
    path("returns/", include("nithet.web.returns.urls")),
    path("", include("nithet.web.directory.urls")),
    path("", include("nithet.web.plans.urls")),
    path("", include("nithet.web.visit_papers.urls")),
    path("", include("nithet.web.supervision_reports.urls")),
    path("", include("nithet.web.visits.urls")),
    path("", include("nithet.web.needs.urls")),
    path("", include("nithet.web.cycle.urls")),
    path("", include("nithet.web.planner.urls")),
    path("", include("nithet.web.instruments.urls")),
    path("", include("nithet.web.results.urls")),
    path("", include("nithet.web.studies.urls")),
    path("", include("nithet.web.devices.urls")),
    path("", include("nithet.web.evidence.urls")),
    path("", include("nithet.web.papers.urls")),
    path("", include("nithet.web.reviews.urls")),
    path("", include("nithet.web.search.urls")),
    path("", include("nithet.web.notices.urls")),
    path("", include("nithet.web.history.urls")),
    path("", include("nithet.web.people.urls")),
    path("", include("nithet.web.settings.urls")),
    path("field/", include("nithet.field.client.urls")),
    path("", include("nithet.web.home.urls")),
]

handler400 = "nithet.config.errors.bad_request"
handler403 = "nithet.config.errors.forbidden"
handler404 = "nithet.config.errors.not_found"
handler500 = "nithet.config.errors.server_error"
