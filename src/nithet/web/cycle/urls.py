"""Addresses of the supervision cycle."""

from django.urls import path

from nithet.web.cycle import own_models, papers, reviews, steps, tables

app_name = "cycle"
urlpatterns = [
    path("supervision/cycle/", steps.cycle, name="cycle"),
    path("supervision/cycle/choose/", steps.choose, name="choose"),
    path("supervision/cycle/models/add/", own_models.add, name="add_model"),
    path("supervision/cycle/models/<int:cycle_model_id>/", own_models.edit, name="edit_model"),
    path(
        "supervision/cycle/models/<int:cycle_model_id>/take-back/",
        own_models.take_back,
        name="take_back_model",
    ),
    path("supervision/cycle/models/<str:model_key>.yaml", own_models.model_file, name="model_file"),
    path("supervision/cycle/steps/<int:cycle_step_id>/", steps.step, name="step"),
    path("supervision/cycle/steps/<int:cycle_step_id>/finish/", steps.finish, name="finish"),
    path("supervision/cycle/steps/<int:cycle_step_id>/reopen/", steps.reopen, name="reopen"),
    path("supervision/cycle/steps/<int:cycle_step_id>/link/", steps.link, name="link"),
    path("supervision/cycle/steps/<int:cycle_step_id>/unlink/", steps.unlink, name="unlink"),
    path("supervision/cycle/matrix/", tables.matrix, name="matrix"),
    path("supervision/cycle/indicators/", tables.indicators, name="indicators"),
    path("supervision/cycle/summary/", tables.summary, name="summary"),
    path("supervision/cycle/reviews/", reviews.reviews, name="reviews"),
    path("supervision/cycle/reviews/add/", reviews.add, name="add_review"),
    path("supervision/cycle/reviews/<int:system_review_id>/", reviews.review, name="review"),
    path(
        "supervision/cycle/reviews/<int:system_review_id>/edit/", reviews.edit, name="edit_review"
    ),
    path(
        "supervision/cycle/reviews/<int:system_review_id>/take-back/",
        reviews.take_back,
        name="take_back_review",
    ),
    path("supervision/cycle/handbook/<str:handbook_kind>/", papers.handbook, name="handbook"),
    path("supervision/information/", papers.information, name="information"),
    path("supervision/information/freeze/", papers.freeze, name="freeze"),
    path("supervision/information/<int:pack_id>/", papers.pack, name="pack"),
]
