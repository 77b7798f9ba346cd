"""Calendars to subscribe to, read back by a library and held against RFC 5545 and RFC 7986 line by line."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar

from nithet.domain.supervision.actions.feeds import (
    digest_of_word,
    make_feed,
    renew_feed,
    revoke_feed,
)
from nithet.domain.supervision.actions.lines import drop_line, move_line, name_party
from nithet.domain.supervision.models.feeds import CalendarFeed
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.facts import Person
from nithet.domain.supervision.queries.feeds import feed_of_digest, list_feeds, visits_of_feed
from nithet.domain.supervision.rules.feeds import FeedVisit, WantedFeed, write_feed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_visit
from tests.domain.supervision.planning_factories import (
    at_the_begin,
    make_plan_of_visits,
    make_schools,
    make_supervisor,
)

CHANGED = datetime(2012, 5, 1, 3, 15, 42, 123456, tzinfo=UTC)
VISIT = FeedVisit(
    key=7,
    school="โรงเรียนวัดเขมาภิรัติการามมิตรภาพที่ 215 (ประชานุกูลราษฎร์บำรุง)",
    kind="supervision",
    mode="on_site",
    day=date(2012, 5, 24),
    changed_at=CHANGED,
    sequence=2,
    party=("ศึกษานิเทศก์ คนที่ 1",),
    project="โครงการพัฒนาระบบประกันคุณภาพภายในสถานศึกษา",
    latitude=Decimal("13.104500"),
    longitude=Decimal("99.941200"),
)


def events(data: bytes) -> list[dict[str, object]]:
    return [dict(one.items()) for one in Calendar.from_ical(data).walk("VEVENT")]


def test_a_calendar_is_read_back_as_it_was_written() -> None:
    data = write_feed("การนิเทศทั้งหมดของเขต", [VISIT], domain="nithet.example")
    calendar = Calendar.from_ical(data)
    assert (calendar["VERSION"], calendar["METHOD"], calendar["CALSCALE"]) == (
        "2.0",
        "PUBLISH",
        "GREGORIAN",
    )
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "การนิเทศทั้งหมดของเขต"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in data
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == "visit-7@nithet.example" and event["SEQUENCE"] == 2
    assert event.decoded("DTSTART") == date(2012, 5, 24) and event.decoded("DTEND") == date(
        2012, 5, 25
    )
    assert event["SUMMARY"] == f"นิเทศ {VISIT.school}" and event["STATUS"] == "CONFIRMED"
    assert (
        event.decoded("DTSTAMP") == CHANGED.replace(microsecond=0) == event.decoded("LAST-MODIFIED")
    )
    assert event["GEO"].to_ical() == "13.1045;99.9412"
    assert "วันพฤหัสบดีที่ 24 พฤษภาคม พ.ศ. 2555" in event["DESCRIPTION"]


def test_lines_keep_to_the_rules_of_the_standard() -> None:
    data = write_feed(
        "ก" * 200, [VISIT, replace(VISIT, key=8, mode="online")], domain="nithet.example"
    )
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") for line in lines[:-1])  # no Thai letter is cut in two
    unfolded = data.replace(b"\r\n ", b"").decode("utf-8").splitlines()
    assert unfolded[0] == "BEGIN:VCALENDAR" and unfolded[-1] == "END:VCALENDAR"
    for one in Calendar.from_ical(data).walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS"} <= set(one)


def test_a_visit_with_hours_names_the_zone_that_the_calendar_holds() -> None:
    timed = replace(VISIT, starts_at=time(9), ends_at=time(11, 30))
    data = write_feed("ก", [timed], domain="nithet.example")
    assert b"DTSTART;TZID=Asia/Bangkok:20120524T090000" in data
    assert b"DTEND;TZID=Asia/Bangkok:20120524T113000" in data
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Bangkok"
    assert b"TZOFFSETTO:+0700" in data
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event.decoded("DTSTART").utcoffset() == timedelta(hours=7)


def test_what_is_called_off_stays_as_cancelled_and_other_ways_are_named() -> None:
    off = replace(VISIT, is_cancelled=True, sequence=3)
    (event,) = events(write_feed("ก", [off], domain="x.example"))
    assert event["STATUS"] == "CANCELLED" and str(event["SUMMARY"]).startswith("ยกเลิก: ")
    (event,) = events(write_feed("ก", [replace(VISIT, mode="telephone")], domain="x.example"))
    assert str(event["SUMMARY"]).startswith("นิเทศ ทางโทรศัพท์ ")


def test_the_same_visits_give_the_same_bytes_in_whatever_order() -> None:
    two = [VISIT, replace(VISIT, key=3)]
    assert write_feed("ก", two, domain="x") == write_feed("ก", two[::-1], domain="x")


def wanted(cast: Cast, kind: str, **ids: int) -> WantedFeed:
    return WantedFeed(kind, cast.office.pk, **ids)


def test_a_feed_follows_a_visit_through_its_changes(cast: Cast, office: Unit) -> None:
    with at_the_begin():
        (school,) = make_schools(cast, 1)
        make_supervisor(cast, [school])
        plan, actor = make_plan_of_visits(cast), cast.actor("planner")
        feed, word = make_feed(
            actor=actor,
            wanted=wanted(cast, "school", school_id=school.pk, school_unit_id=school.unit_id),
        )
        assert feed_of_digest(digest_of_word(word)) == feed
        before = {one.key: one for one in visits_of_feed(feed)}
        line = plan.lines.order_by("planned_on")[0]
        move_line(actor=actor, line=line, version=line.version, planned_on=date(2011, 11, 8))
        moved = {one.key: one for one in visits_of_feed(feed)}[line.visit_id]
        assert (
            moved.day == date(2011, 11, 8) and moved.sequence == before[line.visit_id].sequence + 1
        )
        line.refresh_from_db()
        drop_line(actor=actor, line=line, version=line.version, why="งดเพราะน้ำท่วม")
        off = {one.key: one for one in visits_of_feed(feed)}[line.visit_id]
        assert off.is_cancelled and off.sequence == moved.sequence + 1
        text = (
            write_feed("ก", visits_of_feed(feed), domain="x.example")
            .replace(b"\r\n ", b"")
            .decode()
        )
        assert "STATUS:CANCELLED" in text and "น้ำท่วม" not in text


def test_a_persons_feed_has_their_visits_alone_and_ends_with_their_account(
    cast: Cast, office: Unit
) -> None:
    with at_the_begin():
        schools = make_schools(cast, 2)
        make_supervisor(cast, schools)
        plan = make_plan_of_visits(cast)
        user = cast.users["supervisor"]
        line = plan.lines.order_by("planned_on")[0]
        me = Person("u1", "supervisor", user.pk)
        name_party(actor=cast.actor("planner"), line=line, version=line.version, people=[me])
        feed, word = make_feed(
            actor=cast.actor("supervisor"), wanted=wanted(cast, "person", user_id=user.pk)
        )
        assert [one.key for one in visits_of_feed(feed)] == [line.visit_id]
        user.is_active = False
        user.save()
        assert feed_of_digest(digest_of_word(word)) is None


def test_words_are_shown_once_kept_as_digests_renewed_and_ended(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    feed, word = make_feed(actor=actor, wanted=wanted(cast, "office"))
    assert len(word) >= 43 and word not in str(CalendarFeed.objects.values().get())
    assert word not in str(list(AuditEvent.objects.values_list("after", "before")))
    renewed, other = renew_feed(actor=actor, feed=feed)
    assert feed_of_digest(digest_of_word(word)) is None
    assert feed_of_digest(digest_of_word(other)) == renewed
    revoke_feed(actor=actor, feed=feed)
    assert feed_of_digest(digest_of_word(other)) is None and not list_feeds(actor).exists()
    with pytest.raises(RuleBroken) as broken:
        renew_feed(actor=actor, feed=feed)
    assert broken.value.code == "feed.ended"
    names = list(
        AuditEvent.objects.filter(name__startswith="feed.")
        .order_by("pk")
        .values_list("name", flat=True)
    )
    assert names == ["feed.made", "feed.renewed", "feed.revoked"]


def test_who_may_make_which_calendar(cast: Cast, office: Unit) -> None:
    (school,) = make_schools(cast, 1)
    of_school = wanted(cast, "school", school_id=school.pk, school_unit_id=school.unit_id)
    for name in ("school_head", "committee_member", "outsider", "assessor", "nobody"):
        with pytest.raises(Refused):
            make_feed(actor=cast.actor(name), wanted=of_school)
        with pytest.raises(Refused):
            make_feed(actor=cast.actor(name), wanted=wanted(cast, "office"))
    with pytest.raises(Refused):
        other = cast.users["director"].pk
        make_feed(actor=cast.actor("supervisor"), wanted=wanted(cast, "person", user_id=other))
    with pytest.raises(RuleBroken):
        make_feed(actor=cast.actor("planner"), wanted=wanted(cast, "school"))
    own = wanted(cast, "school", school_id=school.pk, school_unit_id=cast.school.pk)
    assert make_feed(actor=cast.actor("school_head"), wanted=own)[0].school_id == school.pk


def test_a_feed_of_one_office_holds_no_visit_of_another(cast: Cast, office: Unit) -> None:
    with at_the_begin():
        (school,) = make_schools(cast, 1)
        make_visit(cast, school, date(2011, 11, 8), "supervision", state="planned")
        with scope(cast.other_office.pk):
            feed, _ = make_feed(
                actor=cast.actor("outsider"), wanted=WantedFeed("office", cast.other_office.pk)
            )
            assert visits_of_feed(feed) == []
        assert Visit.objects.count() == 1
