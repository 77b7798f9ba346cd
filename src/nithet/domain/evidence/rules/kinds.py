"""Kinds of evidence that every office has, beside those that an edition names."""

from nithet.domain.frameworks.rules.words import Text

EVERYDAY = {
    "photo": Text("ภาพถ่าย", "photograph"),
    "photo_report": Text("รายงานภาพข่าว", "photo report"),
    "order": Text("คำสั่ง", "order"),
    "memo": Text("บันทึกข้อความ", "memo"),
    "letter": Text("หนังสือราชการ", "official letter"),
    "minutes": Text("รายงานการประชุม", "minutes of a meeting"),
    "report": Text("รายงานผล", "report"),
    "visit_copy": Text("สำเนาการนิเทศโรงเรียน", "copy of a visit record"),
    "school_logbook": Text("สมุดบันทึกของโรงเรียน", "school logbook"),
    "certificate": Text("เกียรติบัตร / วุฒิบัตร", "certificate"),
    "video": Text("วีดิทัศน์", "video"),
    "other": Text("อื่น ๆ", "other"),
}
"""Id -> name, in the order in which a form offers them."""
