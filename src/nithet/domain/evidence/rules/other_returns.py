"""The returns that other systems collect from an area office, as data with their years (ใช้ในรายงานใดบ้าง)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherReturn:
    """A return that is filled in elsewhere: its full Thai name, what it is called for short, and the years it existed.

    Years are fiscal years in พ.ศ.; None is an open end. A first year stands only where a source names it.
    """

    id: str
    short: str
    name: str
    first_year: int | None = None
    last_year: int | None = None

    def existed_in(self, fiscal_year: int) -> bool:
        """Say whether the return existed in a fiscal year."""
        return (self.first_year or 0) <= fiscal_year <= (self.last_year or 9999)


OTHER_RETURNS = (
    OtherReturn("krs", "KRS", "รายงานผลตามคำรับรองการปฏิบัติราชการ"),
    OtherReturn("ars", "ARS", "รายงานผลการปฏิบัติราชการตามแผนปฏิบัติราชการ"),
    OtherReturn(
        "monitoring_committee",
        "ก.ต.ป.น.",
        "รายงานของคณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา",
    ),
    OtherReturn("ita", "ITA", "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน", first_year=2559),
    OtherReturn("e_mes", "e-MES", "รายงานผลตามมาตรฐานสำนักงานเขตพื้นที่การศึกษา", first_year=2560),
    OtherReturn("emenscr", "eMENSCR", "ระบบติดตามและประเมินผลแห่งชาติ", first_year=2561),
    OtherReturn("vpa", "วPA", "ข้อตกลงในการพัฒนางาน", first_year=2565),
)
"""In the order in which a screen lists them."""


def other_return(key: str) -> OtherReturn | None:
    """Return a return by its id; None for one that is not known."""
    return next((one for one in OTHER_RETURNS if one.id == key), None)


def returns_of(fiscal_year: int) -> tuple[OtherReturn, ...]:
    """Return the returns that existed in a fiscal year."""
    return tuple(one for one in OTHER_RETURNS if one.existed_in(fiscal_year))
