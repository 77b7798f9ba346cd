"""How a level is shown: squares and words. Decides nothing about levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext

from nithet.foundation.ui.shapes import Step
from nithet.foundation.ui.words import number_words


@dataclass(frozen=True, slots=True)
class LevelWords:
    """The words beside a meter: the level itself, and what is added to it ("" for nothing)."""

    main: str
    more: str

    @property
    def whole(self) -> str:
        """Everything in one line, as it is read aloud."""
        return f"{self.main} ({self.more})" if self.more else self.main


def steps(
    level: int | None, *, of: int, target: int | None = None, possible: Sequence[int] = ()
) -> list[Step]:
    """List the squares of a meter from 1 to the highest level."""
    reached = level or 0
    aim = target or 0
    return [
        Step(
            number=n,
            reached=n <= reached,
            wanted=reached < n <= aim,
            maybe=level is None and n in possible and n > aim,
        )
        for n in range(1, of + 1)
    ]


def level_words(
    level: int | None,
    *,
    of: int,
    target: int | None = None,
    possible: Sequence[int] = (),
    text: str | Promise = "",
) -> LevelWords:
    """Say a level. `text` replaces the level's own words where the edition has better ones ("ไม่ถึงระดับ 1")."""
    if text:
        main = number_words(str(text))
    elif level is not None:
        main = gettext("Level %(level)s of %(of)s") % {
            "level": number_words(level),
            "of": number_words(of),
        }
    elif possible:
        main = gettext("Not known yet")
    else:
        main = gettext("No level yet")
    more = []
    if level is None and possible:
        among = ", ".join(number_words(n) for n in sorted(possible))
        more.append(gettext("still possible: level %(levels)s") % {"levels": among})
    if target is not None:
        more.append(gettext("target level %(target)s") % {"target": number_words(target)})
    return LevelWords(main, " · ".join(more))
