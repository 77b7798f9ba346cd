"""The status of a round as slides for a meeting: where it stands, why, what is missing, what comes next."""

from collections.abc import Iterator

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import (
    ROUND,
    assessor_level_of,
    declared_of,
)
from nithet.domain.assessments.queries.standing import Standing, standing_of
from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.queries import list_commitments
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import NAMED_TRACES, TRACE_OF_RANK, Answer, NamedTrace
from nithet.domain.frameworks.rules.speech import say_change, say_why
from nithet.domain.papers.files import read
from nithet.domain.papers.printing import letterhead_of
from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.plans.queries.projects import projects_without_evidence, services_for
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.documents.slides import (
    Cell,
    Figure,
    FiguresSlide,
    PointsSlide,
    Slide,
    TableSlide,
    TitleSlide,
    divided,
    write_pptx,
)
from nithet.foundation.tenancy.queries import settings_of
from nithet.kernel import clock
from nithet.kernel.numerals import in_numerals
from nithet.kernel.thai_dates import format_date

MOST_SLIDES = 12
CONTINUED = "(ต่อ)"
_BELOW = "ไม่ถึงระดับ 1"
_SHORT = 62
"""Letters of an item's title on a slide."""
_TRACE_WORDS = {
    NamedTrace.NONE: ("ไม่มีหลักฐาน", "bad"),
    NamedTrace.UNCLEAR: ("มี แต่ไม่ชัดเจน", "needs"),
    NamedTrace.CLEAR: ("ชัดเจน", "good"),
    NamedTrace.CHECKABLE: ("ชัดเจน ตรวจสอบได้", "good"),
}


def deck_of(actor: Actor, reporting_round: Round) -> bytes:
    """Return the status of a round as PPTX, 8 to 12 slides, as the records stand now."""
    slides = slides_of(actor, reporting_round)
    foot = f"{reporting_round.office} · ข้อมูล ณ วันที่ {format_date(clock.today(), 'short')}"
    numerals = settings_of(reporting_round.office_id).numerals
    kind = "thai" if numerals == "thai" else "arabic"
    return write_pptx(
        slides,
        title=str(reporting_round.edition),
        foot=in_numerals(foot, kind),  # type: ignore[arg-type]
    )


def slides_of(actor: Actor, reporting_round: Round) -> list[Slide]:
    """Return the slides as plain values; the tables of items take at most as many as leave room for the others."""
    now = standing_of(reporting_round)
    others: list[Slide] = [
        _levels(reporting_round, now),
        _next_level(now),
        _evidence(now),
        _projects(reporting_round, now),
        _policies(actor, reporting_round),
        _commitments(actor, reporting_round),
        _gaps(reporting_round, now),
        _next_steps(now),
    ]
    room = MOST_SLIDES - len(others) - 1
    items = _items(now, room)
    return [_title(reporting_round), others[0], *items, *others[1:]]


def _title(found: Round) -> TitleSlide:
    head = letterhead_of(found.office_id)
    logo = read(head.emblem_sha256) if head.emblem_sha256 else None
    return TitleSlide(
        str(found.edition),
        (
            f"รอบ {found.months} เดือน ปีงบประมาณ {found.fiscal_year}",
            found.office.name,
            f"ข้อมูล ณ วันที่ {format_date(clock.today())}",
        ),
        logo,
    )


def _level(value: int | None) -> str:
    return _BELOW if value is None else f"ระดับ {value}"


def _levels(found: Round, now: Standing) -> FiguresSlide:
    judgement = now.judgement
    signed, given = declared_of(found), assessor_level_of(found)
    tone = "good" if judgement.reached else "needs"
    computed = _level(judgement.level) if judgement.reached else judgement.label_in("th")
    figures = [
        Figure("ระดับจากข้อมูล", computed, "คำนวณจากรายการตรวจและร่องรอยหลักฐาน", tone),
        Figure(
            "ระดับที่เขตประเมินตนเอง",
            _level(signed.declared_level) if signed else "ยังไม่ลงนาม",
            f"{signed.signed_by} {format_date(clock.day_of(signed.signed_at), 'short')}"
            if signed
            else "",
            "good" if signed else "rest",
        ),
        Figure(
            "ระดับที่ผู้ประเมินให้",
            _level(given.level) if given else "ยังไม่มี",
            given.reason if given else "",
            "good" if given else "rest",
        ),
    ]
    lines = [
        f"{'เป็นไปตามเกณฑ์' if clause['holds'] else 'ยังไม่เป็นไปตามเกณฑ์'}ระดับ {clause['level']}: "
        f"{clause['because'] or clause['clause']}"
        for clause in now.report["clauses"][:3]
    ]
    if judgement.unanswered:
        lines.insert(0, f"ยังมีรายการตรวจที่ไม่ได้ตอบ {len(judgement.unanswered)} รายการ")
    return FiguresSlide("ระดับคุณภาพสามระดับ", tuple(figures), tuple(lines))


