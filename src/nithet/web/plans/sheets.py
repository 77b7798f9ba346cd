"""A project as text for the central system for monitoring the nation's strategies (eMENSCR), field by field."""

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.standing import ProjectLine
from nithet.kernel.thai_dates import format_date, format_range


def emenscr_sheet(project: Project, line: ProjectLine) -> list[tuple[str, str]]:
    """Return (field, text) in the order of the system's form, in Thai as it asks; "–" where nothing is stated."""
    activities = [one for one in project.activities.all() if one.stands]
    targets = [one for one in project.targets.all() if one.stands]
    money = [one for one in project.budget_lines.all() if one.stands]
    fields = [
        ("ชื่อโครงการ", project.title),
        ("รหัสโครงการในระบบ eMENSCR", project.emenscr_code),
        ("ปีงบประมาณ", str(project.plan.fiscal_year)),
        ("กลยุทธ์ของหน่วยงาน", project.strategy.title if project.strategy else ""),
        ("ตัวชี้วัดที่เกี่ยวข้อง", project.kpi),
        ("วัตถุประสงค์", project.objective),
        (
            "เป้าหมายและตัวชี้วัดของโครงการ",
            "\n".join(
                f"{one.text} {one.value if one.value is not None else ''} {one.unit}".strip()
                for one in targets
            ),
        ),
        ("ระยะเวลาดำเนินการ", _period(project)),
        ("กิจกรรม", "\n".join(_activity(n, one) for n, one in enumerate(activities, 1))),
        ("ผู้รับผิดชอบ", project.owner_title),
        ("วงเงินงบประมาณ (บาท)", f"{line.sums.planned:,.2f}"),
        (
            "แหล่งเงิน",
            "\n".join(
                f"{one.get_source_kind_display()} "
                f"{f'{one.planned:,.2f} บาท' if one.planned is not None else one.quantity}".strip()
                for one in money
            ),
        ),
        ("ผลการเบิกจ่าย (บาท)", "" if line.sums.spent is None else f"{line.sums.spent:,.2f}"),
        ("ความก้าวหน้ารายไตรมาส (ข้อความ)", _progress(line)),
    ]
    return [(name, text.strip() or "–") for name, text in fields]


def _period(project: Project) -> str:
    start, end = project.period_start, project.period_end
    if start and end:
        return format_range(start, end)
    return format_date(start or end) if (start or end) else ""  # type: ignore[arg-type]  # one is there


def _activity(number: int, one: Activity) -> str:
    when = f" ({one.period_label})" if one.period_label else ""
    return f"{number}. {one.title}{when} – {one.get_state_display()}"


def _progress(line: ProjectLine) -> str:
    found, sums = line.standing, line.sums
    text = f"ดำเนินกิจกรรมแล้ว {found.done} จาก {found.total} กิจกรรม"
    if sums.spent is not None and sums.planned:
        text += f" เบิกจ่ายแล้ว {sums.spent:,.2f} บาท จาก {sums.planned:,.2f} บาท (ร้อยละ {sums.share})"
    if found.overdue:
        text += f" มีกิจกรรมเลยกำหนด {found.overdue} กิจกรรม"
    return text
