"""From which records which paper is made, and its words.

The words are a proposal: the paper is a Word file, and who makes it changes it there.
"""

from collections.abc import Iterable, Iterator

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import ROUND, declared_of, find_round, visible_rounds
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.policy.committees import visible_committees
from nithet.domain.evidence.files import open_file
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.papers.files import small_picture
from nithet.domain.papers.kinds import Draft, Source, register_source
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.projects import PROJECT, find_project, list_projects
from nithet.domain.returns.papers.narratives import told_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.thai_dates import format_date, format_range

COMMITTEE = "directory.committee"
MOST_CHOICES = 100
MOST_PHOTOS = 4
_PHOTO_PIXELS = 1400
_NEWS_LETTERS = 420


def _key(ref: RecordRef) -> int:
    return int(ref.id) if ref.id.isdecimal() else 0


def _points(texts: Iterable[str]) -> list[dict[str, str]]:
    return [{"text": text} for text in texts if text.strip()]


# A round: memorandum that lays the return before the director -----------------------------------


def _return_memo(actor: Actor, ref: RecordRef) -> Draft | None:
    if (found := find_round(actor, _key(ref))) is None:
        return None
    subject = f"เสนอแบบรายงานผลการดำเนินงาน {found.edition.title} รอบ {found.months} เดือน"
    return Draft(
        subject,
        {
            "subject": subject,
            "to": f"ผู้อำนวยการ{found.office.name}",
            "body": _points(_return_words(found)),
            "closing": "จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบโปรดลงนามในแบบรายงาน",
        },
    )


def _return_words(found: Round) -> Iterator[str]:
    standing_now = standing_of(found)
    pieces = sum(len(views) for views in standing_now.pieces.values())
    yield (
        f"ด้วยคณะทำงานได้จัดทำแบบรายงานผลการดำเนินงาน {found.edition.title} ประจำปีงบประมาณ {found.fiscal_year} "
        f"รอบ {found.months} เดือน เสร็จเรียบร้อยแล้ว มีเอกสาร/หลักฐานอ้างอิง {pieces} รายการ "
        "รายละเอียดตามแบบรายงานที่แนบมาพร้อมนี้"
    )
    judgement = standing_now.judgement
    yield f"ระดับจากข้อมูล {judgement.label_in('th')}"
    if (signed := declared_of(found)) is not None:
        level = "" if signed.declared_level is None else f"ระดับ {signed.declared_level}"
        yield f"ระดับที่เขตประเมินตนเอง {level or 'ไม่ถึงระดับ 1'} ลงนามโดย {signed.signed_by}"
    else:
        yield "ระดับที่เขตประเมินตนเอง ยังไม่ได้ลงนาม"
    if judgement.unanswered:
        yield f"ยังมีรายการตรวจที่ไม่ได้ตอบ {len(judgement.unanswered)} รายการ"


# A committee: the order that appoints it ----------------------------------------------------


def _appointment(actor: Actor, ref: RecordRef) -> Draft | None:
    found = visible_committees(actor).filter(pk=_key(ref)).first()
    if found is None or not found.stands:
        return None
    members = standing(CommitteeMember.objects.filter(committee=found))
    subject = f"แต่งตั้ง{found.name}"
    return Draft(
        subject,
        {
            "subject": subject,
            "body": _points(
                (
                    f"เพื่อให้การดำเนินงานของ{found.office.name} เป็นไปด้วยความเรียบร้อย มีประสิทธิภาพ "
                    f"จึงแต่งตั้ง{found.name} ประกอบด้วยบุคคลดังต่อไปนี้",
                )
            ),
            "members": [_member(number, one) for number, one in enumerate(members, 1)],
            "duties": [
                {"number": "1", "text": "กำหนดแนวทาง วางแผน และดำเนินงานตามภารกิจของคณะ"},
                {"number": "2", "text": "รวบรวมเอกสาร/หลักฐาน และสรุปผลการดำเนินงาน"},
                {"number": "3", "text": "รายงานผลต่อผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"},
            ],
            "effective": _effective(found),
        },
    )


_SEATS = {
    CommitteeMember.Seat.CHAIR: "ประธาน",
    CommitteeMember.Seat.DEPUTY_CHAIR: "รองประธาน",
    CommitteeMember.Seat.MEMBER: "กรรมการ",
    CommitteeMember.Seat.SECRETARY: "กรรมการและเลขานุการ",
    CommitteeMember.Seat.ASSISTANT: "กรรมการและผู้ช่วยเลขานุการ",
}


def _member(number: int, one: CommitteeMember) -> dict[str, str]:
    name = f"{one.holder_name}\n{one.title}" if one.holder_name else one.title
    return {
        "number": str(number),
        "title": name,
        "unit": "",
        "duty": _SEATS[CommitteeMember.Seat(one.seat)],
    }


def _effective(found: Committee) -> str:
    if found.starts_on is None:
        return "ตั้งแต่บัดนี้เป็นต้นไป"
    until = f" ถึงวันที่ {format_date(found.ends_on)}" if found.ends_on else " เป็นต้นไป"
    return f"ตั้งแต่วันที่ {format_date(found.starts_on)}{until}"


def _committees(actor: Actor) -> Iterator[tuple[str, str]]:
    rows = standing(visible_committees(actor)).order_by("-starts_on", "name", "pk")
    for row in rows[:MOST_CHOICES]:
        yield str(row.pk), row.name


