"""What a comparison says in official Thai: the test by its name, the formula, and honest words about how few there are."""

from nithet.domain.supervision.rules.comparison import (
    FEWEST_FOR_T,
    SMALL,
    Caution,
    Compared,
    Method,
)

METHODS = {
    Method.NONE: "ไม่ทดสอบ",
    Method.PAIRED_T: "Paired t-test (t-test แบบไม่อิสระต่อกัน)",
    Method.WILCOXON: "Wilcoxon signed-rank test",
    Method.WELCH_T: "Welch's t-test (t-test แบบอิสระต่อกัน ไม่ถือว่าความแปรปรวนเท่ากัน)",
    Method.MANN_WHITNEY: "Mann–Whitney U test",
}
EFFECTS = {
    Method.PAIRED_T: "g",
    Method.WELCH_T: "g",
    Method.WILCOXON: "r",
    Method.MANN_WHITNEY: "r",
}
FORMULAS = {
    Method.PAIRED_T: (
        "ขนาดอิทธิพล: Cohen's dz = ค่าเฉลี่ยของผลต่าง ÷ S.D. ของผลต่าง ปรับด้วย Hedges' J = 1 − 3/(4df − 1) เป็น g "
        "ช่วงความเชื่อมั่น 95 % ของ g คำนวณจากการแจกแจงแบบ noncentral t"
    ),
    Method.WELCH_T: (
        "ขนาดอิทธิพล: Cohen's d = ผลต่างของค่าเฉลี่ย ÷ S.D. รวม (pooled) ปรับด้วย Hedges' J = 1 − 3/(4df − 1) เป็น g "
        "ช่วงความเชื่อมั่น 95 % ของ g คำนวณจากการแจกแจงแบบ noncentral t"
    ),
    Method.WILCOXON: (
        "ขนาดอิทธิพล: rank-biserial r = (ผลรวมอันดับที่เพิ่ม − ผลรวมอันดับที่ลด) ÷ ผลรวมอันดับทั้งหมด "
        "ช่วงความเชื่อมั่น 95 % ของ r โดยประมาณจาก Fisher z  ค่ากลางของการเปลี่ยนแปลงและช่วงความเชื่อมั่น 95 % ตามวิธี "
        "Hodges–Lehmann"
    ),
    Method.MANN_WHITNEY: (
        "ขนาดอิทธิพล: rank-biserial r = 2U/(n₁n₂) − 1 ช่วงความเชื่อมั่น 95 % ของ r โดยประมาณจาก Fisher z  ค่ากลางของผลต่างตามวิธี Hodges–Lehmann"
    ),
}
STATISTICS = {
    Method.PAIRED_T: "t",
    Method.WELCH_T: "t",
    Method.WILCOXON: "T",
    Method.MANN_WHITNEY: "U",
}


def caution_words(found: Compared) -> str:
    """Say what must be said of how few there are, or why nothing was tested; "" where nothing must be said."""
    if found.caution == Caution.VALUES_ONLY:
        return (
            f"มีข้อมูลครบเพียง {found.n} {_what(found)} น้อยกว่า 5 จึงไม่ทดสอบทางสถิติ แสดงเฉพาะค่าที่วัดได้ "
            "และยังสรุปไม่ได้ว่าเปลี่ยนแปลงเพราะการนิเทศ"
        )
    if found.caution == Caution.UNCHANGED:
        return "ค่าก่อนและหลังเท่ากันทั้งหมด จึงไม่มีสิ่งที่จะทดสอบ"
    if found.caution == Caution.SMALL:
        more = (
            " กลุ่มขนาด 5 นี้ไม่ว่าผลเป็นอย่างไร ค่า p จะไม่ต่ำกว่า .05"
            if found.is_paired and found.n == 5
            else ""
        )
        return f"มีข้อมูล {found.n} {_what(found)} น้อยกว่า {SMALL} ผลนี้บอกได้เฉพาะกลุ่มนี้ ไม่ควรสรุปอ้างอิงไปยังกลุ่มอื่น{more}"
    return ""


def _what(found: Compared) -> str:
    return "คู่" if found.is_paired else "รายในกลุ่มที่เล็กกว่า"


def why_words(found: Compared) -> str:
    """Say why this test was chosen."""
    if found.method == Method.NONE:
        return ""
    if found.shapiro is None:
        return "ใช้สถิติแบบลำดับที่ เพราะกลุ่มเล็กกว่า 10 หรือค่าซ้ำกันจนตรวจการแจกแจงไม่ได้"
    is_normal = found.method in {Method.PAIRED_T, Method.WELCH_T}
    said = "ไม่พบว่าต่างจากการแจกแจงปกติ" if is_normal else "การแจกแจงต่างจากปกติ"
    equals = "p" if found.shapiro < 0.001 else "p ="
    return f"ตรวจการแจกแจงด้วย Shapiro–Wilk {equals} {p_words(found.shapiro)} {said}"


