"""Papers by their code and by their record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nithet.domain.evidence.models import Printout
from nithet.domain.evidence.policy import visible_printouts
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.scope import unscoped

CODE = re.compile(r"[A-Z2-7]{16}")
_IN_ADDRESS = re.compile(r"/p/([A-Z2-7]{16})(?:/|$|[?#])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperNamed:
    """What the holder of a paper is told whoever they are: the office, when it was printed and since when it counts no more.

    Never its content. `withdrawn_at` is None while it stands.
    """

    office: str
    printed_at: datetime
    withdrawn_at: datetime | None


def path_of(printout: Printout) -> str:
    """Return the address of a paper without the host, for its QR."""
    return f"/p/{printout.code}/"


def typed_code(text: str) -> str:
    """Return a code as a person typed it, put right: capitals, no spaces or dashes; "" where it is none."""
    tidy = re.sub(r"[\s-]", "", text).upper().replace("0", "O").replace("1", "I").replace("8", "B")
    return tidy if CODE.fullmatch(tidy) else ""


def code_in(text: str) -> str:
    """Return the code that the text of a QR holds; "" where it is not one of our papers."""
    found = _IN_ADDRESS.search(text.strip())
    return found.group(1).upper() if found else typed_code(text)


def paper_named(code: str) -> PaperNamed | None:
    """Return what anybody may know of a paper; None where no office printed one with this code."""
    # The holder of a paper belongs to no office: its code alone finds it, in whatever office it was printed.
    with unscoped():
        row = Printout.objects.select_related("office").filter(code=code).first()
        return PaperNamed(row.office.name, row.printed_at, row.withdrawn_at) if row else None


def find_printout(actor: Actor, code: str) -> Printout | None:
    """Return a paper that the actor may see; None where there is none or it is not theirs."""
    return visible_printouts(actor).select_related("signed").filter(code=code).first()


def printouts_by_code(actor: Actor, codes: Iterable[str]) -> list[Printout]:
    """Return the papers of these codes that the actor may see; one query."""
    return list(visible_printouts(actor).select_related("signed").filter(code__in=list(codes)))


def printouts_about(actor: Actor, record: RecordRef) -> list[Printout]:
    """List the papers printed from a record, newest first; one query."""
    rows = visible_printouts(actor).select_related("signed").filter(about=str(record))
    return list(rows.order_by("-printed_at", "-pk"))


def waiting_for_scan(actor: Actor) -> QuerySet[Printout]:
    """List the papers whose signed copy has not come back, newest first."""
    return visible_printouts(actor).filter(signed__isnull=True).order_by("-printed_at", "-pk")
