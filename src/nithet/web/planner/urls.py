"""Addresses of the plan of visits."""

from django.urls import path

from nithet.web.planner import (
    approving,
    bodies,
    calendar,
    dates,
    feeds,
    lines,
    links,
    papers,
    plans,
    standing,
)

app_name = "planner"
urlpatterns = [
    path("supervision/plan/", standing.standing, name="standing"),
    path("supervision/plan/rows/", standing.rows, name="rows"),
    path("supervision/plan/wall/", papers.wall, name="wall"),
    path("supervision/plan/open/", plans.open_plan, name="open_plan"),
    path("supervision/plans/<int:supervision_plan_id>/", plans.plan, name="plan"),
    path("supervision/plans/<int:supervision_plan_id>/proposal/", plans.proposal, name="proposal"),
    path("supervision/plans/<int:supervision_plan_id>/propose/", plans.propose, name="propose"),
    path("supervision/plans/<int:supervision_plan_id>/accept/", plans.accept, name="accept"),
    path("supervision/plans/<int:supervision_plan_id>/take-in/", plans.take_in, name="take_in"),
    path(
        "supervision/plans/<int:supervision_plan_id>/approval/", approving.approval, name="approval"
    ),
    path("supervision/plans/<int:supervision_plan_id>/submit/", approving.submit, name="submit"),
    path("supervision/plans/<int:supervision_plan_id>/approve/", approving.approve, name="approve"),
    path(
        "supervision/plans/<int:supervision_plan_id>/send-back/",
        approving.send_back,
        name="send_back",
    ),
    path("supervision/plans/<int:supervision_plan_id>/recall/", approving.recall, name="recall"),
    path("supervision/plans/<int:supervision_plan_id>/lines/add/", lines.add, name="add_line"),
    path("supervision/plan-versions/<int:supervision_version_id>/", plans.version, name="version"),
    path("supervision/plan-lines/<int:planned_visit_id>/", lines.line, name="line"),
    path("supervision/plan-lines/<int:planned_visit_id>/move/", lines.move, name="move_line"),
    path("supervision/plan-lines/<int:planned_visit_id>/drop/", lines.drop, name="drop_line"),
    path(
        "supervision/plan-lines/<int:planned_visit_id>/restore/", lines.restore, name="restore_line"
    ),
    path("supervision/plan-lines/<int:planned_visit_id>/party/", lines.party, name="name_party"),
    path("supervision/dates/", dates.dates, name="dates"),
    path("supervision/dates/ask/", dates.ask, name="ask_dates"),
    path("supervision/dates/<int:date_answer_id>/", dates.answer, name="answer"),
    path("supervision/dates/<int:date_answer_id>/settle/", dates.settle, name="settle"),
    path("supervision/dates/<int:date_answer_id>/withdraw/", dates.withdraw, name="withdraw"),
    path("supervision/other-bodies/", bodies.bodies, name="bodies"),
    path("supervision/other-bodies/add/", bodies.add, name="add_body"),
    path("supervision/other-bodies/<int:other_body_id>/", bodies.edit, name="edit_body"),
    path(
        "supervision/other-bodies/<int:other_body_id>/take-back/",
        bodies.take_back,
        name="take_back_body",
    ),
    path("supervision/calendar/", calendar.calendar, name="calendar"),
    path(
        "supervision/calendar/paper/<str:visit_calendar>/",
        papers.calendar_paper,
        name="calendar_paper",
    ),
    path("supervision/calendar/feeds/", feeds.feeds, name="feeds"),
    path(
        "supervision/calendar/feeds/<int:calendar_feed_id>/renew/", feeds.renew, name="renew_feed"
    ),
    path(
        "supervision/calendar/feeds/<int:calendar_feed_id>/revoke/",
        feeds.revoke,
        name="revoke_feed",
    ),
    path("visit-date/<str:date_word>/", links.date_link, name="date_link"),
    path("calendars/<str:feed_word>.ics", links.feed, name="feed"),
]
