"""The rules by which the whole is judged, each held against the facts with what decides it."""

from collections.abc import Sequence

from nithet.domain.frameworks.rules.conditions import All, Condition, Reaches, Subject
from nithet.domain.frameworks.rules.folding import End
from nithet.domain.frameworks.rules.grading import Grading, Rule
from nithet.domain.frameworks.rules.outcomes import Views
from nithet.domain.frameworks.rules.ready_gradings import CompiledGrading, Step
from nithet.domain.frameworks.rules.reasons import (
    Clause,
    Finding,
    Found,
    Verdict,
    findings,
    merged,
    score_finding,
)
from nithet.domain.frameworks.rules.tally import Holds, all_of
from nithet.domain.frameworks.rules.words import Text


def clauses_of(
    grading: CompiledGrading, views: Views, ends: Sequence[End], chosen: int | None
) -> tuple[Clause, ...]:
    """The rules, bands or descriptions of a grading, from the top.

    `ends` are all the ways the whole can come out, `chosen` the level that a person chose for it.
    """
    if grading.grading.bands is not None:
        return _band_clauses(grading, views, ends)
    if grading.grading.by_person:
        return _chosen_clauses(grading, chosen)
    readings = len(grading.steps) - len(grading.grading.readings)
    return tuple(
        _rule_clause(grading, views, ends, step, reading=index >= readings)
        for index, step in enumerate(grading.steps)
    )


def _rule_clause(
    grading: CompiledGrading,
    views: Views,
    ends: Sequence[End],
    step: Step,
    *,
    reading: bool,
) -> Clause:
    plain, holds, rule = grading.grading, step.holds, step.rule
    presumed = certain(grading, grading.presumes, ends)
    own = certain(grading, holds, ends)
    both = certain(grading, all_of([grading.presumes, holds]), ends)
    because: list[Finding] = []
    if plain.presumes is not None and presumed is both and both is not True:
        because += findings(plain.presumes, views, both, plain)
    # A rule below what the rest would earn fails for being outdone, which is no reason to give here.
    if not because or (own is both and rule.level > _earned_apart_from_presumption(grading, ends)):
        because += _findings_of_rule(plain, views, rule, both)
    text = None if reading else rule.text or _text_of(plain, rule.level)
    return Clause(rule.level, text, rule.when, both, merged(because), reading, rule.flag)


def _earned_apart_from_presumption(grading: CompiledGrading, ends: Sequence[End]) -> int:
    """The highest level whose own condition holds somewhere; -1 for none."""
    held = (
        step.rule.level for step in grading.steps if certain(grading, step.holds, ends) is not False
    )
    return max(held, default=-1)


def obstacles(
    grading: CompiledGrading, views: Views, ends: Sequence[End], clauses: Sequence[Clause]
) -> tuple[Finding, ...]:
    """What is in the way of the lowest level: what is presumed and does not hold, or its own rule."""
    presumes = grading.grading.presumes
    if presumes is not None and certain(grading, grading.presumes, ends) is False:
        return findings(presumes, views, False, grading.grading)  # noqa: FBT003  a verdict
    return min(clauses, key=lambda clause: clause.level).because if clauses else ()


def _findings_of_rule(
    grading: Grading, views: Views, rule: Rule, verdict: Verdict
) -> tuple[Finding, ...]:
    whole: Condition = rule.when
    if grading.cumulative and rule in grading.rules:
        lower = sorted({one.level for one in grading.rules if one.level < rule.level})
        whole = All((*(Reaches(level) for level in lower), rule.when))
    return findings(whole, views, verdict, grading)


def _text_of(grading: Grading, level: int) -> Text | None:
    """The description of a level as the source has it."""
    return {one.number: one.text for one in grading.scale}.get(level)


def _band_clauses(
    grading: CompiledGrading, views: Views, ends: Sequence[End]
) -> tuple[Clause, ...]:
    bands = grading.grading.bands
    found = {end[3] for end in ends}
    because = (score_finding(views.score),)
    clauses = []
    for band in reversed(bands.bands if bands else ()):
        holds = None if band.level in found and len(found) > 1 else band.level in found
        text, edges = _text_of(grading.grading, band.level), (f"{band.low:f}", f"{band.high:f}")
        clauses.append(Clause(band.level, text, None, holds, because, band=edges))
    return tuple(clauses)


def _chosen_clauses(grading: CompiledGrading, chosen: int | None) -> tuple[Clause, ...]:
    found = Found.NOT_CHOSEN if chosen is None else Found.CHOSEN
    because = (Finding(found, Subject.OWN, (), "" if chosen is None else str(chosen)),)
    return tuple(
        Clause(
            level.number,
            level.text,
            None,
            None if chosen is None else level.number == chosen,
            because,
        )
        for level in reversed(grading.grading.scale)
    )


def certain(grading: CompiledGrading, holds: Holds, ends: Sequence[End]) -> bool | None:
    """Whether a condition holds in every way the whole can come out, in none, or in some (None).

    Where nothing applies there is no way to come out, and nothing holds.
    """
    if not ends:
        return False
    if len(ends) == 1 and ends[0][1] is ends[0][2]:
        return holds(ends[0][0], ends[0][1])
    found = {
        holds(counts, score)
        for counts, low, high, _, _, _ in ends
        for score in grading.points(low, high)
    }
    return found.pop() if len(found) == 1 else None
