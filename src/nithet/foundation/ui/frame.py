"""What stands around a page: who reads it, for which office, in which digits.

This package may not know accounts or offices, so a face of the product says once, in its `apps.ready()`, how a request
is described.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from nithet.kernel.numerals import Numerals


@dataclass(frozen=True, slots=True)
class OtherOffice:
    """Another office in which the reader holds a role, to change to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the top bar shows; an empty text leaves its place out.

    `is_example` marks an office of example data (ข้อมูลตัวอย่าง) on every page; `asks_who` is a shared desk at which
    nobody has said yet who sits there.
    """

    person: str = ""
    role: str = ""
    office: str = ""
    period: str = ""
    numerals: Numerals = "arabic"
    is_example: bool = False
    asks_who: bool = False
    others: tuple[OtherOffice, ...] = ()


Describe = Callable[[HttpRequest], Frame]

_describe: list[Describe] = []


def describe_with(describe: Describe) -> None:
    """Register the one function that describes a request; the last registration holds."""
    _describe[:] = [describe]


def frame_of(request: HttpRequest) -> Frame:
    """Describe a request, once however often it is asked."""
    kept: Frame | None = getattr(request, "_nithet_frame", None)
    if kept is None:
        kept = _describe[0](request) if _describe else Frame()
        request._nithet_frame = kept  # type: ignore[attr-defined]
    return kept
