"""A run of words that stands twice in a row, as copying and pasting leaves it."""

from collections import Counter

_SHORTEST = 20
"""Letters below which a repetition may be meant."""
_SAMPLE = 12
_LONGEST_TEXT = 20_000


def repeated_run(text: str) -> str | None:
    """The longest run of at least twenty letters followed at once by itself; None without one.

    >>> repeated_run("จัดอบรมการพัฒนาระบบประกันคุณภาพอบรมการพัฒนาระบบประกันคุณภาพ")
    'อบรมการพัฒนาระบบประกันคุณภาพ'
    >>> repeated_run("ประเมินคุณภาพภายในและประเมินคุณภาพภายนอก")
    """
    letters = text[:_LONGEST_TEXT]
    best = ""
    for distance in _distances(letters):
        if distance > len(best):
            best = max(best, _run_at(letters, distance), key=len)
    return best.strip() or None


def _distances(text: str) -> list[int]:
    """How far apart equal samples stand, the likeliest first."""
    last: dict[str, int] = {}
    seen: Counter[int] = Counter()
    for start in range(len(text) - _SAMPLE + 1):
        sample = text[start : start + _SAMPLE]
        if sample in last:
            distance = start - last[sample]
            if distance >= _SHORTEST:
                seen[distance] += 1
        last[sample] = start
    # Samples that also recur nearer by, within the run itself, are not counted at its distance.
    return [distance for distance, times in seen.most_common(8) if times * 4 >= distance]


def _run_at(text: str, distance: int) -> str:
    """A stretch of ``distance`` letters that repeats after exactly that distance."""
    length = 0
    for start in range(len(text) - distance):
        length = length + 1 if text[start] == text[start + distance] else 0
        if length == distance:
            begin = start - distance + 1
            return text[begin : begin + distance]
    return ""
