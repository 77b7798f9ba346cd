"""The month of supervision on three slides."""

from nithet.domain.supervision.rules.reports.marks import DRAFT, Issue
from nithet.domain.supervision.rules.reports.model import Points, Report
from nithet.foundation.documents.slides import Figure as ShownFigure
from nithet.foundation.documents.slides import FiguresSlide, PointsSlide, Slide, write_pptx
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date


def month_slides(
    report: Report,
    good: Points,
    to_think: Points,
    due: Points,
    coming: Points,
    numerals: Numerals = "arabic",
    *,
    issue: Issue | None = None,
) -> bytes:
    """Return exactly three slides: what was done, what was found, what comes; the foot says which issue, or a draft."""

    def said(text: str) -> str:
        return in_numerals(text, numerals)

    slides: tuple[Slide, ...] = (
        FiguresSlide(
            said(report.subtitle),
            tuple(
                ShownFigure(
                    said(one.name),
                    said(f"{one.n:,}" if one.of is None else f"{one.n:,}/{one.of:,}"),
                    said(one.unit),
                )
                for one in report.figures[:4]
            ),
            tuple(said(one) for one in (*report.gaps, f"นับจาก {report.population}")),
        ),
        PointsSlide(
            "สิ่งที่พบจากการนิเทศ",
            tuple(
                said(one)
                for one in (
                    *(f"จุดเด่น: {text}" for text in good.texts),
                    *(f"ชวนคิด: {text}" for text in to_think.texts),
                )
            ),
            "เดือนนี้ไม่มีบันทึกสิ่งที่พบ",
        ),
        PointsSlide(
            "ขอความร่วมมือและการนิเทศเดือนหน้า",
            tuple(
                said(one)
                for one in (
                    *(f"ข้อตกลง: {text}" for text in due.texts),
                    *(f"นิเทศ: {text}" for text in coming.texts),
                )
            ),
            "ไม่มีข้อตกลงที่ครบกำหนด และยังไม่มีการนิเทศที่วางแผนไว้",
        ),
    )
    state = issue.words(numerals) if issue else DRAFT
    foot = said(f"{report.office} · ข้อมูล ณ วันที่ {format_date(report.dated, 'short')}")
    return write_pptx(slides, title=report.subtitle, foot=f"{state} · {foot}")
