"""How example records are marked: the words that stand as their source, and from whom their figures come."""

EXAMPLE = "ข้อมูลตัวอย่าง"
FINANCE = "กลุ่มบริหารงานการเงินและสินทรัพย์ (ข้อมูลตัวอย่าง)"
PLANNING = "กลุ่มนโยบายและแผน (ข้อมูลตัวอย่าง)"
