"""What the console tells people about a reading, an import, a judgement. Thai first; figures as n of N."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nithet.console.words import both, say
from nithet.domain.frameworks.rules.edition import Edition

FLAG_WORDS = {
    "tick_lost": "tick marks lost in the file: a person must tick again",
    "level_unknown": "items whose level the file does not say",
    "repeated_run": "words that are repeated",
    "unpaired_bracket": "brackets without a partner",
    "suspected_slip": "words that look like slips (kept as written)",
    "project_without_evidence": "projects without evidence",
    "count_mismatch": "totals that differ from their list",
    "ambiguous_mark": "marks that may be a plain bracket",
}


def describe_reading(found: Mapping[str, Any]) -> None:
    """Tell what was found in a return."""
    say(
        "%(office)s · fiscal year %(year)s · issue %(issue)s (standard %(standard)s, indicator %(indicator)s)",
        office=found["office"] or "–",
        year=found["fiscal_year"] or "–",
        issue=found["issue"] or "–",
        standard=found["standard"] or "–",
        indicator=found["indicator"] or "–",
    )
    say(
        "%(items)s items in %(blocks)s tables, %(continuations)s of them continued; %(levels)s levels",
        items=len(found["items"]),
        blocks=found["blocks"],
        continuations=found["continuations"],
        levels=len(found["levels"]),
    )
    say(
        "%(visits)s visits, %(evidence)s entries of evidence, %(projects)s projects named",
        visits=sum(len(visit["schools"]) for visit in found["visits"]),
        evidence=sum(len(item["evidence"]) for item in found["items"]),
        projects=len({"".join(title.split()) for item in found["items"] for title in item["projects"]}),
    )
    describe_flags(found["flags"])
    if found["absent"]:
        say("Not in the file:")
        for name in found["absent"]:
            print(f"  – {name}")


def describe_flags(flags: Sequence[Mapping[str, Any]]) -> None:
    """Tell what a person should look at, by kind."""
    if not flags:
        return
    say("To be looked at by a person:")
    for kind, count in Counter(flag["kind"] for flag in flags).items():
        thai, english = both(FLAG_WORDS.get(kind, kind))
        lines = [flag["line"] for flag in flags if flag["kind"] == kind and flag["line"]]
        where = ", ".join(str(line) for line in lines[:8]) + (" …" if len(lines) > 8 else "")
        print(f"  – {thai}: {count} (บรรทัด {where})" if where else f"  – {thai}: {count}")
        print(f"      {english}")


def tests_of(edition: Edition) -> dict[tuple[str, str], str]:
    """Return the Thai words of every test by (item, test)."""
    return {(item.id, test.id): test.name.th for item in edition.items for test in item.tests}


def describe_judgement(report: Mapping[str, Any], tests: Mapping[tuple[str, str], str]) -> None:
    """Tell the level, why, what is unanswered and what leads to the next level; `tests` holds the words of each test."""
    possible = ", ".join(str(level) for level in report["possible"]) or "–"
    say(
        "Level from the records: %(level)s (%(label)s); levels still possible: %(possible)s",
        level=report["level"] if report["level"] is not None else "–",
        label=report["label"] or "–",
        possible=possible,
    )
    for clause in report["clauses"]:
        mark = {True: "✓", False: "✗", None: "?"}[clause["holds"]]
        print(f"  {mark} ระดับ {clause['level']}: {clause['because']}")
    if report["unanswered"]:
        say("Tests that nobody has answered:")
        for one in report["unanswered"]:
            print(f"  – ข้อ {one['item']}: {tests.get((one['item'], one['test']), one['test'])}")
    if report["to_next"]:
        say("The smallest way to the next level:")
        for step in report["to_next"]:
            print(f"  – {step['change']} ({step['because']})")


def describe_import(summary: Mapping[str, Any]) -> None:
    """Tell what an import proposed and what became of it."""
    say(
        "%(file)s: %(proposed)s records proposed, %(accepted)s taken over",
        file=summary["file_name"],
        proposed=summary["proposed"],
        accepted=summary["accepted"],
    )
    for kind, count in summary["kinds"].items():
        print(f"  – {kind}: {count}")
    describe_flags(summary["flags"])
