"""Addresses of people."""

from django.urls import path

from nithet.web.people import (
    accounts,
    bodies,
    committees,
    handing_over,
    inviting,
    joining,
    positions,
)

app_name = "people"
urlpatterns = [
    path("join/<str:invitation_token>/", joining.join, name="join"),
    path("people/", positions.positions, name="positions"),
    path("people/positions/add/", positions.add, name="position_add"),
    path("people/positions/<int:position_id>/", positions.position, name="position"),
    path("people/positions/<int:position_id>/edit/", positions.edit, name="position_edit"),
    path("people/positions/<int:position_id>/fill/", positions.fill, name="position_fill"),
    path("people/positions/<int:position_id>/schools/", positions.schools, name="position_schools"),
    path("people/positions/<int:position_id>/take-back/", positions.take_back, name="position_take_back"),
    *bodies.addresses(),
    path("people/committees/", committees.committees, name="committees"),
    path("people/boards/", committees.boards, name="boards"),
    path("people/committees/add/", committees.add, name="committee_add"),
    path("people/boards/add/", committees.add_board, name="board_add"),
    path("people/committees/<int:committee_id>/", committees.committee, name="committee"),
    path("people/committees/<int:committee_id>/edit/", committees.edit, name="committee_edit"),
    path("people/committees/<int:committee_id>/take-back/", committees.take_back, name="committee_take_back"),
    path("people/committees/<int:committee_id>/seats/add/", committees.seat, name="member_add"),
    path("people/seats/<int:member_id>/edit/", committees.edit_seat, name="member_edit"),
    path("people/seats/<int:member_id>/take-back/", committees.take_back_seat, name="member_take_back"),
    path("people/accounts/", accounts.accounts, name="accounts"),
    path("people/accounts/<int:user_id>/", accounts.person, name="person"),
    path("people/accounts/<int:user_id>/post/", accounts.post, name="post"),
    path("people/accounts/<int:user_id>/close/", accounts.close, name="close"),
    path("people/accounts/<int:user_id>/reopen/", accounts.reopen, name="reopen"),
    path("people/accounts/<int:user_id>/anew/", inviting.anew, name="anew"),
    path("people/accounts/<int:user_id>/handover/", handing_over.hand_over, name="handover"),
    path("people/accounts/<int:user_id>/handover/paper/", handing_over.paper, name="handover_paper"),
    path("people/postings/<int:posting_id>/end/", accounts.end, name="posting_end"),
    path("people/postings/<int:posting_id>/transfer/", accounts.transfer, name="posting_transfer"),
    path("people/powers/", accounts.powers, name="powers"),
    path("people/powers/add/", accounts.add_power, name="power_add"),
    path("people/powers/<int:power_id>/end/", accounts.end_power_page, name="power_end"),
    path("people/invitations/", inviting.invitations, name="invitations"),
    path("people/invitations/add/", inviting.invite, name="invite"),
    path("people/invitations/schools/", inviting.schools, name="invite_schools"),
    path("people/invitations/slip/", inviting.slip, name="slip"),
    path("people/invitations/<int:invitation_id>/withdraw/", inviting.withdraw, name="withdraw"),
]
