"""The year proposed: a pure rule on plain values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nithet.domain.supervision.rules.distances import great_circle_km
from nithet.domain.supervision.rules.proposing.question import (
    COMMITTEE,
    SUPERVISION,
    Goer,
    Question,
    Settings,
    Standing,
    Window,
    open_days,
)
from nithet.domain.supervision.rules.proposing.year import propose
from nithet.domain.supervision.rules.reasons import SchoolFacts, Span, reasons_of, weight_of

SECOND = Window(2554, 2, date(2011, 11, 1), date(2012, 4, 1))
FIRST = Window(2555, 1, date(2012, 5, 16), date(2012, 9, 30))
SUPERVISORS = [Goer("p1", "ศึกษานิเทศก์ คนที่ 1"), Goer("p2", "ศึกษานิเทศก์ คนที่ 2")]


def school(key: int, **facts: object) -> SchoolFacts:
    usual: dict[str, object] = {"key": key, "name": f"โรงเรียนตัวอย่างที่ {key}", "supervisor": "p1"}
    return SchoolFacts(**{**usual, **facts})  # type: ignore[arg-type]


def question(schools: list[SchoolFacts], **given: object) -> Question:
    usual: dict[str, object] = {
        "schools": schools,
        "supervisors": SUPERVISORS,
        "members": [],
        "windows": [SECOND],
        "blocked": {},
    }
    return Question(**{**usual, **given})  # type: ignore[arg-type]


def test_every_school_has_a_visit_in_every_semester() -> None:
    schools = [school(key, supervisor=f"p{1 + key % 2}") for key in range(1, 31)]
    found = propose(question(schools, windows=[SECOND, FIRST]))
    for window in (SECOND, FIRST):
        assert sorted(one.school for one in found.visits if one.window == window) == list(
            range(1, 31)
        )
        assert all(
            window.first <= one.day <= window.last for one in found.visits if one.window == window
        )
    assert found.unplaced == []


def test_the_same_facts_give_the_same_plan_in_whatever_order_they_come() -> None:
    schools = [school(key, place=(13 + key % 7 / 50, 99.9 + key % 5 / 40)) for key in range(1, 21)]
    once = propose(question(schools)).visits
    again = propose(question(list(reversed(schools)))).visits
    assert once == again


def test_no_visit_falls_on_a_weekend_a_holiday_or_an_examination() -> None:
    exam = {date(2012, 2, 1) + timedelta(days=at): "สอบ O-NET" for at in range(29)}
    found = propose(question([school(key) for key in range(1, 41)], blocked=exam))
    assert all(one.day.weekday() < 5 and one.day not in exam for one in found.visits)
    assert len(found.visits) == 40


def test_a_school_in_more_need_is_visited_earlier() -> None:
    schools = [
        school(1, last_visit=date(2011, 9, 1)),
        school(2, last_visit=date(2011, 9, 1), agreements=3, overdue=2),
        school(3, last_visit=date(2011, 9, 1), needs=("การวัดผล",), need_strength=3),
        school(4),
    ]
    alone = SUPERVISORS[:1]
    found = propose(question(schools, supervisors=alone, settings=Settings(most_a_day=1)))
    assert [one.school for one in found.visits] == [4, 2, 3, 1]


def test_the_reasons_of_a_visit_say_what_the_weight_is_made_of() -> None:
    held = school(
        1,
        last_visit=date(2011, 3, 1),
        agreements=2,
        overdue=1,
        needs=("ขาดครูคณิตศาสตร์", "สื่อ"),
        below=("O-NET ป.6 คณิตศาสตร์ 35.20 (เขต 41.10, สอบ 12 คน)",),
        is_small=True,
        pupils=45,
        lacks_head=True,
    )
    words = reasons_of(held, SECOND.first)
    assert words == (
        "นิเทศครั้งล่าสุด 1 มี.ค. 2554 (8 เดือนก่อน)",
        "มีข้อตกลงร่วมกันที่ยังค้าง 2 เรื่อง เกินกำหนดแล้ว 1 เรื่อง",
        "ความต้องการจำเป็นที่ยังไม่ได้รับการตอบสนอง 2 เรื่อง เช่น ขาดครูคณิตศาสตร์",
        "ผลการทดสอบต่ำกว่าค่าเฉลี่ยของเขต: O-NET ป.6 คณิตศาสตร์ 35.20 (เขต 41.10, สอบ 12 คน)",
        "โรงเรียนขนาดเล็ก นักเรียน 45 คน",
        "ตำแหน่งผู้บริหารสถานศึกษาว่าง",
    )
    assert weight_of(held, SECOND.first) == 8 + (2 * 3 + 3) + 0 + 4 + 3 + 3
    assert weight_of(replace(held, need_strength=2), SECOND.first) == 27 + 6
    assert reasons_of(school(2), SECOND.first) == ("ยังไม่มีบันทึกว่าเคยไปนิเทศ",)


def test_supervisors_go_to_their_own_schools_and_nobody_has_much_more_than_a_fair_share() -> None:
    schools = [school(key, supervisor="p1") for key in range(1, 19)]
    schools += [school(key, supervisor="p2") for key in range(19, 21)]
    found = propose(question(schools))
    load = {
        key: [one.school for one in found.visits if one.goers == (key,)] for key in ("p1", "p2")
    }
    assert (len(load["p1"]), len(load["p2"])) == (12, 8)
    assert {19, 20} <= set(load["p2"])
    passed = next(one for one in found.visits if one.school in load["p2"] and one.school < 19)
    assert "แบ่งจาก ศึกษานิเทศก์ คนที่ 1 ซึ่งมีภาระเกินส่วนเฉลี่ย" in passed.every_reason


def test_neighbours_share_a_day_and_distant_schools_do_not() -> None:
    near, far = (13.10, 99.94), (13.60, 99.60)
    schools = [
        school(1, place=near),
        school(2, place=(13.12, 99.95)),
        school(3, place=far),
        school(4, network="เครือข่ายที่ 1", district="บ้านแหลม"),
        school(5, network="เครือข่ายที่ 1", district="บ้านแหลม"),
    ]
    days = {one.school: one.day for one in propose(question(schools)).visits}
    assert days[1] == days[2] and days[4] == days[5]
    assert len({days[1], days[3], days[4]}) == 3
    reasons = {one.school: one.every_reason for one in propose(question(schools)).visits}
    assert (
        reasons[1][-1]
        == f"ไปวันเดียวกับ โรงเรียนตัวอย่างที่ 2 ห่าง {great_circle_km(near, (13.12, 99.95)):.1f} กม."
    )
    assert reasons[4][-1] == "ไปวันเดียวกับ โรงเรียนตัวอย่างที่ 5 (เครือข่ายเดียวกัน)"


def test_nobody_goes_to_more_schools_a_day_than_the_planner_says() -> None:
    schools = [school(key, place=(13.1, 99.9)) for key in range(1, 11)]
    found = propose(question(schools, settings=Settings(most_a_day=3)))
    for goer in ("p1", "p2"):
        days = [one.day for one in found.visits if one.goers == (goer,)]
        assert max(days.count(day) for day in days) <= 3


def test_a_day_on_which_another_body_comes_is_left_out_and_the_visit_says_so() -> None:
    alone = propose(question([school(1)])).visits[0].day
    span = Span(alone, alone + timedelta(days=1), "สพฐ. เข้าโรงเรียน")
    moved = propose(question([school(1, closed=(span,))])).visits[0]
    assert moved.day > span.ends_on
    assert any("สพฐ. เข้าโรงเรียน" in one for one in moved.every_reason)


def test_what_stands_is_not_proposed_again_and_keeps_its_people_busy() -> None:
    there = Standing(1, SUPERVISION, date(2011, 12, 14), ("p1",))
    found = propose(question([school(1), school(2)], standing=[there]))
    assert [one.school for one in found.visits] == [2]
    assert all(one.day != there.day for one in found.visits if "p1" in one.goers)


def test_without_days_or_supervisors_schools_are_named_and_nothing_is_forced() -> None:
    week = Window(2554, 2, date(2011, 11, 1), date(2011, 11, 2))
    crowded = propose(
        question(
            [school(key) for key in range(1, 8)], windows=[week], settings=Settings(most_a_day=1)
        )
    )
    assert len(crowded.visits) == 4
    assert len(crowded.unplaced) == 3 and "ไม่มีวันว่าง" in crowded.unplaced[0].why
    nobody = propose(question([school(1)], supervisors=[]))
    assert (nobody.visits, len(nobody.unplaced)) == ([], 1)
    assert open_days(Window(2554, 2, date(2011, 11, 5), date(2011, 11, 6)), {}) == []


def test_every_member_goes_every_semester_with_the_schools_supervisor_beside_them() -> None:
    members = [Goer(f"m{at}", f"กรรมการ คนที่ {at}") for at in range(1, 12)]
    schools = [
        school(key, network=f"เครือข่ายที่ {key % 4}", supervisor=f"p{1 + key % 2}")
        for key in range(1, 21)
    ]
    found = propose(question(schools, members=members, windows=[SECOND, FIRST]))
    for window in (SECOND, FIRST):
        went = [
            goer
            for one in found.visits
            if one.kind == COMMITTEE and one.window == window
            for goer in one.goers
        ]
        assert sorted(went) == sorted(one.key for one in members)
    seen = [one for one in found.visits if one.kind == COMMITTEE]
    assert len({one.school for one in seen}) == len(seen)
    assert all(one.companion in {"p1", "p2"} for one in seen)
    assert all("กรรมการทุกคน" in one.reasons[0] for one in seen)
    busy = [(goer, one.day) for one in found.visits for goer in (*one.goers, one.companion) if goer]
    led = [(one.goers[0], one.day, one.group) for one in found.visits if one.kind == SUPERVISION]
    assert not {(goer, day) for goer, day, _ in led} & {(one.companion, one.day) for one in seen}
    assert len(busy) > 40


def test_a_member_who_has_gone_is_not_sent_again() -> None:
    there = Standing(9, COMMITTEE, date(2011, 12, 1), ("m1",))
    found = propose(
        question(
            [school(1), school(9)], members=[Goer("m1", "ก"), Goer("m2", "ข")], standing=[there]
        )
    )
    assert [one.goers for one in found.visits if one.kind == COMMITTEE] == [("m2",)]


@pytest.mark.parametrize("times", [1, 2])
def test_a_school_has_as_many_visits_a_semester_as_the_planner_says(times: int) -> None:
    found = propose(question([school(1), school(2)], settings=Settings(visits_per_semester=times)))
    days = [one.day for one in found.visits if one.school == 1]
    assert len(days) == times == len(set(days))


def test_a_later_semester_counts_the_visit_of_the_earlier_one() -> None:
    found = propose(question([school(1)], windows=[SECOND, FIRST]))
    assert found.visits[1].reasons[0].startswith("ครั้งก่อนที่วางแผนไว้ ")
    assert found.visits[1].weight < found.visits[0].weight


def test_visits_planned_outside_of_the_plan_are_load_of_who_goes() -> None:
    outside = [
        Standing(100 + at, SUPERVISION, date(2011, 11, 7) + timedelta(days=at), ("p1",))
        for at in range(5)
    ]
    schools = [school(key) for key in range(1, 11)]
    alone = propose(question(schools)).visits
    beside = propose(question(schools, standing=outside)).visits
    mine = [sum(1 for one in found if one.goers == ("p1",)) for found in (alone, beside)]
    assert mine[0] > mine[1]
    assert mine[1] + len(outside) <= 9  # at most 15 % above an even share of fifteen visits


def test_nobody_goes_elsewhere_on_a_day_that_has_a_visit_of_theirs() -> None:
    days = [date(2011, 11, 1) + timedelta(days=at) for at in range(60)]
    outside = [Standing(100 + at, SUPERVISION, day, ("p1",)) for at, day in enumerate(days)]
    found = propose(
        question(
            [school(key) for key in range(1, 9)], supervisors=SUPERVISORS[:1], standing=outside
        )
    )
    assert len(found.visits) == 8 and not {one.day for one in found.visits} & set(days)


def test_a_visit_by_telephone_leaves_the_school_to_be_visited() -> None:
    called = Standing(1, SUPERVISION, date(2011, 12, 6), ("p1",), is_on_site=False)
    seen = Standing(2, SUPERVISION, date(2011, 12, 7), ("p1",))
    found = propose(question([school(1), school(2)], standing=[called, seen]))
    assert [one.school for one in found.visits] == [1]


def test_a_visit_planned_by_hand_is_the_last_one_before_the_next_semester() -> None:
    by_hand = Standing(1, SUPERVISION, date(2012, 3, 6), ("p1",))
    missed = Standing(2, SUPERVISION, date(2012, 3, 6), ("p1",), is_to_come=False)
    found = propose(
        question([school(1), school(2)], windows=[FIRST], standing=[by_hand, missed])
    ).visits
    first = {one.school: one.reasons[0] for one in found}
    assert first[1] == "ครั้งก่อนที่วางแผนไว้ 6 มี.ค. 2555"
    assert first[2] == "ยังไม่มีบันทึกว่าเคยไปนิเทศ"