# A project: its report ----------------------------------------------------------------------


def _project_report(actor: Actor, ref: RecordRef) -> Draft | None:
    if (found := find_project(actor, _key(ref))) is None or not found.stands:
        return None
    told = told_of(actor, ref)
    title = f"รายงานผลการดำเนินงาน{_named(found)}"
    return Draft(
        title,
        {
            "project": found.title,
            "plan": _plan(found),
            "owner": found.owner_title or "............................................",
            "objective": found.objective or "............................................",
            "activities": [
                {"number": str(number), "title": one.title, "time": _time_of(one)}
                for number, one in enumerate(_activities(found), 1)
            ],
            "body": _points(told.results)
            or _points(("............................................",)),
            "problems": _points(told.problems),
            "ways": _points(told.ways),
            "evidence": [
                {"number": str(number), "title": piece.title, "place": _place_of(piece)}
                for number, piece in enumerate(_pieces_of(actor, found), 1)
            ],
        },
    )


def _plan(project: Project) -> str:
    title, year = project.plan.title, project.plan.fiscal_year
    return title if str(year) in title else f"{title} ปีงบประมาณ {year}"


def _named(project: Project) -> str:
    return project.title if project.title.startswith("โครงการ") else f"โครงการ{project.title}"


def _activities(project: Project) -> list[Activity]:
    return [one for one in project.activities.all() if one.stands]


def _time_of(one: Activity) -> str:
    if one.period_label:
        return one.period_label
    if one.period_start and one.period_end:
        return format_range(one.period_start, one.period_end, "short")
    return ""


def _place_of(piece: Piece) -> str:
    if piece.medium == Piece.Medium.FILE:
        return piece.file_name
    return " · ".join(filter(None, (piece.custodian, piece.place))) or piece.link


def _pieces_of(actor: Actor, project: Project) -> list[Piece]:
    """Pieces about the project or an activity of it, each once."""
    refs = [RecordRef(PROJECT, str(project.pk))]
    refs += [RecordRef("plans.activity", str(one.pk)) for one in _activities(project)]
    found = pieces_about(actor, *refs)
    return list({piece.pk: piece for ref in refs for piece in found[ref]}.values())


def _projects(actor: Actor) -> Iterator[tuple[str, str]]:
    for row in list_projects(actor).filter(taken_back_at__isnull=True)[:MOST_CHOICES]:
        yield str(row.pk), f"{row.plan.fiscal_year} · {row.title}"


# Photo news of a project ---------- ---------------------------------------------------------


def _project_news(actor: Actor, ref: RecordRef) -> Draft | None:
    if (found := find_project(actor, _key(ref))) is None or not found.stands:
        return None
    told = told_of(actor, ref)
    times = [time for one in _activities(found) if (time := _time_of(one))]
    photos = [piece for piece in _pieces_of(actor, found) if _is_photo(piece)]
    return _news(
        found.title,
        who=found.owner_title or found.office.name,
        where=found.office.name,
        when=times[0] if times else f"ปีงบประมาณ {found.plan.fiscal_year}",
        words=" ".join(told.results) or found.objective,
        photos=photos,
    )


def _news(
    headline: str, *, who: str, where: str, when: str, words: str, photos: list[Piece]
) -> Draft:
    chosen = photos[:MOST_PHOTOS]
    data = {
        "headline": headline,
        "who": who,
        "where": where,
        "when": when,
        "news": words if len(words) <= _NEWS_LETTERS else words[: _NEWS_LETTERS - 1] + "…",
    }
    pictures = {
        f"photo_{n}": photo for n, photo in enumerate(filter(None, map(_pixels, chosen)), 1)
    }
    return Draft(
        f"ภาพข่าว {headline}"[:500],
        data | pictures,
        shows_children=any(piece.shows_children for piece in chosen),
    )


def _is_photo(piece: Piece) -> bool:
    return piece.medium == Piece.Medium.FILE and piece.media_type.startswith("image/")


def _pixels(piece: Piece) -> bytes | None:
    """The photograph made anew without place and camera; None where its file is gone or cannot be read."""
    try:
        with open_file(piece) as file:
            return small_picture(file.read(), longest=_PHOTO_PIXELS, jpeg=True)
    except RuleBroken:
        return None


def _rounds(actor: Actor) -> Iterator[tuple[str, str]]:
    for row in visible_rounds(actor)[:MOST_CHOICES]:
        yield str(row.pk), f"{row.fiscal_year} · {row.edition.title} ({row.months} เดือน)"


SOURCES = (
    Source(
        "return_memo",
        "memo",
        ROUND,
        msgid("Memorandum that lays a return before the director"),
        _return_memo,
        _rounds,
    ),
    Source(
        "appointment",
        "order",
        COMMITTEE,
        msgid("Order that appoints a committee or a working group"),
        _appointment,
        _committees,
    ),
    Source(
        "project_report",
        "report",
        PROJECT,
        msgid("Report of a project's results"),
        _project_report,
        _projects,
    ),
    Source(
        "project_news",
        "photo_news",
        PROJECT,
        msgid("Photo news of a project"),
        _project_news,
        _projects,
    ),
)


def register_all() -> None:
    """Make the sources known."""
    for source in SOURCES:
        register_source(source)
