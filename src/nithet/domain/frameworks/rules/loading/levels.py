"""Reading how a node earns a level: the scale, the rules, the bands, the flags."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from nithet.domain.frameworks.rules.conditions import Condition
from nithet.domain.frameworks.rules.grading import (
    Band,
    Bands,
    Flag,
    Grading,
    Level,
    Rounding,
    RoundingMode,
    Rule,
)
from nithet.domain.frameworks.rules.loading.conditions import Scope, asks_upwards, read_condition
from nithet.domain.frameworks.rules.loading.fields import Fields, Ids, Report, listed, open_fields
from nithet.domain.frameworks.rules.numbers import Number
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.frameworks.rules.yaml_tree import Mapping, Scalar, Sequence, Tree

_RULE_LIMIT = 60
_KEYS = (
    *("scale", "presumes", "otherwise", "rules", "readings", "flags", "cumulative"),
    *("bands", "judged_by"),
)


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest score that can occur."""

    low: Number
    high: Number


def read_grading(
    report: Report,
    parent: Fields,
    scope: Scope,
    span: Range | None,
    *,
    whole: bool = False,
    of_value: bool = False,
) -> Grading | None:
    """The grading under `levels`.

    `span` is the range of the node's score, where it has one. `whole`: flags may be raised here, for
    this is the level of the whole. `of_value`: bands class the value of one item and may run down.
    """
    fields = parent.fields("levels", known=_KEYS, required=("scale",))
    if fields is None:
        return None
    scale = _scale(fields)
    way = fields.only_one_of("rules", "bands", "judged_by")
    if not scale:
        return None
    grading = Grading(scale, _default_otherwise(scale), line=fields.line)
    grading = _otherwise(fields, grading)
    if way != "rules":
        for key in ("presumes", "readings", "cumulative"):
            if fields.has(key) and way is not None:
                fields.fault("not_together", key, one=way, other=key)
    if way == "rules":
        grading = _rules(fields, grading, scope, whole=whole)
    elif way == "bands":
        grading = replace(grading, bands=_bands(fields, grading, span, of_value=of_value))
    elif way == "judged_by":
        fields.word("judged_by", ("person",))
        grading = replace(grading, by_person=True)
    return _with_flags(fields, grading, scope, whole=whole)


def _scale(fields: Fields) -> tuple[Level, ...]:
    levels = []
    before: int | None = None
    for node, path in fields.sequence("scale", 30, empty=False):
        level = _level(fields.report, node, path)
        if level is None:
            continue
        if before is not None and level.number <= before:
            fields.report.add("scale_not_rising", node, path)
        before = level.number
        levels.append(level)
    return tuple(levels)


def _level(report: Report, node: Tree, path: str) -> Level | None:
    if isinstance(node, Scalar):
        if (
            isinstance(node.value, int)
            and not isinstance(node.value, bool)
            and 0 <= node.value <= 100
        ):
            return Level(node.value)
        report.add("not_an_integer", node, path)
        return None
    fields = open_fields(report, node, path, ("level", "name", "th", "en"), ("level",))
    if fields is None:
        return None
    number = fields.integer("level", 0, 100)
    text = fields.words() if fields.has("th") else None
    return None if number is None else Level(number, fields.text("name"), text)


def _default_otherwise(scale: tuple[Level, ...]) -> Text:
    lowest = scale[0].number
    return Text(f"ไม่ถึงระดับ {lowest}", f"below level {lowest}")


def _otherwise(fields: Fields, grading: Grading) -> Grading:
    inner = fields.fields("otherwise", known=("th", "en", "counts_as"))
    if inner is None:
        return grading
    counts_as = inner.number("counts_as")
    lowest = grading.numbers[0]
    if counts_as is not None and counts_as > lowest:
        inner.fault("counts_as_too_high", "counts_as", lowest=lowest)
    words = inner.words() if inner.has("th") else None
    return replace(grading, otherwise=words or grading.otherwise, counts_as=counts_as)


