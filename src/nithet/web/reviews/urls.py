"""Addresses of folders, assessors and comparisons."""

from django.urls import path

from nithet.web.reviews import assessing, comparing, folders, inviting, signing

app_name = "reviews"
urlpatterns = [
    path("folders/", folders.folders, name="folders"),
    path("folders/<int:folder_id>/", folders.folder, name="folder"),
    path("folders/<int:folder_id>/withdraw/", folders.withdraw, name="withdraw"),
    path("rounds/<int:round_id>/folder/", folders.propose, name="propose"),
    path("sign/<str:folder_token>/", signing.sign, name="sign"),
    path("rounds/<int:round_id>/assessors/", inviting.assessors, name="assessors"),
    path("frozen/<int:frozen_id>/invitations/<int:assessor_invitation_id>/end/", inviting.end, name="end_invitation"),
    path("frozen/<int:frozen_id>/", assessing.frozen, name="frozen"),
    path("frozen/<int:frozen_id>/items/<str:frozen_item>/", assessing.item, name="frozen_item"),
    path("frozen/<int:frozen_id>/level/", assessing.level, name="frozen_level"),
    path("frozen/<int:frozen_id>/files/<str:sha256>/", assessing.file, name="frozen_file"),
    path("frozen/<int:frozen_id>/pack/", assessing.pack, name="frozen_pack"),
    path("rounds/<int:round_id>/compare/", comparing.compare_rounds, name="compare"),
]
