"""How far schools lie from each other."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""Mean radius of the earth."""


def great_circle_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the distance of two places (latitude, longitude in degrees) as the crow flies, in kilometres; roads are longer.

    >>> round(great_circle_km((13.1, 99.9), (13.1, 99.9)), 3)
    0.0
    >>> round(great_circle_km((0.0, 0.0), (0.0, 1.0)), 1)
    111.2
    """
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (first, second))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def distance_km(first: tuple[float, float] | None, second: tuple[float, float] | None) -> float:
    """Return the distance of two places; of an unknown one a distance beyond all, so that what is known comes first."""
    return great_circle_km(first, second) if first and second else 1e6


def centre_of(places: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the middle of some places; None of none. Good for an area of a province, not for the poles."""
    if not places:
        return None
    return (
        sum(one[0] for one in places) / len(places),
        sum(one[1] for one in places) / len(places),
    )