def _rules(fields: Fields, grading: Grading, scope: Scope, *, whole: bool) -> Grading:
    presumes: Condition | None = None
    if fields.has("presumes"):
        presumes = read_condition(fields.place("presumes"), fields.at("presumes"), scope)
    cumulative = fields.boolean("cumulative") or False
    ruled = frozenset(
        one.value for one in _peek(fields, "rules", "level") if isinstance(one.value, int)
    )
    rules = _rule_list(fields, "rules", grading, scope, ruled, whole=whole)
    readings = _rule_list(fields, "readings", grading, scope, ruled, whole=whole)
    _check_order(fields, rules, readings)
    return replace(
        grading, presumes=presumes, rules=rules, readings=readings, cumulative=cumulative
    )


def _peek(fields: Fields, key: str, inner: str) -> tuple[Scalar, ...]:
    """The values under `inner` of every entry of a list, read before the list itself is."""
    node = fields.node.entries.get(key)
    found = (
        entry.entries.get(inner)
        for entry in (node.items if isinstance(node, Sequence) else ())
        if isinstance(entry, Mapping)
    )
    return tuple(value for value in found if isinstance(value, Scalar))


def _rule_list(
    fields: Fields,
    key: str,
    grading: Grading,
    scope: Scope,
    ruled: frozenset[int],
    *,
    whole: bool,
) -> tuple[Rule, ...]:
    rules = []
    for entry in fields.each(
        key,
        known=("level", "when", "flag", "th", "en"),
        required=("level", "when"),
        limit=_RULE_LIMIT,
        empty=key != "rules",
    ):
        level = entry.integer("level", 0, 100)
        if level is not None and level not in grading.numbers:
            scale = listed(str(number) for number in grading.numbers)
            entry.fault("level_not_in_scale", "level", level=level, scale=scale)
            level = None
        lower = tuple(one for one in ruled if level is not None and one < level)
        where = replace(scope, reachable=lower, level=level)
        when = (
            read_condition(entry.place("when"), entry.at("when"), where)
            if entry.has("when")
            else None
        )
        flag = entry.string("flag")
        if flag is not None and (key == "rules" or not whole):
            entry.fault("cannot_ask", "flag", asked="flag", subject=key)
        elif flag is not None and flag not in {one.text for one in _peek(fields, "flags", "id")}:
            entry.fault("flag_unknown", "flag", id=flag[:60])
        text = entry.words() if entry.has("th") else None
        if level is not None and when is not None:
            rules.append(Rule(level, when, flag, text, entry.line))
    return tuple(rules)


def _check_order(fields: Fields, rules: tuple[Rule, ...], readings: tuple[Rule, ...]) -> None:
    """Rules fall; where levels or scores are asked for, the readings after them fall too."""
    before: int | None = None
    for rule in rules:
        if before is not None and rule.level > before:
            fields.fault("rules_not_from_the_top", "rules", level=rule.level, before=before)
            return
        before = rule.level
    if not any(asks_upwards(rule.when) for rule in (*rules, *readings)):
        return
    for reading in readings:
        if before is not None and reading.level > before:
            fields.fault("reading_above_rule", "readings", level=reading.level, before=before)
            return
        before = reading.level


def _with_flags(fields: Fields, grading: Grading, scope: Scope, *, whole: bool) -> Grading:
    if not whole:
        if fields.has("flags"):
            fields.fault("cannot_ask", "flags", asked="flags", subject="item")
        return grading
    ids = Ids("flags")
    flags = []
    raised = {reading.flag for reading in grading.readings if reading.flag}
    for entry in fields.each("flags", known=("id", "when", "th", "en"), required=("id", "th")):
        name, words = ids.claim(entry), entry.words()
        when: Condition | None = None
        if entry.has("when"):
            where = replace(scope, upwards=False)
            when = read_condition(entry.place("when"), entry.at("when"), where)
        elif name is not None and name not in raised:
            entry.fault("flag_unused", "id", id=name)
        if name is not None and words is not None:
            flags.append(Flag(name, words, when, entry.line))
    return replace(grading, flags=tuple(flags))


