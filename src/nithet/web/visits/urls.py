"""Addresses of visits."""

from django.urls import path

from nithet.web.visits import agreements, closing, inviting, lists, member, pages, school, writing

app_name = "visits"
urlpatterns = [
    path("visits/", lists.visits, name="visits"),
    path("visits/record/", writing.record, name="record"),
    path("visits/agreements/", agreements.agreements, name="agreements"),
    path("visits/opinions/", lists.opinions, name="opinions"),
    path("visits/invitations/", inviting.invitations, name="invitations"),
    path("visits/invitations/new/", inviting.invite, name="invite"),
    path("visits/invitations/<int:visit_invitation_id>/", inviting.invitation, name="invitation"),
    path("visits/s/<str:code>/", school.by_link, name="school_link"),
    path("visits/m/<str:code>/", member.invited, name="member"),
    path("visits/m/<str:code>/<int:visit_id>/", member.answer, name="member_visit"),
    path("visits/<int:visit_id>/", pages.visit, name="visit"),
    path("visits/<int:visit_id>/write/", writing.write, name="write"),
    path("visits/<int:visit_id>/leaving/", pages.leaving, name="leaving"),
    path("visits/<int:visit_id>/link/", pages.make_link, name="make_link"),
    path("visits/<int:visit_id>/link/end/", pages.end_links, name="end_links"),
    path("visits/<int:visit_id>/place/", pages.place, name="place"),
    path("visits/<int:visit_id>/versions/<int:visit_version>/", pages.version, name="version"),
    path("visits/<int:visit_id>/close/", closing.close, name="close"),
    path("visits/<int:visit_id>/reopen/", closing.reopen, name="reopen"),
    path("visits/<int:visit_id>/cancel/", closing.cancel, name="cancel"),
    path("visits/<int:visit_id>/withdraw/", closing.withdraw, name="withdraw"),
    path("visits/<int:visit_id>/screen/", school.on_screen, name="sign_on_screen"),
    path("visits/<int:visit_id>/school/answer/", school.answer, name="school_answer"),
    path("visits/<int:visit_id>/school/sign/", school.sign, name="school_sign"),
    path("visits/<int:visit_id>/school/opinion/", school.opinion, name="school_opinion"),
]