def p_words(p: float | None) -> str:
    """Write a p as papers do: three decimals without the leading 0, "< .001" below; "–" for None.

    >>> p_words(0.0497), p_words(0.00002), p_words(None), p_words(1.0)
    ('.050', '< .001', '–', '1.000')
    """
    if p is None:
        return "–"
    return "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def number_words(value: float | None, places: int = 2) -> str:
    """Write a number with a real minus; "–" for None.

    >>> number_words(-1.005, 1), number_words(None), number_words(-0.001)
    ('−1.0', '–', '0.00')
    """
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text.lstrip("-") if not text.strip("-0.") else text.replace("-", "−")


def interval_words(low: float | None, high: float | None) -> str:
    """Write an interval; "–" where it is not known."""
    if low is None or high is None:
        return "–"
    return f"{number_words(low)} ถึง {number_words(high)}"


def statistic_words(found: Compared) -> str:
    """Write the test's own figure: "t(14) = 2.15"; "–" where nothing was tested."""
    if found.statistic is None:
        return "–"
    name = STATISTICS[found.method]
    if found.df is None:
        return f"{name} = {number_words(found.statistic, 1)}"
    df = f"{found.df:.0f}" if float(found.df).is_integer() else f"{found.df:.1f}"
    return f"{name}({df}) = {number_words(found.statistic)}"


def effect_words(found: Compared) -> str:
    """Write the size of the effect with its name: "g = 0.54"; "–" where there is none."""
    if found.effect is None:
        return "–"
    return f"{EFFECTS[found.method]} = {number_words(found.effect)}"


def size_words(found: Compared) -> str:
    """Say in a word how large an effect is by Cohen's usual marks (g .2, .5, .8; r .1, .3, .5).

    "" where there is none, and where fewer than ten were compared: there a word would promise more than the figure holds.
    """
    if found.effect is None or found.n < FEWEST_FOR_T:
        return ""
    marks = (0.2, 0.5, 0.8) if EFFECTS[found.method] == "g" else (0.1, 0.3, 0.5)
    words = ("น้อยมาก", "น้อย", "ปานกลาง", "มาก")
    return words[sum(abs(found.effect) >= one for one in marks)]


def sized_words(found: Compared) -> str:
    """Write the effect with its interval and word: "g = 1.31 (95 % CI 0.54 ถึง 2.06) ระดับมาก"; "–" where there is none."""
    if found.effect is None:
        return "–"
    size = f" ระดับ{word}" if (word := size_words(found)) else ""
    if found.effect_low is None:
        return f"{effect_words(found)}{size}"
    interval = interval_words(found.effect_low, found.effect_high)
    return f"{effect_words(found)} (95 % CI {interval}){size}"


def limits_words(found: Compared) -> list[str]:
    """Say what a comparison of before and after cannot show, and where its interval is missing."""
    if found.p is None:
        return []
    said = ["ไม่มีกลุ่มเปรียบเทียบ ผลนี้จึงยังบอกไม่ได้ว่าเปลี่ยนแปลงเพราะการนิเทศเพียงอย่างเดียว"]
    if found.effect is not None and abs(found.effect) >= 1 and EFFECTS[found.method] == "r":
        said.append("ทุกรายที่เปลี่ยน เปลี่ยนไปทางเดียวกัน (r เป็น 1 หรือ −1) จึงไม่มีช่วงความเชื่อมั่นของ r")
    if found.low is None and found.method == Method.WILCOXON:
        said.append("มีน้อยกว่า 6 คู่ จึงไม่มีช่วงความเชื่อมั่น 95 % ของการเปลี่ยนแปลง")
    return said


def sentence(found: Compared, title: str, *, more_is_better: bool) -> str:
    """Say the result in one sentence, without claiming what few values cannot show."""
    change = found.change
    if change is None:
        return f"{title}: ยังไม่มีค่าครบทั้งก่อนและหลัง"
    if not round(change, 2):
        moved = "เฉลี่ยไม่เปลี่ยนแปลง"
    else:
        way = "เพิ่มขึ้น" if change > 0 else "ลดลง"
        good = (change > 0) == more_is_better
        moved = f"เฉลี่ย{way} {number_words(abs(change))} ({'ดีขึ้น' if good else 'ยังไม่ดีขึ้น'})"
    if found.p is None:
        return f"{title}: {moved}"
    said = "อย่างมีนัยสำคัญทางสถิติที่ระดับ .05" if found.is_significant else "ไม่มีนัยสำคัญทางสถิติที่ระดับ .05"
    equals = "p" if found.p < 0.001 else "p ="
    return f"{title}: {moved} {said} ({equals} {p_words(found.p)}) ขนาดอิทธิพล {sized_words(found)}"
