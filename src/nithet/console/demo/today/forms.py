"""Two forms of the second office, the people who were briefed on them, and how they were filled in at every visit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from xml.sax.saxutils import escape

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.today.calendar import written_on
from nithet.console.demo.today.people import supervisor_of, title_of
from nithet.domain.instruments.actions.batches import Batched, receive_submissions
from nithet.domain.instruments.actions.briefings import Briefed, Told, record_briefing
from nithet.domain.instruments.actions.instruments import edit_instrument
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.rules.pasting import Kind, Line
from nithet.domain.instruments.rules.sheets import FormSheet
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock

LEARNING = "แบบนิเทศการจัดการเรียนรู้เชิงรุก"
CLASSROOM = "แบบร่วมสังเกตชั้นเรียน"
LEARNING_LINES = (
    ("ด้านที่ 1 การเตรียมการจัดการเรียนรู้", ()),
    ("", ("วิเคราะห์หลักสูตรและตัวชี้วัดก่อนออกแบบหน่วยการเรียนรู้", "ออกแบบกิจกรรมให้เหมาะกับนักเรียนแต่ละกลุ่ม", "เตรียมสื่อและแหล่งเรียนรู้ในท้องถิ่น")),
    ("ด้านที่ 2 การจัดกิจกรรม", ()),
    ("", ("นักเรียนได้ลงมือปฏิบัติ คิด และนำเสนอด้วยตนเอง", "ครูใช้คำถามปลายเปิดและรอคำตอบ", "จัดการเรียนรู้แบบคละชั้นหรือกลุ่มย่อยตามสภาพจริง", "ใช้ DLTV หรือเทคโนโลยีโดยครูปลายทางมีบทบาท")),
    ("ด้านที่ 3 การวัดและประเมินผล", ()),
    ("", ("วัดผลระหว่างเรียนด้วยวิธีที่หลากหลาย", "ให้ข้อมูลย้อนกลับแก่นักเรียนเป็นรายบุคคล", "นำผลประเมินไปปรับการสอนและซ่อมเสริม")),
)  # fmt: skip
LESSON = "ชั้นและวิชาที่ร่วมสังเกต"
CLASSROOM_LINES = (
    (
        "",
        (
            "บรรยากาศชั้นเรียนปลอดภัยและเป็นมิตร",
            "นักเรียนมีส่วนร่วมเกือบทุกคน",
            "กิจกรรมตรงกับจุดประสงค์ของคาบ",
            "มีการสรุปบทเรียนร่วมกันท้ายคาบ",
        ),
    ),
)
MEANS = (3.7, 3.5, 3.4, 3.6, 2.9, 3.2, 3.0, 2.8, 3.1, 2.9)
"""About how the first form's items stand in the first semester, of 5; the second semester is higher by `GROWN`."""
GROWN = 0.35
SPREAD = 0.75
BRIEFED_ON = date(2025, 11, 5)
STRENGTHS = (
    "ครูเตรียมใบงานสามระดับ",
    "นักเรียนเล่าวิธีคิดหน้าชั้นได้",
    "มีมุมซ่อมเสริมการอ่านในห้อง",
    "ใช้ของจริงจากชุมชนเป็นสื่อ",
)
TO_THINK = (
    "ถ้าให้นักเรียนตั้งคำถามเองจะเป็นอย่างไร",
    "จะเห็นได้อย่างไรว่าทุกคนเข้าใจแล้วก่อนจบคาบ",
    "ส่วนใดของ DLTV ที่ครูหยุดเพื่อให้เด็กคิดได้",
)
SUBJECTS = ("ภาษาไทย", "คณิตศาสตร์", "วิทยาศาสตร์และเทคโนโลยี", "ภาษาอังกฤษ")
GRADES = ("ป.1", "ป.2", "ป.3", "ป.4", "ป.5", "ป.6")


def make_forms(actor: Actor, projects: Sequence[Project]) -> tuple[Instrument, Instrument]:
    """Draw the two forms up, say which projects they serve, and tell who was briefed on them."""
    with written_on(BRIEFED_ON - timedelta(days=2)):
        learning = draw_up(
            actor=actor,
            sheet=FormSheet(LEARNING, _lines(LEARNING_LINES), "boonchom-5"),
            publish=True,
        )
        classroom = draw_up(
            actor=actor,
            sheet=FormSheet(
                CLASSROOM,
                [Line(Kind.TEXT, LESSON), *_lines(CLASSROOM_LINES)],
                "practice-3",
                teacher=True,
                four_parts=False,
            ),
            publish=True,
        )
    for version, project in ((learning, projects[0]), (classroom, projects[1])):
        edit_instrument(
            actor=actor,
            instrument=version.instrument,
            version=version.instrument.version,
            serves=[str(RecordRef("plans.project", str(project.pk)))],
        )
        with written_on(BRIEFED_ON):
            record_briefing(actor=actor, version=version, told=_briefing())
    return learning.instrument, classroom.instrument


