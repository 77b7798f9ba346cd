"""Addresses of directory."""

from django.urls import path

from nithet.web.directory import area, editing, views, wizard

app_name = "directory"
urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools.geojson", views.places, name="places"),
    path("schools/list/", wizard.bring, name="bring_list"),
    path("schools/list/<int:list_id>/columns/", wizard.columns, name="list_columns"),
    path("schools/list/<int:list_id>/", wizard.check, name="list_check"),
    path("schools/list/<int:list_id>/confirm/", wizard.confirm, name="list_confirm"),
    path("schools/list/<int:list_id>/drop/", wizard.drop, name="list_drop"),
    path("schools/<int:school_id>/", views.school, name="school"),
    path("schools/<int:school_id>/edit/", editing.edit, name="edit_school"),
    path("schools/<int:school_id>/codes/", editing.codes, name="edit_codes"),
    path("schools/<int:school_id>/figures/", editing.add_census, name="add_census"),
    path(
        "schools/<int:school_id>/figures/<int:census_id>/",
        editing.change_census,
        name="edit_census",
    ),
    path(
        "schools/<int:school_id>/figures/<int:census_id>/undo/",
        editing.undo_census,
        name="undo_census",
    ),
    path("schools/<int:school_id>/results/", editing.add_result, name="add_result"),
    path(
        "schools/<int:school_id>/results/<int:result_id>/",
        editing.change_result,
        name="edit_result",
    ),
    path(
        "schools/<int:school_id>/results/<int:result_id>/undo/",
        editing.undo_result,
        name="undo_result",
    ),
    path("schools/<int:school_id>/act/", editing.add_act, name="add_act"),
    path("schools/acts/<int:act_id>/", editing.change_act, name="edit_act"),
    path("schools/acts/<int:act_id>/undo/", editing.undo_act, name="undo_act"),
    path("networks/", area.networks, name="networks"),
    path("networks/<int:network_id>/", area.network, name="network"),
    path("networks/<int:network_id>/chair/", area.chair, name="chair"),
    path(
        "networks/<int:network_id>/chair/<int:chair_id>/undo/", area.undo_chair, name="undo_chair"
    ),
    path("joint-learning/", area.joint_learning, name="joint_learning"),
    path("joint-learning/new/", area.add_joint_learning, name="add_joint_learning"),
    path(
        "joint-learning/<int:arrangement_id>/",
        area.change_joint_learning,
        name="edit_joint_learning",
    ),
    path(
        "joint-learning/<int:arrangement_id>/undo/",
        area.undo_joint_learning,
        name="undo_joint_learning",
    ),
    path("populations/", area.populations, name="populations"),
    path("populations/new/", area.declare, name="declare"),
    path("populations/<int:population_id>/", area.population, name="population"),
    path("populations/<int:population_id>/undo/", area.undo_population, name="undo_population"),
    path("populations/scheme/", area.scheme, name="scheme"),
]
