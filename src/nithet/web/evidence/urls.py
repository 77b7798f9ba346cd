"""Addresses of evidence."""

from django.urls import path

from nithet.web.evidence.views import bringing, files, keeping, lists, papers, pieces, uploads, uses

app_name = "evidence"
urlpatterns = [
    path("evidence/", lists.evidence_list, name="evidence_list"),
    path("evidence/reviews/", lists.reviews, name="reviews"),
    path("evidence/add/", bringing.add, name="add"),
    path("evidence/add/thing/", bringing.add_thing, name="add_thing"),
    path("evidence/uploads/", uploads.begin, name="upload_begin"),
    path("evidence/uploads/<str:upload_token>/", uploads.upload_piece, name="upload_piece"),
    path("evidence/scan/", papers.scan, name="scan"),
    path("evidence/<int:piece_id>/", pieces.evidence, name="evidence"),
    path("evidence/<int:piece_id>/edit/", pieces.edit, name="edit"),
    path("evidence/<int:piece_id>/version/", pieces.add_version, name="add_version"),
    path("evidence/<int:piece_id>/place/", keeping.place, name="place"),
    path("evidence/<int:piece_id>/sharing/", keeping.sharing, name="sharing"),
    path("evidence/<int:piece_id>/reviewer/", keeping.reviewer, name="reviewer"),
    path("evidence/<int:piece_id>/withdraw/", keeping.withdraw, name="withdraw"),
    path("evidence/<int:piece_id>/uses/", uses.add_use, name="add_use"),
    path("evidence/<int:piece_id>/returns/", uses.tick_return, name="tick_return"),
    path("evidence/<int:piece_id>/shared/", files.shared_copy, name="shared_copy"),
    path("evidence/<int:piece_id>/files/<int:number>/", files.original, name="file"),
    path("evidence/<int:piece_id>/files/<int:number>/look/", files.look, name="look"),
    path("evidence/<int:piece_id>/files/<int:number>/picture/", files.picture, name="picture"),
    path("evidence/<int:piece_id>/files/<int:number>/recheck/", files.recheck, name="recheck"),
    path(
        "evidence/<int:piece_id>/clarity/<str:criterion>/", pieces.answer_point, name="answer_point"
    ),
    path("evidence/uses/<int:use_id>/", uses.edit_one_use, name="edit_use"),
    path("evidence/uses/<int:use_id>/withdraw/", uses.take_use_back, name="withdraw_use"),
    path("p/<str:code>/", papers.paper, name="paper"),
    path("p/<str:code>/authority/", papers.authority, name="authority"),
]
