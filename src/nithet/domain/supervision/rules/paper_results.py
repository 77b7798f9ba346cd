"""The words of the papers that a visit leaves behind: report, copy for the school, slip, photo news, text for LINE."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from nithet.domain.supervision.rules.copy_paper import ANSWERS, IN_WORK, MODES
from nithet.domain.supervision.rules.paper_facts import (
    DOTS,
    LONG_DOTS,
    SHORT_DOTS,
    Row,
    VisitFacts,
    day_words,
    fitted,
    hours_words,
    joined,
    shortened,
    wide,
)
from nithet.kernel.thai_dates import format_date

Worded = tuple[str, dict[str, Any]]

GROUPS = (
    ("จุดเด่น", ("impression",)),
    ("สิ่งที่พบเห็น", ("problem",)),
    ("ความต้องการของโรงเรียน", ("need",)),
    ("ชวนคิด", ("to_develop", "suggestion")),
)
"""The default sheet, help first: heading and the kinds of findings below it."""
NEWS_WORDS = 80
"""About so many words fit under the photographs."""
_SLIP_ROOM = 66
"""Two lines of a slip, by what takes room."""
_POSITIONS = ("อำนวยการ", "ผอ.", "บริหาร", "รอง", "รักษาการ", "รักษาราชการ", "ปฏิบัติหน้าที่", "หัวหน้า", "ครู")
_SIGNER_ROOM = 20
"""One line below a signature on the slip, by what takes room."""
_LINE_LETTERS = 140


def report_words(visit: VisitFacts, office: str) -> Worded:
    """บันทึกข้อความรายงานผลการนิเทศ เสนอ ผอ."""
    subject = f"รายงานผลการ{visit.action}{visit.school}"
    sent = f"ตามคำสั่งที่ {visit.order_number} " if visit.order_number else "ตามที่"
    what = "ได้" if visit.order_number else f"{office} กำหนด{visit.action}โรงเรียน นั้น บัดนี้ได้"
    way = "" if visit.content["mode"] == "on_site" else f"{MODES[visit.content['mode']]} "
    opening = (
        f"{sent}{what}{visit.action}{visit.school} {way}"
        f"เมื่อ{day_words(visit.day)} {hours_words(visit.content)} "
        f"เรื่อง {visit.about or DOTS} เรียบร้อยแล้ว สรุปผลดังนี้"
    )
    return subject, {
        "subject": subject,
        "to": f"ผู้อำนวยการ{office}",
        "body": [{"text": opening}],
        "results": list(_results(visit)),
        "checks": _checks(visit),
        "agreements": _agreements(visit),
        "has_checks": "มี" if visit.content["checks"] else "",
        "members": _team(visit),
        "writer": _writer(visit),
        "school_words": visit.school_words,
        "in_work": _in_work(visit),
        "development": _development(visit),
        "has_development": "มี" if visit.content["development"] else "",
        "photos": f"มีภาพถ่าย {visit.photos} ภาพแนบไว้กับบันทึกการนิเทศ" if visit.photos else "",
        "closing": "จึงเรียนมาเพื่อโปรดทราบ",
    }


def copy_words(visit: VisitFacts, office: str) -> Worded:
    """สำเนาการนิเทศ, which stays with the school."""
    name = "บันทึกการตรวจเยี่ยมโรงเรียน" if visit.is_committee else "บันทึกการนิเทศการศึกษา"
    return f"สำเนาการ{visit.action} {visit.school} {format_date(visit.day, 'short')}", {
        "name": name,
        "school": visit.school,
        "when": f"{day_words(visit.day)} {hours_words(visit.content)}",
        "way": _way(visit),
        "who": joined(_everybody(visit)) or DOTS,
        "subject": visit.content["purpose"] or DOTS,
        "tools": joined(visit.content["instruments"]) or DOTS,
        "needs": joined(visit.needs) or DOTS,
        "results": list(_results(visit)),
        "checks": _checks(visit),
        "has_checks": "มี" if visit.content["checks"] else "",
        "agreements": _agreements(visit),
        "school_words": visit.school_words or LONG_DOTS,
        "school_signer": visit.school_signed_by or DOTS,
        "school_signer_role": "" if _has_position(visit.school_signed_by) else "ผู้บริหารสถานศึกษา",
        "members": _team(visit),
        "writer": _writer(visit),
    }


def slip_words(visit: VisitFacts, office: str) -> Worded:
    """ใบติดสมุดนิเทศ: what fits on ten by fifteen centimetres; the whole stands behind the QR."""
    agreed = [
        (one["text"], f" (ภายใน {_day(one['due_on'])})" if one["due_on"] else "")
        for one in visit.content["agreements"]
    ]
    rows = [
        row
        for heading, kinds in GROUPS
        for row in _block(heading, [(one, "") for one in visit.found(*kinds)], most=1)
    ]
    # A sheet of ten by fifteen centimetres holds twelve such lines; the signatures must stay on it.
    is_full = len(rows) == len(GROUPS)
    rows += _block("ตกลงร่วมกัน", agreed, most=1 if is_full else 2) or [
        Row(heading="ตกลงร่วมกัน", text=LONG_DOTS[:60])
    ]
    return f"ใบติดสมุดนิเทศ {visit.school} {format_date(visit.day, 'short')}", {
        "name": f"บันทึกการ{visit.action}",
        "school": fitted(visit.school, 44),
        "when": f"{format_date(visit.day, 'short')} {hours_words(visit.content)}",
        "who": fitted(joined(_everybody(visit)), 60) or DOTS,
        "subject": fitted(visit.content["purpose"], 34 if is_full else 64) or DOTS,
        "results": rows,
        "return_words": "ส่งใบที่ลงนามแล้วกลับ",
        "visitor_name": _below(visit.visitors[0] if visit.visitors else ""),
        "school_name": _below(visit.school_signed_by),
    }


def news_words(visit: VisitFacts, office_short: str) -> dict[str, str]:
    """What the photo news of a visit proposes: headline, words, who, where, when."""
    good = visit.found("impression")
    purpose = visit.content["purpose"]
    who = joined(visit.visitors)
    opening = f"{format_date(visit.day)} {who or office_short} {visit.action}{visit.school}" + (
        f" เรื่อง {purpose}" if purpose else ""
    )
    agreed = [one["text"] for one in visit.content["agreements"]]
    words = [opening]
    if good:
        words.append(f"พบสิ่งที่น่าชื่นชม ได้แก่ {joined(good[:2])}")
    if agreed:
        words.append(f"และตกลงร่วมกันว่าจะ{joined(agreed[:2])}")
    return {
        "headline": shortened(f"{office_short} {visit.action}{visit.school}", 80),
        "news": shortened(" ".join(words), 420),
        "who": who or DOTS,
        "where": visit.school,
        "when": day_words(visit.day),
    }


def line_text(visit: VisitFacts, link: str) -> str:
    """Two to five lines to paste into LINE: what is due first, then what it is about, the short link last."""
    content = visit.content
    if not visit.is_done:
        hours = hours_words(content) if content["starts_at"] else ""
        lines = [
            f"{format_date(visit.day, 'short')} {hours}".strip() + f" {visit.action}{visit.school}"
        ]
        if content["purpose"]:
            lines.append(f"เรื่อง {content['purpose']}")
        if visit.visitors:
            lines.append(f"ผู้{visit.action} {joined(visit.visitors)}")
        if visit.open_agreements:
            lines.append(f"ทบทวนข้อตกลงครั้งก่อนที่ยังต้องทำ {len(visit.open_agreements)} ข้อ")
    else:
        lines = list(_agreed_lines(content["agreements"]))
        lines.append(f"จากการ{visit.action}{visit.school} {format_date(visit.day, 'short')}")
        if good := visit.found("impression"):
            lines.append(f"จุดเด่น: {good[0]}")
    kept = [shortened(one, _LINE_LETTERS) for one in lines][:4]
    return "\n".join([*kept, *filter(None, (link,))])


def _agreed_lines(agreements: Sequence[Any]) -> Iterator[str]:
    rows = sorted(agreements, key=lambda one: one["due_on"] or "9999")
    if not rows:
        return
    first = rows[0]
    due = f"ภายใน {_day(first['due_on'])} " if first["due_on"] else ""
    yield f"{due}{first['text']}" + (f" ({first['owner']})" if first["owner"] else "")
    if len(rows) > 1:
        yield f"และข้อตกลงอีก {len(rows) - 1} ข้อ"


def _block(heading: str, texts: Sequence[tuple[str, str]], *, most: int) -> list[Row]:
    """The first of some texts below a heading, each with what must stay after it, on two lines; and how many more there are."""
    left = len(texts) - most
    more = f" (และอีก {left} ข้อ)" if left > 0 else ""
    rows = []
    for n, (text, after) in enumerate(texts[:most]):
        head = heading if n == 0 else ""
        tail = after + (more if n + 1 == most else "")
        rows.append(Row(heading=head, text=fitted(text, _SLIP_ROOM - wide(head + tail)) + tail))
    return rows


def _way(visit: VisitFacts) -> str:
    mode = visit.content["mode"]
    return "" if mode == "on_site" else f"({MODES[mode]})"


def _results(visit: VisitFacts) -> Iterator[Row]:
    """Heading lines and their points; a heading without a point is left out, and where nothing is, lines to write on."""
    said = False
    for heading, kinds in GROUPS:
        for n, text in enumerate(visit.found(*kinds), 1):
            said = True
            yield Row(heading=heading if n == 1 else "", text=f"{n}. {text}")
    if not said:
        for heading, _ in GROUPS:
            yield Row(heading=heading, text=LONG_DOTS)


def _checks(visit: VisitFacts) -> list[Row]:
    return [
        Row(
            number=str(n),
            text=one["agreement"],
            answer=ANSWERS[one["answer"]],
            note=f"({one['note']})" if one["note"] else "",
        )
        for n, one in enumerate(visit.content["checks"], 1)
    ]


def _in_work(visit: VisitFacts) -> str:
    """How far quality assurance is part of normal work, and what was seen of it; "" where nobody said."""
    said = (IN_WORK.get(visit.content["qa_in_work"], ""), visit.content["qa_seen"])
    return " – ".join(filter(None, said))


def _development(visit: VisitFacts) -> list[Row]:
    return [
        Row(
            number=str(n),
            text=" · ".join(filter(None, (one["topic"], one["words"], one["note"]))),
        )
        for n, one in enumerate(visit.content["development"], 1)
    ]


def _agreements(visit: VisitFacts) -> list[Row]:
    rows = [
        Row(
            number=str(n),
            text=one["text"],
            owner=one["owner"] or SHORT_DOTS,
            due=_day(one["due_on"]) or SHORT_DOTS,
        )
        for n, one in enumerate(visit.content["agreements"], 1)
    ]
    return rows or [Row(number="1", text=DOTS, owner=SHORT_DOTS, due=SHORT_DOTS)]


def _team(visit: VisitFacts) -> list[Row]:
    duty = f"ผู้{visit.action}"
    rows = [(one, duty) for one in visit.visitors] + [
        (one, "ผู้ร่วมเดินทาง") for one in visit.companions
    ]
    return [
        Row(number=str(n), title=title, duty=said)
        for n, (title, said) in enumerate(rows or [(DOTS, duty)], 1)
    ]


def _everybody(visit: VisitFacts) -> list[str]:
    return [*visit.visitors, *visit.companions]


def _has_position(signed_by: str) -> bool:
    """Whether the text of a signature says a position beside the name."""
    return any(word in signed_by for word in _POSITIONS)


def _below(name: str) -> str:
    """A name in brackets for one line below a signature on the slip; "" where it is not known."""
    return f"({fitted(name, _SIGNER_ROOM)})" if name else ""


def _writer(visit: VisitFacts) -> str:
    """Who wrote the record, as it is stored; never who prints."""
    return visit.content["written_by"] or DOTS


def _day(iso: str | None) -> str:
    return format_date(date.fromisoformat(iso), "short") if iso else ""