def read_rounding(fields: Fields, key: str) -> Rounding | None:
    """A stated rounding; the word `none` and an absent key mean that nothing is rounded."""
    node = fields.node.entries.get(key)
    if node is None or (isinstance(node, Scalar) and node.text == "none"):
        return None
    inner = fields.fields(key, known=("digits", "mode"), required=("digits", "mode"))
    if inner is None:
        return None
    digits, mode = inner.integer("digits", 0, 6), inner.choice("mode", RoundingMode)
    return None if digits is None or mode is None else Rounding(digits, mode)


def _bands(fields: Fields, grading: Grading, span: Range | None, *, of_value: bool) -> Bands | None:
    inner = fields.fields(
        "bands", known=("round", "down", "classes"), required=("round", "classes")
    )
    if inner is None:
        return None
    if span is None:
        inner.report.add("no_score_here", inner.node, inner.path)
        return None
    down = inner.boolean("down") or False
    if down and not of_value:
        inner.fault("bands_run_down", "down")
    rounding = read_rounding(inner, "round")
    entries = inner.each(
        "classes",
        known=("level", "from", "to", "below"),
        required=("level", "from"),
        limit=30,
        empty=False,
    )
    bands = [band for entry in entries if (band := _band(entry, grading, rounding)) is not None]
    if len(bands) < len(entries) or not bands:
        return None
    for lower, upper, entry in zip(bands, bands[1:], entries[1:], strict=False):
        _check_neighbours(entry, lower, upper, rounding, down=down)
    _check_ends(inner, bands, grading, span, fields)
    return Bands(tuple(bands), rounding, down)


def _band(entry: Fields, grading: Grading, rounding: Rounding | None) -> Band | None:
    level, low = entry.integer("level", 0, 100), entry.number("from")
    key = entry.only_one_of("to", "below")
    high = entry.number(key) if key else None
    if level is None or low is None or high is None:
        return None
    if key == "below" and rounding is not None:
        entry.fault("not_together", "below", one="round", other="below")
        return None
    if level not in grading.numbers:
        scale = listed(str(number) for number in grading.numbers)
        entry.fault("level_not_in_scale", "level", level=level, scale=scale)
    if high < low:
        entry.fault("band_backwards", "from", low=low, high=high)
    if rounding is not None:
        for edge in ("from", "to"):
            value = low if edge == "from" else high
            if value != value.quantize(Decimal(1).scaleb(-rounding.digits)):
                entry.fault("band_digits", edge, value=value, digits=rounding.digits)
    return Band(level, low, high)


def _check_neighbours(
    entry: Fields, lower: Band, upper: Band, rounding: Rounding | None, *, down: bool
) -> None:
    if upper.low < lower.low or (upper.level == lower.level or (upper.level < lower.level) != down):
        entry.fault("bands_not_rising", "from")
        return
    step = Decimal(0) if rounding is None else Decimal(1).scaleb(-rounding.digits)
    expected = lower.high + step
    if upper.low < expected:
        entry.fault("band_overlap", "from", level=upper.level, before=lower.level)
    elif upper.low > expected:
        entry.fault("band_gap", "from", low=lower.high, high=upper.low)


def _check_ends(
    inner: Fields, bands: list[Band], grading: Grading, span: Range, fields: Fields
) -> None:
    if Fraction(bands[-1].high) < span.high:
        inner.fault("band_uncovered", "classes", score=_plain(span.high))
    if Fraction(bands[0].low) > span.low and not fields.has("otherwise"):
        inner.fault("band_uncovered", "classes", score=_plain(span.low))


def _plain(score: Number) -> str:
    return f"{float(score):g}"