def _items(now: Standing, room: int) -> list[Slide]:
    nodes = now.edition.items
    rows = tuple(_item(now, node) for node in nodes)
    whole = TableSlide(
        "แต่ละข้ออยู่ที่ใด",
        ("ข้อ", "รายการตรวจ", "ร่องรอยหลักฐาน", "ยังขาด"),
        (4.4, 1.7, 2.2, 5.0),
        rows,
        "รายการตรวจ: ทำแล้ว จากทั้งหมด",
    )
    parts = divided(whole, CONTINUED, most=6)
    if len(parts) > room:
        # A form of many items: the ones that lack most, and how many are well.
        lacking = tuple(row for row in rows if row[3].text != "–")
        note = f"ครบแล้ว {len(rows) - len(lacking)} จาก {len(rows)} ข้อ; แสดงเฉพาะข้อที่ยังขาด"
        short = TableSlide(whole.title, whole.heads, whole.widths, lacking, note)
        parts = divided(short, CONTINUED, most=8)[:room]
    return list(parts)


def _item(now: Standing, node: Node) -> tuple[Cell, ...]:
    facts = now.facts.items.get(node.id)
    answers = [
        facts.tests.get(test.id, Answer.UNANSWERED) if facts else Answer.UNANSWERED
        for test in node.tests
    ]
    done = sum(answer is Answer.DONE for answer in answers)
    tests = Cell(
        f"{done} จาก {len(answers)}" if answers else "–",
        "" if not answers else ("good" if done == len(answers) else "needs"),
    )
    trace = _trace(now, node.id)
    words, tone = _TRACE_WORDS[trace] if trace is not None else ("–", "rest")
    return Cell(_named(node)), tests, Cell(words, tone), Cell(_missing(now, node, answers))


def _named(node: Node) -> str:
    """The item's number with the first words of its title: the whole stands on the form."""
    title = node.title.say("th")
    whole = title if title.startswith(("ข้อ", node.id)) else f"{node.id}. {title}"
    return whole if len(whole) <= _SHORT else whole[:_SHORT].rstrip() + "…"


def _trace(now: Standing, item: str) -> NamedTrace | None:
    trace = now.traces.get(item)
    if trace is None:
        return None
    return NAMED_TRACES[TRACE_OF_RANK.index((trace.state, trace.checkable))]


def _missing(now: Standing, node: Node, answers: list[Answer]) -> str:
    open_tests = [
        test.name.say("th")
        for test, answer in zip(node.tests, answers, strict=True)
        if answer is not Answer.DONE
    ]
    if open_tests:
        return "; ".join(open_tests)
    trace = _trace(now, node.id)
    if trace in (NamedTrace.NONE, NamedTrace.UNCLEAR):
        return "หลักฐานที่ชัดเจน"
    return "–"


def _next_level(now: Standing) -> PointsSlide:
    changes = now.to_next
    points = tuple(
        f"{say_change(now.edition, change, 'th')} ({say_why(change, 'th')})" for change in changes
    )
    return PointsSlide(
        "สิ่งที่ต้องทำเพื่อไปถึงระดับถัดไป",
        points,
        "ไม่มีสิ่งใดค้าง: อยู่ในระดับสูงสุดแล้ว หรือรอการตัดสินของคน",
        "น้อยที่สุดเท่าที่จำเป็น คำนวณจากเกณฑ์ของฉบับนี้" if points else "",
    )


def _evidence(now: Standing) -> FiguresSlide:
    views = [view for held in now.pieces.values() for view in held]
    pieces = {view.use.piece_id: view.use.piece for view in views}
    files = sum(piece.medium == Piece.Medium.FILE for piece in pieces.values())
    listed = sum(piece.medium == Piece.Medium.LISTED for piece in pieces.values())
    bare = [node for node in now.edition.items if not now.pieces.get(node.id)]
    lines = [
        f"{_named(node)}: {len(now.pieces.get(node.id, ()))} รายการ" for node in now.edition.items
    ]
    return FiguresSlide(
        "เอกสาร/หลักฐานอ้างอิง",
        (
            Figure("ทั้งหมด", str(len(pieces)), "รายการ ที่ใช้ในรอบนี้"),
            Figure("มีไฟล์", str(files), f"จาก {len(pieces)} รายการ", "good" if files else "needs"),
            Figure(
                "ระบุชื่อไว้เท่านั้น",
                str(listed),
                f"จาก {len(pieces)} รายการ",
                "needs" if listed else "good",
            ),
            Figure(
                "ข้อที่ไม่มีหลักฐาน",
                str(len(bare)),
                f"จาก {len(now.edition.items)} ข้อ",
                "bad" if bare else "good",
            ),
        ),
        tuple(lines[:5])
        if len(lines) <= 5
        else (f"ข้อที่ยังไม่มีหลักฐาน: {', '.join(node.id for node in bare)}",)
        if bare
        else (),
    )


