"""Addresses of rounds."""

from django.urls import path

from nithet.web.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("<int:round_id>/", views.show, name="round"),
    path("<int:round_id>/what-if/", views.try_out, name="what_if"),
    path("<int:round_id>/rights/", views.rights, name="rights"),
    path("<int:round_id>/sign/", views.sign, name="sign"),
    path("<int:round_id>/close/", views.close, name="close"),
    path("<int:round_id>/reopen/", views.reopen, name="reopen"),
    path("<int:round_id>/assess/", views.assess, name="assess"),
    path("<int:round_id>/items/<str:item>/", views.item, name="item"),
    path("<int:round_id>/items/<str:item>/tests/<str:test>/", views.answer, name="answer"),
    path("<int:round_id>/paragraphs/<int:paragraph_id>/", views.paragraph, name="paragraph"),
]
