"""The levels that a form may rate by; their words are those of the bands with which a mean is said later."""

from collections.abc import Sequence
from dataclasses import dataclass

from nithet.domain.instruments.rules.bands import schemes
from nithet.domain.instruments.rules.definition import CHECK, PROGRESS
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class Scale:
    """A list of choices: values with their words, as they stand from left to right on the form."""

    code: str
    choices: tuple[tuple[str, str], ...]

    @property
    def levels(self) -> int:
        """Return the number of choices."""
        return len(self.choices)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of the choices."""
        return tuple(label for _, label in self.choices)

    @property
    def is_rating(self) -> bool:
        """Say whether the values are numbers that a mean is made of."""
        return self.choices[0][0].isdecimal()

    @property
    def list_name(self) -> str:
        """Return the name of its list in an XLSForm."""
        return self.code.replace("-", "_")


CHECK_SCALE = Scale("check", ((CHECK[0], "มี"), (CHECK[1], "ไม่มี")))
PROGRESS_SCALE = Scale(
    "progress", ((PROGRESS[0], "ยัง"), (PROGRESS[1], "บางส่วน"), (PROGRESS[2], "แล้ว"))
)
_SAME_WORDS = {
    ("มี", "ไม่มี"): CHECK,
    ("ใช่", "ไม่ใช่"): CHECK,
    ("ปฏิบัติ", "ไม่ปฏิบัติ"): CHECK,
    ("ไม่มี", "มี"): CHECK[::-1],
    ("ยัง", "บางส่วน", "แล้ว"): PROGRESS,
    ("ยังไม่ทำ", "ทำบางส่วน", "ทำแล้ว"): PROGRESS,
    ("ยัง", "บางส่วน", "ทำแล้ว"): PROGRESS,
    ("แล้ว", "บางส่วน", "ยัง"): PROGRESS[::-1],
    ("ทำแล้ว", "บางส่วน", "ยัง"): PROGRESS[::-1],
}


def scales() -> tuple[Scale, ...]:
    """Return the scales that may be chosen: ratings by number of levels, then มี/ไม่มี and ยัง/บางส่วน/แล้ว."""
    ratings = sorted(schemes(), key=lambda one: one.levels)
    seen: dict[tuple[str, ...], Scale] = {}
    for scheme in ratings:
        words = tuple(band.th for band in scheme.bands)
        choices = tuple((str(scheme.levels - at), word) for at, word in enumerate(words))
        seen.setdefault(words, Scale(scheme.code, choices))
    return (*seen.values(), CHECK_SCALE, PROGRESS_SCALE)


def scale_of(code: str) -> Scale | None:
    """Return the scale of a code, None where there is none."""
    return next((one for one in scales() if one.code == code), None)


def values_for(labels: Sequence[str]) -> list[str] | None:
    """Return the values that known words stand for, in their order; None where the words are not those of a scale.

    >>> values_for(["มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด"])
    ['5', '4', '3', '2', '1']
    >>> values_for(["ไม่มี", "มี"]), values_for(["แดง", "เขียว"])
    (['no', 'yes'], None)
    """
    words = tuple(collapse(label) for label in labels)
    if known := _SAME_WORDS.get(words):
        return list(known)
    for scale in scales():
        if not scale.is_rating:
            continue
        values = [value for value, _ in scale.choices]
        if words == scale.words:
            return values
        if words == scale.words[::-1]:
            return values[::-1]
    return None