def _projects(found: Round, now: Standing) -> TableSlide:
    served = services_for(found.edition, found.fiscal_year)
    bare = {project.pk for project in projects_without_evidence(found.fiscal_year)}
    items: dict[int, list[str]] = {}
    titles: dict[int, str] = {}
    for node in now.edition.items:
        for service in served.get(node.id, ()):
            items.setdefault(service.project_id, []).append(node.id)
            titles[service.project_id] = service.project.title
    rows = tuple(
        (
            Cell(titles[key]),
            Cell(", ".join(items[key])),
            Cell("ยังไม่มี", "needs") if key in bare else Cell("มีแล้ว", "good"),
        )
        for key in titles
    )
    more = len(rows) - 8
    return TableSlide(
        "โครงการที่ตอบข้อต่าง ๆ",
        ("โครงการ", "ตอบข้อ", "หลักฐานของโครงการ"),
        (8.0, 2.0, 2.4),
        rows[:8],
        f"และอีก {more} โครงการ" if more > 0 else f"ทั้งหมด {len(rows)} โครงการ",
    )


def _policies(actor: Actor, found: Round) -> PointsSlide:
    points = []
    for policy in standing(list_policies(actor, found.fiscal_year)):
        target = (
            f" (เป้าหมาย {policy.target_value} {policy.target_unit})"
            if policy.target_value is not None
            else ""
        )
        number = f"{policy.number}. " if policy.number else ""
        points.append(f"{number}{policy.text}{target}")
    return PointsSlide("นโยบายและค่าเป้าหมาย", tuple(points), "ยังไม่ได้บันทึกนโยบายของปีนี้")


def _commitments(actor: Actor, found: Round) -> PointsSlide:
    whole = f"{ROUND}:{found.pk}"
    rows = standing(list_commitments(actor)).filter(state=Commitment.State.OPEN)
    points = []
    for row in rows:
        if whole in (row.about, row.arose_from) or row.about.startswith(
            f"assessments.item:{found.pk}/"
        ):
            due = f" ภายใน {format_date(row.due_on, 'short')}" if row.due_on else ""
            points.append(f"{row.text} · {row.owner_title or 'ยังไม่มีผู้รับผิดชอบ'}{due}")
    return PointsSlide("เรื่องที่ตกลงไว้และยังต้องทำ", tuple(points), "ยังไม่มีเรื่องที่ตกลงไว้สำหรับรอบนี้")


def _gaps(found: Round, now: Standing) -> PointsSlide:
    points: list[str] = []
    if now.judgement.unanswered:
        points.append(f"รายการตรวจที่ยังไม่ได้ตอบ {len(now.judgement.unanswered)} รายการ")
    points += [
        f"{_named(node)}: {_TRACE_WORDS[trace][0]}"
        for node in now.edition.items
        if (trace := _trace(now, node.id)) in (NamedTrace.NONE, NamedTrace.UNCLEAR)
    ]
    bare = projects_without_evidence(found.fiscal_year)
    points += [f"โครงการที่ยังไม่มีหลักฐาน: {project.title}" for project in bare]
    return PointsSlide("ช่องว่างที่พบ", tuple(points), "ไม่พบช่องว่าง")


def _next_steps(now: Standing) -> PointsSlide:
    return PointsSlide("ขั้นต่อไป", tuple(_steps(now)))


def _steps(now: Standing) -> Iterator[str]:
    if now.judgement.unanswered:
        items = list(dict.fromkeys(one.item for one in now.judgement.unanswered))
        yield f"ตอบรายการตรวจที่เหลือในข้อ {', '.join(items)}"
    weak = [
        node.id
        for node in now.edition.items
        if _trace(now, node.id) in (NamedTrace.NONE, NamedTrace.UNCLEAR)
    ]
    if weak:
        yield f"หาและสอบทานหลักฐานของข้อ {', '.join(weak)}"
    yield "คณะทำงานพิจารณาระดับที่เขตประเมินตนเอง แล้วเสนอผู้อำนวยการลงนาม"
    yield "ออกเลขที่แบบรายงาน และส่งเข้าระบบของส่วนกลาง"
