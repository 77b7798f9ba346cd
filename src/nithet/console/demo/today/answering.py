"""What schools say of the visits, and what members of the committee saw; three members did not go in the last semester."""

from collections.abc import Sequence
from datetime import date, timedelta

from nithet.console.demo.today.calendar import A_DAY, working_days, written_on
from nithet.console.demo.today.people import head_of
from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.actions.answers import answer_visit, read_copy, say_opinion
from nithet.domain.supervision.actions.committee import answer_as_member
from nithet.domain.supervision.actions.writing import TeamMember, VisitContent, begin_visit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.teams import members_who_visit
from nithet.foundation.access.actors import Actor

ANSWERS = (
    "ขอบคุณที่มาช่วยดูการสอนคละชั้น ครูนำไปลองแล้วสองคาบ",
    "ขอให้นัดล่วงหน้าให้ตรงกับวันที่มีวง PLC ของโรงเรียน",
    "ครูพอใจที่ได้คุยกันหลังสอน ไม่รู้สึกว่าถูกตรวจ",
    "ขอเอกสารตัวอย่างแบบประเมินระหว่างเรียนเพิ่มเติม",
)
OPINIONS = (
    ("yes", "yes", "yes"),
    ("yes", "partly", "yes"),
    ("partly", "partly", "yes"),
    ("yes", "yes", "partly"),
    ("yes", "no", "yes"),
)
"""Three answers each: fitted the need, know what to do next, help between colleagues."""
COMMITTEE_DAYS = {
    "2/2568": (date(2026, 1, 14), date(2026, 1, 15)),
    "1/2569": (date(2026, 7, 15), date(2026, 7, 16)),
}
STAYED_AWAY = 3
IMPRESSED = (
    "นักเรียนกล้าตอบและช่วยกันทำงานกลุ่ม",
    "โรงเรียนสะอาด ร่มรื่น ผู้ปกครองเข้ามามีส่วนร่วม",
    "ครูน้อยแต่จัดชั้นเรียนได้ทั่วถึง",
)
ASKED_FOR = ("ต้องการครูวิชาเอกภาษาอังกฤษ", "ขอปรับปรุงห้องสมุดและอินเทอร์เน็ต", "")
PROPOSED = ("ควรจับคู่กับโรงเรียนในเครือข่าย", "ควรเผยแพร่ตัวอย่างการสอนคละชั้น", "")


def answer_for_schools(visits: Sequence[Visit]) -> None:
    """Let four of five schools read the copy and three of five say what they think; some answer in their own words."""
    for place, visit in enumerate(visits):
        if place % 5 == 0:
            continue
        head = head_of(visit.school)
        day = working_days(visit.visited_on + A_DAY, visit.visited_on + timedelta(days=9))[
            place % 3
        ]
        with written_on(day, place * 13):
            if place % 7 == 3:
                answer_visit(
                    actor=head, visit=visit, version=0, words=ANSWERS[place % len(ANSWERS)]
                )
            else:
                read_copy(actor=head, visit=visit)
            if place % 5 != 1:
                needed, way, kindly = OPINIONS[place % len(OPINIONS) if place % 3 else 0]
                say_opinion(
                    actor=head, visit=visit, fitted_need=needed, gave_way=way, helped_kindly=kindly
                )


def visit_by_committee(writer: Actor, schools: Sequence[School]) -> None:
    """Record visits of the committee in both semesters, in the words of its members; in the last one not all members went."""
    for term, days in COMMITTEE_DAYS.items():
        members = members_who_visit(writer.writes_in, days[0])
        going = members if term == "2/2568" else members[:-STAYED_AWAY]
        hosts = schools[:4] if term == "2/2568" else schools[4:8]
        for place, school in enumerate(hosts):
            _visit(writer, school, days[place // 2], going[place :: len(hosts)], place)


def _visit(
    writer: Actor, school: School, day: date, members: Sequence[CommitteeMember], place: int
) -> None:
    with written_on(day, place * 9):
        visit = begin_visit(
            actor=writer,
            school=school,
            kind=Visit.Kind.COMMITTEE,
            content=VisitContent(
                visited_on=day,
                team=[TeamMember(one.title, member=one) for one in members],
                said_by=members[0].title,
                findings=_words(place),
            ),
        )
        for number, member in enumerate(members[1:], 1):
            answer_as_member(
                actor=writer,
                visit=visit,
                title=member.title,
                member=member,
                answers=_words(place + number),
            )


def _words(place: int) -> dict[str, list[str]]:
    said = {
        "impression": IMPRESSED[place % len(IMPRESSED)],
        "need": ASKED_FOR[place % len(ASKED_FOR)],
        "suggestion": PROPOSED[(place + 1) % len(PROPOSED)],
    }
    return {kind: [words] for kind, words in said.items() if words}
