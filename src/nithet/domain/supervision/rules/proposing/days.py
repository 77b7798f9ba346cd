"""Neighbours share a day, days are spread over a semester, and days on which something else is at a school stay free."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nithet.domain.supervision.rules.distances import distance_km, great_circle_km
from nithet.domain.supervision.rules.proposing.question import Settings
from nithet.domain.supervision.rules.proposing.sharing import Share
from nithet.domain.supervision.rules.reasons import SchoolFacts
from nithet.kernel.thai_dates import format_date


def neighbours(share: Share, settings: Settings) -> list[Share]:
    """Put neighbours on one day: the first school of a share leads its day, beside it those that lie nearest."""
    waiting = list(share)
    groups = []
    while waiting:
        first, *waiting = waiting
        near = sorted(
            (one for one in waiting if is_near(first[0], one[0], settings.near_km)),
            key=lambda one: (distance_km(first[0].place, one[0].place), one[0].name, one[0].key),
        )
        chosen: Share = [first]
        for one in near:
            if len(chosen) < settings.most_a_day and one[0].key not in {c[0].key for c in chosen}:
                chosen.append(one)
        waiting = [one for one in waiting if not any(one is c for c in chosen)]
        groups.append(chosen)
    return groups


def is_near(first: SchoolFacts, second: SchoolFacts, near_km: int) -> bool:
    """Say whether two schools go into one day: by their distance, or without coordinates by network and district."""
    if first.place and second.place:
        return great_circle_km(first.place, second.place) <= near_km
    return (
        bool(first.network)
        and first.network == second.network
        and first.district == second.district
    )


def choose_day(
    days: Sequence[date],
    free: Sequence[date],
    at: float,
    schools: Iterable[SchoolFacts],
    taken: Mapping[int, set[date]],
) -> tuple[date | None, str]:
    """Return the free day nearest to a place in the semester (`at`, 0 to 1) that suits all, and why a nearer one did not.

    None where no day suits. `taken` are the days on which a school has a visit already.
    """
    held = list(schools)
    if not free:
        return None, ""
    wanted = days[min(len(days) - 1, int(at * len(days)))]
    why = ""
    for day in sorted(free, key=lambda day: (day < wanted, abs((day - wanted).days))):
        clash = _clash(held, day, taken)
        if clash is None:
            return day, why
        if not why and clash:
            why = f"เว้นวันที่ {format_date(day, 'short')} เพราะ{clash}"
    return None, ""


def _clash(schools: Iterable[SchoolFacts], day: date, taken: Mapping[int, set[date]]) -> str | None:
    """Say why a day does not suit some schools: "" where a visit stands on it, None where it suits."""
    for school in schools:
        if day in taken.get(school.key, ()):
            return ""
        for span in school.closed:
            if span.starts_on <= day <= span.ends_on:
                return span.words
    return None