def _briefing() -> Told:
    chairs = [Briefed(f"ประธานเครือข่าย คนที่ {number}") for number in range(1, 10)]
    return Told(
        briefed_on=BRIEFED_ON,
        briefed_by="ผู้อำนวยการกลุ่มนิเทศฯ",
        people=[*(Briefed(title_of(number)) for number in range(8)), *chairs],
        place=f"ห้องประชุมสำนักงานเขตพื้นที่ ({EXAMPLE})",
        notes="ดูการปฏิบัติ ไม่ให้คะแนนตัวบุคคล และคุยกับครูก่อนออกจากโรงเรียน",
    )


def _lines(parts: Sequence[tuple[str, Sequence[str]]]) -> list[Line]:
    found = []
    for heading, rows in parts:
        if heading:
            found.append(Line(Kind.HEADING, heading))
        found += [Line(Kind.RATING, words) for words in rows]
    return found


def fill_in(
    supervisor: Actor,
    visits: dict[str, list[Visit]],
    numbers: dict[int, int],
    learning: Instrument,
    classroom: Instrument,
) -> None:
    """Fill the first form in at every visit, the second in at every third; each supervisor sends after the visits of a month."""
    chance = Random(68)  # noqa: S311  example values
    leaning = {one.school_id: chance.gauss(0, 0.35) for rows in visits.values() for one in rows}
    networks = {
        one.school.network_id: chance.gauss(0, 0.25) for rows in visits.values() for one in rows
    }
    batches: dict[tuple[date, int], list[_Filled]] = {}
    first, second = _version(learning), _version(classroom)
    for grown, rows in enumerate(visits.values()):
        for place, visit in enumerate(rows):
            number = numbers[visit.school_id]
            level = GROWN * grown + leaning[visit.school_id] + networks[visit.school.network_id]
            sent = batches.setdefault((visit.visited_on.replace(day=1), number), [])
            sent.append(_learning(chance, first, visit, level))
            if place % 3 == 0:
                sent.append(_classroom(chance, second, visit, level))
    for (_, number), sent in sorted(batches.items(), key=lambda one: one[0]):
        last = max(one.day for one in sent)
        with written_on(last, 35 + number):
            receive_submissions(
                actor=supervisor_of(supervisor, number),
                device=None,
                batch=[one.filled for one in sent],
            )


@dataclass(frozen=True, slots=True)
class _Filled:
    day: date
    filled: Batched


def _version(instrument: Instrument) -> InstrumentVersion:
    return InstrumentVersion.objects.select_related("instrument").get(
        instrument=instrument, state=InstrumentVersion.State.PUBLISHED
    )


def _learning(chance: Random, version: InstrumentVersion, visit: Visit, level: float) -> _Filled:
    rated = iter(MEANS)
    said: dict[str, str] = {}
    for one in version.definition:
        if one["kind"] == "rating":
            # Now and then something could not be seen, and is left open.
            value = _rated(chance, next(rated) + level, 5)
            said[one["path"]] = value if chance.random() > 0.04 else ""
    if chance.random() < 0.5:
        said["strengths"] = chance.choice(STRENGTHS)
    if chance.random() < 0.6:
        said["to_think"] = chance.choice(TO_THINK)
    return _filled(chance, version, visit, said)


def _classroom(chance: Random, version: InstrumentVersion, visit: Visit, level: float) -> _Filled:
    said: dict[str, str] = {}
    grade = chance.choice(GRADES)
    for one in version.definition:
        if one["kind"] == "rating":
            said[one["path"]] = _rated(chance, 2.0 + level / 2, 3)
        elif one["label"] == LESSON:
            said[one["path"]] = f"{chance.choice(SUBJECTS)} {grade}"
    if chance.random() < 0.7:
        said["teacher"] = f"ครูประจำชั้น {grade}"
    return _filled(chance, version, visit, said)


def _rated(chance: Random, about: float, levels: int) -> str:
    return str(min(levels, max(1, round(chance.gauss(about, SPREAD)))))


def _filled(
    chance: Random, version: InstrumentVersion, visit: Visit, said: dict[str, str]
) -> _Filled:
    """Write a form as a device sends it, filled in during the visit."""
    begun = clock.at(visit.visited_on, time(9 + chance.randrange(5), chance.randrange(60)))
    values = {
        "start": clock.in_thailand(begun).isoformat(),
        "end": clock.in_thailand(begun + timedelta(minutes=18 + chance.randrange(30))).isoformat(),
        "school": f"directory.school:{visit.school_id}",
        "visited_on": visit.visited_on.isoformat(),
        "about": f"supervision.visit:{visit.pk}",
        **said,
    }
    number = uuid.UUID(int=chance.getrandbits(128), version=4)
    body = (
        f'<data id="{version.instrument.form_id}" version="{escape(version.version)}">'
        f"{_nested(values)}<meta><instanceID>uuid:{number}</instanceID></meta></data>"
    )
    return _Filled(visit.visited_on, Batched(body.encode()))


def _nested(values: dict[str, str]) -> str:
    """Return values as elements, those of a group inside of it."""
    groups: dict[str, dict[str, str]] = {}
    written = []
    for path, value in values.items():
        group, slash, rest = path.partition("/")
        if slash:
            groups.setdefault(group, {})[rest] = value
        elif value:
            written.append(f"<{path}>{escape(value)}</{path}>")
    written += [f"<{name}>{_nested(inside)}</{name}>" for name, inside in groups.items()]
    return "".join(written)
