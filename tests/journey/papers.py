"""The files that an office has on its disks when it begins: its list of schools, last year's plan, a report."""

import io

from docx import Document
from openpyxl import Workbook

SCHOOLS = 12


def list_of_schools() -> bytes:
    """Return a CSV as old systems write it: Windows-874, Thai digits, days in the Buddhist era."""
    lines = ["รหัสโรงเรียน,ชื่อโรงเรียน,อำเภอ,ตำบล,กลุ่มเครือข่าย,จำนวนนักเรียน,ณ วันที่"]
    for number in range(1, SCHOOLS + 1):
        code, pupils = thai(f"7601{number:04d}"), thai(str(40 + 17 * number))
        district = "เมืองตัวอย่าง" if number % 2 else "ท่าตัวอย่าง"
        lines.append(
            f"{code},โรงเรียนบ้านตัวอย่าง {number},{district},ตำบลตัวอย่าง,เครือข่ายตัวอย่าง {number % 3 + 1},{pupils},๑๐/๖/๒๕๖๙"
        )
    return "\r\n".join(lines).encode("cp874")


def last_years_plan() -> bytes:
    """Return last year's action plan as an Excel file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["แผนปฏิบัติการประจำปีงบประมาณ ๒๕๖๘"])
    sheet.append(["ที่", "โครงการ/กิจกรรม", "ผู้รับผิดชอบ", "งบประมาณ (บาท)", "ตัวชี้วัด"])
    sheet.append(
        [
            "๑",
            "โครงการนิเทศเต็มพิกัด",
            "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
            "๑๒๐,๐๐๐",
            "โรงเรียนได้รับการนิเทศร้อยละ ๑๐๐",
        ]
    )
    sheet.append(
        [
            "๒",
            "โครงการพัฒนาระบบประกันคุณภาพภายใน",
            "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
            "๖๐,๐๐๐",
            "",
        ]
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def report_of_supervision() -> bytes:
    """Return a Word file that serves as evidence."""
    document = Document()
    document.add_heading("รายงานผลการนิเทศ ภาคเรียนที่ ๑/๒๕๖๙", 1)
    document.add_paragraph("นิเทศโรงเรียนครบทุกแห่งตามปฏิทินนิเทศ")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def edited_in_word(data: bytes, *, before: str, after: str) -> bytes:
    """Return a Word file in which somebody has typed other words for these."""
    document = Document(io.BytesIO(data))
    found = [
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        if before in paragraph.text
    ]
    assert found, "the words do not stand in the Word file"
    for paragraph in found[:1]:
        paragraph.text = paragraph.text.replace(before, after)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def thai(text: str) -> str:
    """Return a text with Thai digits."""
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
