"""The thresholds of an edition that an office may read otherwise before its round opens."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from nithet.domain.assessments.models.rounds import Reading
from nithet.domain.frameworks.measures import known_measures
from nithet.domain.frameworks.rules.edition import Bound, Edition, Threshold
from nithet.domain.frameworks.rules.words import Language
from nithet.foundation.ui.words import number_words


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """One threshold: where it stands, its words, its figure (shares as fractions of 1), and how that is said."""

    item: str
    test: str
    measure: str
    value: Decimal
    is_share: bool
    field: str
    words: str
    stands: str

    def value_of(self, text: str) -> Decimal:
        """Return what a person typed in the unit of the threshold: shares are typed in per cent."""
        typed = Decimal(text)
        return typed / 100 if self.is_share else typed


def figure(value: Decimal, *, is_share: bool) -> str:
    """Say a figure: a share in per cent."""
    shown = value * 100 if is_share else value
    text = f"{shown.normalize():f}"
    return number_words(f"{text} %" if is_share else text)


def changeable(edition: Edition, language: Language) -> list[ThresholdLine]:
    """List the thresholds that the edition marks as our reading of its source, in the order of the form."""
    lines: list[ThresholdLine] = []
    for node in edition.items:
        for test in node.tests:
            for threshold in test.thresholds if test.reading else ():
                if threshold.bound is Bound.HOLDS:
                    continue
                lines.append(
                    _line(
                        node.id, test.id, test.name.say(language), threshold, language, len(lines)
                    )
                )
    return lines


def _line(
    item: str, test: str, name: str, threshold: Threshold, language: Language, number: int
) -> ThresholdLine:
    spec = known_measures().get(threshold.measure)
    measured = spec.title.say(language) if spec else threshold.measure
    words = gettext("Item %(item)s %(test)s: %(measured)s") % {
        "item": item,
        "test": name,
        "measured": measured,
    }
    stands = gettext("The form is read as: %(bound)s %(value)s") % {
        "bound": _bound(threshold.bound),
        "value": figure(threshold.value, is_share=threshold.is_share),
    }
    return ThresholdLine(
        item,
        test,
        threshold.measure,
        threshold.value,
        threshold.is_share,
        f"reading{number}",
        words,
        stands,
    )


def _bound(bound: Bound) -> str:
    return {
        Bound.AT_LEAST: gettext("at least"),
        Bound.AT_MOST: gettext("at most"),
        Bound.EACH_AT_LEAST: gettext("each at least"),
        Bound.EACH_AT_MOST: gettext("each at most"),
        Bound.HOLDS: "",
    }[bound]


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A threshold that the office reads otherwise, said in words."""

    words: str
    stands: str
    own: str
    reason: str
    by: str


def readings_shown(edition: Edition, rows: list[Reading], language: Language) -> list[ReadingShown]:
    """Say the office's readings beside the form's."""
    lines = {(one.item, one.test, one.measure): one for one in changeable(edition, language)}
    return [
        ReadingShown(
            line.words,
            line.stands,
            figure(row.value, is_share=line.is_share),
            row.reason,
            row.said_by,
        )
        for row in rows
        if (line := lines.get((row.item, row.test, row.measure)))
    ]
