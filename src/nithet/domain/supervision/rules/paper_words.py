"""The words of the papers that send a team and tell the school: order, memorandum for leave, letter with its schedule.

Each answers the title and the data of its kind by key. Words are a proposal, changed in Word; facts are those of the record.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from nithet.domain.supervision.rules.copy_paper import MODES
from nithet.domain.supervision.rules.paper_facts import (
    DOTS,
    SHORT_DOTS,
    Row,
    VisitFacts,
    day_words,
    days_words,
    hours_words,
    joined,
    listed,
    numbered,
    place_words,
)
from nithet.kernel.thai_dates import format_date

Worded = tuple[str, dict[str, Any]]

DUTIES = (
    "ศึกษาข้อมูล ความต้องการ และข้อตกลงครั้งก่อนของโรงเรียน",
    "ให้คำปรึกษา ช่วยเหลือ และแลกเปลี่ยนเรียนรู้กับโรงเรียนตามกำหนดการ",
    "บันทึกผล ทำข้อตกลงร่วมกันกับโรงเรียน และรายงานผล",
)
_EMPTY_SEATS = 3


def order_words(visits: Sequence[VisitFacts], office: str) -> Worded:
    """คำสั่งแต่งตั้งคณะนิเทศ, of one visit or of several."""
    action = visits[0].action
    team = "คณะตรวจเยี่ยมโรงเรียน" if visits[0].is_committee else "คณะนิเทศการศึกษา"
    where = _where(visits)
    subject = f"แต่งตั้ง{team} {where}"
    purposes = _told(visits, "purpose")
    projects = _told(visits, "project")
    reason = (
        f"ด้วย{office} กำหนดออก{action}{where} {days_words([one.day for one in visits])} "
        f"{_about(purposes)}{_project(projects)}"
    )
    if len(visits) == 1 and visits[0].needs:
        reason += f" เพื่อตอบความต้องการจำเป็นของโรงเรียน ได้แก่ {visits[0].main_needs}"
    return subject, {
        "subject": subject,
        "body": listed((f"{reason} จึงแต่งตั้ง{team} ดังต่อไปนี้",)),
        "several": "มี" if len(visits) > 1 else "",
        "schools": _schedule(visits),
        "members": _members(visits),
        "duties": numbered(DUTIES),
        "effective": "ตั้งแต่บัดนี้เป็นต้นไป",
    }


def travel_words(visits: Sequence[VisitFacts], office: str) -> Worded:
    """บันทึกข้อความขออนุญาตไปราชการ, with what is asked of cars and money left for the office to tick."""
    first = visits[0]
    action = first.action
    subject = f"ขออนุญาตเดินทางไปราชการเพื่อ{action}{_where(visits)}"
    people = _people(visits)
    order = _order_of(visits)
    count = f" จำนวน {len(people)} คน" if people else ""
    reason = (
        f"{order}ข้าพเจ้าและคณะตามรายชื่อข้างล่างนี้{count} ขออนุญาตเดินทางไปราชการเพื่อ{action} "
        f"{_about(_told(visits, 'purpose'))} ณ {place_words(first) if len(visits) == 1 else _where(visits)} "
        f"{days_words([one.day for one in visits])}"
    )
    if len(visits) == 1:
        reason += f" {hours_words(first.content)}"
    projects = _told(visits, "project")
    return subject, {
        "subject": subject,
        "to": f"ผู้อำนวยการ{office}",
        "body": listed((reason,)),
        "several": "มี" if len(visits) > 1 else "",
        "schools": _schedule(visits),
        "members": _members(visits),
        "project": joined(projects) or DOTS,
        "asker": people[0] if people else DOTS,
        "closing": "จึงเรียนมาเพื่อโปรดพิจารณาอนุญาต",
    }


def letter_words(visit: VisitFacts, office: str) -> Worded:
    """หนังสือแจ้งโรงเรียน, with the schedule on its second page."""
    subject = f"แจ้งกำหนดการ{visit.action}โรงเรียน"
    way = visit.content["mode"]
    how = "" if way == "on_site" else f" ({MODES[way]})"
    purpose = visit.content["purpose"]
    body = [
        f"ด้วย{office} กำหนด{visit.action}{visit.school}{how} ใน{day_words(visit.day)} "
        f"{hours_words(visit.content)} {_about([purpose] if purpose else [])}"
        + (f" โดยมี{joined(visit.visitors)} เป็นผู้{visit.action}" if visit.visitors else "")
    ]
    if visit.needs:
        body.append(f"การ{visit.action}ครั้งนี้มุ่งตอบความต้องการจำเป็นของโรงเรียน ได้แก่ {visit.main_needs}")
    body.append(
        f"จึงเรียนมาเพื่อทราบและแจ้งผู้ที่เกี่ยวข้อง หากวันเวลาดังกล่าวไม่สะดวก โปรดแจ้ง{office} เพื่อกำหนดวันใหม่ร่วมกัน"
    )
    enclosures = [Row(number="1", title="กำหนดการ", count="จำนวน 1 ฉบับ")]
    for title in visit.content["instruments"]:
        enclosures.append(Row(number=str(len(enclosures) + 1), title=title, count="จำนวน 1 ฉบับ"))
    return f"{subject} {visit.school}", {
        "subject": subject,
        "to": f"ผู้อำนวยการ{visit.school}",
        "reference": _reference(visit),
        "enclosures": enclosures,
        "body": listed(body),
        "closing": "ขอแสดงความนับถือ",
        "school": visit.school,
        "visit_day": f"{day_words(visit.day)} {hours_words(visit.content)}",
        "steps": _steps(visit),
        "members": _members([visit]),
    }


def _steps(visit: VisitFacts) -> list[Row]:
    """The schedule: the hours recorded stand at its ends, those between are left to be agreed with the school."""
    start, end = (visit.content[name].replace(":", ".") for name in ("starts_at", "ends_at"))
    things = [f"พบผู้บริหารและครู ชี้แจงเรื่องที่จะ{visit.action}"]
    if visit.open_agreements:
        things.append(f"ทบทวนข้อตกลงครั้งก่อนที่ยังต้องทำ {len(visit.open_agreements)} ข้อ")
    about = visit.content["purpose"] or DOTS
    tools = joined(visit.content["instruments"])
    things.append(f"{visit.action} เรื่อง {about}" + (f" โดยใช้{tools}" if tools else ""))
    things.append("สะท้อนผลร่วมกัน และทำข้อตกลงร่วมกัน")
    times = [f"{start} น." if start else SHORT_DOTS, *([SHORT_DOTS] * (len(things) - 1))]
    rows = [Row(time=time, text=text) for time, text in zip(times, things, strict=True)]
    rows.append(Row(time=f"{end} น." if end else SHORT_DOTS, text="เสร็จสิ้น"))
    return rows


def _reference(visit: VisitFacts) -> str:
    if not visit.order_number:
        return ""
    day = f" ลงวันที่ {format_date(visit.order_dated)}" if visit.order_dated else ""
    return f"คำสั่งที่ {visit.order_number}{day}"


def _order_of(visits: Sequence[VisitFacts]) -> str:
    numbers = {one.order_number for one in visits}
    if len(numbers) != 1 or not visits[0].order_number:
        return "ด้วย"
    return f"ตาม{_reference(visits[0])} "


def _about(purposes: Sequence[str]) -> str:
    return f"เรื่อง {joined(purposes) or DOTS}"


def _project(projects: Sequence[str]) -> str:
    if not projects:
        return ""
    named = [one if one.startswith("โครงการ") else f"โครงการ{one}" for one in projects]
    return f" ตาม{joined(named)}"


def _told(visits: Iterable[VisitFacts], key: str) -> list[str]:
    return list(dict.fromkeys(one.content[key] for one in visits if one.content[key]))


def _schools(visits: Iterable[VisitFacts]) -> int:
    return len({one.school for one in visits})


def _where(visits: Sequence[VisitFacts]) -> str:
    if _schools(visits) == 1:
        return visits[0].school
    return f"โรงเรียน จำนวน {_schools(visits)} โรงเรียน"


def _people(visits: Iterable[VisitFacts]) -> list[str]:
    return list(dict.fromkeys(name for one in visits for name in (*one.visitors, *one.companions)))


def _schedule(visits: Sequence[VisitFacts]) -> list[Row]:
    rows = sorted(visits, key=lambda one: (one.day, one.content["starts_at"], one.school))
    return [
        Row(
            number=str(n),
            school=one.school,
            day=format_date(one.day, "short"),
            time=_clock(one),
            way=MODES[one.content["mode"]],
        )
        for n, one in enumerate(rows, 1)
    ]


def _clock(visit: VisitFacts) -> str:
    """The hours of a row; its heading says of what."""
    said = hours_words(visit.content).removeprefix("เวลา ").removeprefix("ตั้งแต่เวลา ")
    return said.removesuffix(" น.")


def _members(visits: Sequence[VisitFacts]) -> list[Row]:
    """Who goes, with the numbers of their schools where there are several; empty seats are dotted."""
    rows = sorted(visits, key=lambda one: (one.day, one.content["starts_at"], one.school))
    seen: dict[tuple[str, str], list[str]] = {}
    for n, visit in enumerate(rows, 1):
        duty = f"ผู้{visit.action}"
        for title in visit.visitors:
            seen.setdefault((title, duty), []).append(str(n))
        for title in visit.companions:
            seen.setdefault((title, "ผู้ร่วมเดินทาง"), []).append(str(n))
    where = "ทุกโรงเรียน" if len(rows) > 1 else "1"
    found = [
        Row(
            number=str(n),
            title=title,
            duty=duty,
            schools=where if len(places) == len(rows) else ", ".join(places),
        )
        for n, ((title, duty), places) in enumerate(seen.items(), 1)
    ]
    return found or [
        Row(number=str(n), title=DOTS, duty=SHORT_DOTS, schools="")
        for n in range(1, _EMPTY_SEATS + 1)
    ]
