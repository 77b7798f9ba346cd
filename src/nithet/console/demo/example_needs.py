"""Needs, a survey and a cycle of the example office of 2569: everything made up, in an office that bears the badge for example data."""

from datetime import date
from random import Random

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.actions.need_surveys import answer_survey, open_survey
from nithet.domain.plans.actions.needs import NeedDraft, record_needs, set_thresholds
from nithet.domain.plans.models.needs import Need, NeedSettings
from nithet.domain.plans.models.surveys import NeedSurvey
from nithet.domain.plans.queries.need_offers import directory_offers
from nithet.domain.supervision.actions.cycle import choose_model, write_step
from nithet.domain.supervision.actions.system_reviews import record_review
from nithet.domain.supervision.models.cycle import SupervisionCycle
from nithet.foundation.access.actors import Actor

PUPILS_BELOW = 61
MOST_NEEDS = 60
POINTS = """การวัดและประเมินผลตามมาตรฐาน
การจัดทำแผนพัฒนาคุณภาพการศึกษา
การกำหนดมาตรฐานการศึกษาของสถานศึกษา
การจัดการเรียนรู้แบบคละชั้น
การใช้สื่อและเทคโนโลยี DLTV
การนิเทศภายในโรงเรียน"""
ACTUAL = (2.6, 3.3, 3.9, 2.9, 3.6, 3.1)
"""About how schools rate what they do now, of 5, point by point."""
ANSWERING = 24
OWN_WORDS = (
    ("การวัดผล", "ขอให้ช่วยดูการออกข้อสอบปลายภาคชั้น ป.6"),
    ("DLTV", "จอรับสัญญาณเสีย ขอคำแนะนำการจัดชั้นเรียนระหว่างรอซ่อม"),
    ("แผนพัฒนา", "ขอตัวอย่างแผนพัฒนาคุณภาพของโรงเรียนขนาดเล็ก"),
)
STEPS = (
    "วิเคราะห์ความต้องการจำเป็นจากทะเบียน ข้อค้นพบ และอัตรากำลังของโรงเรียน (ข้อมูลตัวอย่าง)",
    "จัดทำแผนการนิเทศทั้งปี และแจ้งวันนิเทศให้โรงเรียนตอบ (ข้อมูลตัวอย่าง)",
)


def show_needs(actor: Actor, year: int, reviewed_on: date) -> SupervisionCycle:
    """Fill the register, ask a survey and begin the cycle of a year, or find what was made before."""
    kept = SupervisionCycle.objects.filter(fiscal_year=year).first()
    if kept is not None:
        return kept
    schools = [one for one in list_schools(actor).order_by("pk") if one.pk not in _without_pupils()]
    _register(actor, year, schools)
    _survey(actor, year, schools[:ANSWERING])
    cycle = choose_model(actor=actor, fiscal_year=year, key="apice")
    for step, words in zip(cycle.steps.all(), STEPS, strict=False):
        write_step(actor=actor, step=step, version=step.version, text=words)
    record_review(
        actor=actor,
        reviewed_on=reviewed_on,
        planned="นิเทศทุกโรงเรียนภาคเรียนละหนึ่งครั้ง",
        done="นิเทศตามแผนในภาคเรียนแรก (ข้อมูลตัวอย่าง)",
        checked="แบบบันทึกยาวเกินไปสำหรับโรงเรียนที่มีครูน้อย",
        changed="ตัดแบบบันทึกเหลือสี่หัวข้อ",
        why="โรงเรียนขนาดเล็กตอบไม่ทันในวันนิเทศ",
        took_part="กลุ่มนิเทศติดตามและประเมินผล",
    )
    return cycle


def _register(actor: Actor, year: int, schools: list[School]) -> None:
    held = NeedSettings.objects.first()
    if held is None:
        set_thresholds(actor=actor, version=0, results_below=None, pupils_below=PUPILS_BELOW)
    offered = [
        NeedDraft(one.school, one.kind, one.text, one.area, 1, one.source, one.point, one.because)
        for one in directory_offers(actor, year)
        if one.school.pk not in _without_pupils()
    ]
    own = [
        NeedDraft(school, Need.Kind.OWN_WORD, text, area, 2, because="โรงเรียนแจ้ง (ข้อมูลตัวอย่าง)")
        for school, (area, text) in zip(schools, OWN_WORDS, strict=False)
    ]
    record_needs(actor=actor, fiscal_year=year, drafts=[*own, *offered[:MOST_NEEDS]])


def _without_pupils() -> set[int]:
    """Return the schools that have no pupils left: they need nothing that supervision could give."""
    return set(Census.objects.filter(pupils=0).values_list("school_id", flat=True))


def _about(chance: Random, level: float) -> int:
    return min(5, max(1, round(chance.gauss(level, 0.7))))


def _survey(actor: Actor, year: int, schools: list[School]) -> NeedSurvey:
    survey = open_survey(
        actor=actor,
        fiscal_year=year,
        title="สำรวจความต้องการนิเทศ (ข้อมูลตัวอย่าง)",
        items=POINTS,
        lead="ใช้ประกอบการวางแผนนิเทศของปี",
    )
    items = list(survey.items.all())
    chance = Random(year)  # noqa: S311  example values
    for school in schools:
        values = {
            item.pk: (_about(chance, 4.6), _about(chance, actual))
            for item, actual in zip(items, ACTUAL, strict=True)
        }
        answer_survey(actor=actor, school=school, survey=survey, values=values)
    return survey
