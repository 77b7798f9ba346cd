"""The information for planning on paper (เอกสารสารสนเทศเพื่อวางแผนการนิเทศ) and as rows; official Thai."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.supervision.rules.information import Content, carried
from nithet.domain.supervision.rules.paper_parts import NOT_STATED, fact, table
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    Running,
    Spacer,
    paragraph,
)
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel.numerals import Numerals
from nithet.kernel.thai_dates import format_date

TITLE = "เอกสารสารสนเทศเพื่อวางแผนการนิเทศ"
KINDS = {
    "visit": "ข้อค้นพบจากการนิเทศ",
    "own_word": "คำขอของโรงเรียน",
    "results": "ผลการทดสอบ",
    "staffing": "อัตรากำลัง",
    "size": "ขนาดโรงเรียน",
    "survey": "แบบสำรวจความต้องการ",
    "other": "แหล่งอื่น",
}
STRENGTHS = {1: "ปกติ", 2: "มาก", 3: "เร่งด่วน"}
FINDINGS = {
    "impression": "ประทับใจ",
    "problem": "ปัญหา",
    "need": "ความต้องการ",
    "to_develop": "ควรพัฒนา",
    "suggestion": "ข้อเสนอแนะ",
}
VISITS = {"supervision": "นิเทศ", "committee": "ตรวจเยี่ยม"}
HEADS = {"present": "มี", "vacant": "ว่าง", "acting": "รักษาการ"}


@dataclass(frozen=True, slots=True)
class PackPrint:
    """What stands around a pack on paper. `number` 0: not frozen, so it is marked as a draft; `frozen` says who and when."""

    number: int = 0
    frozen: str = ""
    digest: str = ""
    dated: date | None = None
    numerals: Numerals = "arabic"


def title_of(content: Content) -> str:
    """Return the title with its year."""
    return f"{TITLE} ปีงบประมาณ {content['fiscal_year']}"


def information_document(content: Content, printed: PackPrint) -> Document:
    """Lay the information out: what the area looks like, needs, results, staffing, and last findings by school."""
    as_at = format_date(date.fromisoformat(content["as_at"]))
    schools = content["schools"]
    title = title_of(content)
    blocks: list[Block] = [
        Heading(1, TITLE, Align.CENTER),
        paragraph(f"ปีงบประมาณ {content['fiscal_year']}", align=Align.CENTER, bold=True),
        paragraph(content["office"], align=Align.CENTER),
        paragraph(f"ข้อมูล ณ วันที่ {as_at}", align=Align.CENTER),
    ]
    if printed.frozen:
        blocks.append(paragraph(printed.frozen, align=Align.CENTER))
    if any(one["is_example"] for one in schools):
        blocks.append(paragraph("มีโรงเรียนตัวอย่างที่ไม่ใช่โรงเรียนจริง (ข้อมูลตัวอย่าง)", align=Align.CENTER))
    blocks += [Spacer(4), Heading(2, "1. ภาพรวมของเขตพื้นที่"), *_whole(content)]
    blocks += [Spacer(4), Heading(2, "2. ความต้องการจำเป็นของโรงเรียน"), *_needs(content)]
    blocks += [Spacer(4), Heading(2, "3. ขนาดโรงเรียนและอัตรากำลัง"), *_staffing(content)]
    blocks += [Spacer(4), Heading(2, "4. ผลการทดสอบระดับชาติ"), *_results(content)]
    blocks += [Spacer(4), Heading(2, "5. ข้อค้นพบจากการนิเทศครั้งล่าสุด"), *_visits(schools)]
    return Document(
        title=title,
        blocks=tuple(blocks),
        page=Page(left=25.0, right=20.0),
        running=Running(
            head=title,
            mark="" if printed.number else "ร่าง",
            number=f"ฉบับที่ {printed.number} · {printed.digest[:12]}"
            if printed.number
            else "ยังไม่อนุมัติแผน",
            pages="หน้า {page} จาก {pages}",
        ),
        thai_digits=printed.numerals == "thai",
        organisation=content["office"],
        dated=printed.dated,
    )


def _whole(content: Content) -> list[Block]:
    found = content["totals"]
    n = found["schools"]
    by_kind = " ".join(
        f"{KINDS[kind]} {count} เรื่อง" for kind, count in sorted(found["needs_by_kind"].items())
    )
    return [
        fact("โรงเรียนทั้งหมด", f"{n} โรงเรียน"),
        fact("นักเรียน", f"{found['pupils']:,} คน (ทราบ {found['pupils_known']} จาก {n} โรงเรียน)"),
        fact(
            "โรงเรียนที่มีความต้องการจำเป็นในทะเบียน",
            f"{found['with_needs']} จาก {n} โรงเรียน รวม {found['needs']} เรื่อง",
        ),
        fact("ในจำนวนนี้ยกมาจากปีก่อน", f"{carried(content)} จาก {found['needs']} เรื่อง"),
        fact("ที่มาของความต้องการจำเป็น", by_kind),
        fact("โรงเรียนที่ไม่มีผู้อำนวยการ", f"{found['without_head']} จาก {n} โรงเรียน"),
        fact("โรงเรียนที่มีผลการทดสอบระดับชาติ", f"{found['with_results']} จาก {n} โรงเรียน"),
        fact("โรงเรียนที่ยังไม่มีบันทึกการนิเทศ", f"{found['never_visited']} จาก {n} โรงเรียน"),
    ]


def _needs(content: Content) -> list[Block]:
    year = content["fiscal_year"]
    rows = [
        (
            _name(school),
            "\n".join(_need(at, need, year) for at, need in enumerate(school["needs"], 1)),
        )
        for school in content["schools"]
        if school["needs"]
    ]
    if not rows:
        return [paragraph("ยังไม่มีความต้องการจำเป็นในทะเบียน")]
    return [table(("โรงเรียน", "ความต้องการจำเป็น (ที่มา)"), (2, 7), rows)]


def _need(at: int, need: Content, year: int) -> str:
    shown = f": {need['because']}" if need["because"] else ""
    strong = f" ระดับ{STRENGTHS[need['strength']]}" if need["strength"] > 1 else ""
    return f"{at}. {need['text']} ({KINDS[need['kind']]}{shown}){strong}{carried_words(need, year)}"


def carried_words(need: Content, year: int) -> str:
    """Say from which year a need is carried into the one that is planned; "" for one of that year."""
    return f" ยกมาจากปี {need['fiscal_year']}" if need["fiscal_year"] < year else ""


def _staffing(content: Content) -> list[Block]:
    rows = [
        (
            _name(one),
            one["size"],
            _count(one["pupils"]),
            HEADS.get(one["head"], ""),
            _of(one["teachers"], one["teachers_entitled"]),
            {True: "ครบ", False: "ไม่ครบ", None: ""}[one["teacher_per_class"]],
            _count(one["janitors"]),
        )
        for one in content["schools"]
    ]
    heads = ("โรงเรียน", "ขนาด", "นักเรียน", "ผอ.", "ครู/เกณฑ์", "ครูครบชั้น", "ภารโรง")
    return [
        paragraph(f"เกณฑ์ขนาด: {content['scheme']} ขีดหมายถึงยังไม่ทราบ"),
        table(heads, (2.6, 1.6, 1.3, 1.2, 1.4, 1.5, 1.2), rows),
    ]


def _results(content: Content) -> list[Block]:
    rows = [
        (
            _name(school),
            f"{one['test']} ปีการศึกษา {one['academic_year']}",
            one["subject"],
            f"{one['mean']} / {one['full_marks']}",
            str(one["tested"]),
        )
        for school in content["schools"]
        for one in school["results"]
    ]
    if not rows:
        return [paragraph("ยังไม่มีผลการทดสอบในระบบ")]
    below = content["results_below"]
    return [
        paragraph(f"เกณฑ์ที่เขตกำหนด: เฉลี่ยต่ำกว่าร้อยละ {below}" if below else "เขตยังไม่ได้กำหนดเกณฑ์"),
        table(
            ("โรงเรียน", "การทดสอบ", "วิชา", "เฉลี่ย/เต็ม", "ผู้เข้าสอบ (n)"), (3, 2.6, 1.8, 1.5, 1.2), rows
        ),
    ]


def _visits(schools: list[Content]) -> list[Block]:
    rows = [
        (_name(school), _when(school["last_visit"]), "\n".join(_found(school["last_visit"])))
        for school in schools
        if school["last_visit"]
    ]
    if not rows:
        return [paragraph("ยังไม่มีบันทึกการนิเทศ")]
    return [table(("โรงเรียน", "ครั้งล่าสุด", "ข้อค้นพบ"), (2.6, 1.8, 6), rows)]


def _found(visit: Content) -> list[str]:
    return [f"{FINDINGS[one['kind']]}: {one['text']}" for one in visit["findings"]]


def _when(visit: Content | None) -> str:
    if visit is None:
        return ""
    return f"{VISITS[visit['kind']]} {format_date(date.fromisoformat(visit['day']), 'short')}"


def _name(school: Content) -> str:
    name = str(school["name"])
    return f"{name} (ตัวอย่าง)" if school["is_example"] and "ตัวอย่าง" not in name else name


def _count(value: Any) -> str:
    return "" if value is None else f"{value:,}"


def _of(present: Any, entitled: Any) -> str:
    if present is None and entitled is None:
        return ""
    return f"{_count(present) or NOT_STATED}/{_count(entitled) or NOT_STATED}"


def information_columns() -> list[Column]:
    """Return the columns of the pack as a spreadsheet: one row a school."""
    return [
        Column("รหัสโรงเรียน", "code"),
        Column("โรงเรียน", width=34),
        Column("กลุ่มเครือข่าย"),
        Column("ขนาด"),
        Column("นักเรียน", "whole"),
        Column("ข้อมูล ณ วันที่", "date"),
        Column("ผู้อำนวยการ"),
        Column("ครู", "whole"),
        Column("ครูตามเกณฑ์", "whole"),
        Column("ครูครบชั้น"),
        Column("ครูตรงวิชาเอก", "whole"),
        Column("นักการภารโรง", "whole"),
        Column("ความต้องการจำเป็น (เรื่อง)", "whole"),
        Column("ความต้องการจำเป็น", width=60),
        Column("ผลการทดสอบ", width=50),
        Column("นิเทศครั้งล่าสุด", "date"),
        Column("ข้อค้นพบครั้งล่าสุด", width=60),
        Column("หมายเหตุ"),
    ]


def information_rows(content: Content) -> list[list[Value]]:
    """Return the pack as rows."""
    return [
        [
            one["code"],
            one["name"],
            one["network"],
            one["size"],
            one["pupils"],
            date.fromisoformat(one["as_at"]) if one["as_at"] else None,
            HEADS.get(one["head"], ""),
            one["teachers"],
            one["teachers_entitled"],
            {True: "ครบ", False: "ไม่ครบ", None: ""}[one["teacher_per_class"]],
            one["teachers_on_major"],
            one["janitors"],
            len(one["needs"]),
            "\n".join(f"{need['text']} ({KINDS[need['kind']]}){carried_words(need, content['fiscal_year'])}"
                for need in one["needs"]),
            "\n".join(
                f"{r['test']} {r['subject']} {r['academic_year']}: {r['mean']}/{r['full_marks']} (n = {r['tested']})"
                for r in one["results"]
            ),
            date.fromisoformat(one["last_visit"]["day"]) if one["last_visit"] else None,
            "\n".join(_found(one["last_visit"])) if one["last_visit"] else "",
            "ข้อมูลตัวอย่าง" if one["is_example"] else "",
        ]
        for one in content["schools"]
    ]
