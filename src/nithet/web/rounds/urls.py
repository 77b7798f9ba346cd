"""Addresses of rounds."""

from django.urls import path

from nithet.web.rounds.views import commitments, items, narrative, rounds, sharing, talk

app_name = "rounds"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("open/", rounds.open_, name="open"),
    path("to-do/", commitments.commitments, name="commitments"),
    path("to-do/<int:commitment_id>/", commitments.commitment, name="commitment"),
    path(
        "to-do/<int:commitment_id>/change/", commitments.change_commitment, name="change_commitment"
    ),
    path("<int:round_id>/", rounds.show, name="round"),
    path("<int:round_id>/due/", rounds.due, name="due"),
    path("<int:round_id>/withdraw/", rounds.withdraw, name="withdraw"),
    path("<int:round_id>/what-if/", rounds.try_out, name="what_if"),
    path("<int:round_id>/rights/", rounds.rights, name="rights"),
    path("<int:round_id>/sign/", rounds.sign, name="sign"),
    path("<int:round_id>/close/", rounds.close, name="close"),
    path("<int:round_id>/reopen/", rounds.reopen, name="reopen"),
    path("<int:round_id>/steps/", commitments.promise, name="promise"),
    path("<int:round_id>/share-out/", sharing.share_out, name="share_out"),
    path("<int:round_id>/assignments/<int:assignment_id>/", sharing.assignment, name="assignment"),
    path(
        "<int:round_id>/assignments/<int:assignment_id>/take-back/",
        sharing.unassign,
        name="unassign",
    ),
    path("<int:round_id>/items/<str:item>/", items.item, name="item"),
    path("<int:round_id>/items/<str:item>/tests/<str:test>/", items.answer, name="answer"),
    path("<int:round_id>/items/<str:item>/comments/", talk.comment, name="comment"),
    path("<int:round_id>/items/<str:item>/narrative/", narrative.narrative, name="narrative"),
    path(
        "<int:round_id>/items/<str:item>/narrative/became/",
        narrative.tell_became,
        name="tell_became",
    ),
    path(
        "<int:round_id>/comments/<int:comment_id>/answer/",
        talk.answer_comment,
        name="answer_comment",
    ),
    path(
        "<int:round_id>/comments/<int:comment_id>/settle/",
        talk.settle_comment,
        name="settle_comment",
    ),
    path(
        "<int:round_id>/comments/<int:comment_id>/take-back/",
        talk.unsay_comment,
        name="unsay_comment",
    ),
    path("<int:round_id>/groups/<int:group_id>/", narrative.change_group, name="change_group"),
    path("<int:round_id>/groups/<int:group_id>/add/", narrative.add, name="add_paragraph"),
    path("<int:round_id>/paragraphs/<int:paragraph_id>/", narrative.paragraph, name="paragraph"),
    path(
        "<int:round_id>/paragraphs/<int:paragraph_id>/change/",
        narrative.change_paragraph,
        name="change_paragraph",
    ),
    path("<int:round_id>/proposals/<int:paragraph_proposal_id>/", narrative.proposal, name="proposal"),
]
