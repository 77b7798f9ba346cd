"""The information for planning as plain values: what a school's line says, and which schools stand first."""

from typing import Any

from nithet.kernel.digest import digest_of

Content = dict[str, Any]
__all__ = ["Content", "carried", "digest_of", "totals"]


def totals(schools: list[Content]) -> Content:
    """Return the figures over all lines: schools, with needs, open needs by kind, pupils known, never visited."""
    kinds: dict[str, int] = {}
    for school in schools:
        for need in school["needs"]:
            kinds[need["kind"]] = kinds.get(need["kind"], 0) + 1
    return {
        "schools": len(schools),
        "with_needs": sum(bool(school["needs"]) for school in schools),
        "needs": sum(len(school["needs"]) for school in schools),
        "needs_by_kind": kinds,
        "pupils": sum(school["pupils"] or 0 for school in schools),
        "pupils_known": sum(school["pupils"] is not None for school in schools),
        "with_results": sum(bool(school["results"]) for school in schools),
        "without_head": sum(school["head"] in {"vacant", "acting"} for school in schools),
        "never_visited": sum(school["last_visit"] is None for school in schools),
    }


def carried(content: Content) -> int:
    """Return how many of the open needs were written down in an earlier fiscal year than the one that is planned.

    >>> needs = [{"fiscal_year": 2568}, {"fiscal_year": 2569}]
    >>> carried({"fiscal_year": 2569, "schools": [{"needs": needs}, {"needs": []}]})
    1
    """
    return sum(
        need["fiscal_year"] < content["fiscal_year"]
        for school in content["schools"]
        for need in school["needs"]
    )
