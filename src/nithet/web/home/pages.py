"""What the home of each role shows, worked out before it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nithet.domain.overview.days import Dated
from nithet.domain.overview.queries import OfficeHome
from nithet.domain.supervision.queries.coverage import PartOfYear
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.roles import OFFICE_LEADERS, RECORD_WRITERS, Role
from nithet.foundation.refs.registry import kinds, resolve
from nithet.web.home.waiting import address
from nithet.web.rounds.pages import ItemLine, item_lines


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that is missing in the year, with how many of how many, and where to mend it."""

    words: str | Promise
    count: int
    of: int | None
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class Due:
    """A line with its day; `is_late` once the day has passed."""

    day: date
    words: str
    href: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ItemAtHome:
    """An item of the form with who works on it and by when."""

    line: ItemLine
    who: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Primary:
    """The one thing that this role does most."""

    label: str | Promise
    href: str
    icon: str


def missing_of(actor: Actor, home: OfficeHome, *, with_plan: bool) -> list[Todo]:
    """List what is missing in the year of the round, most pressing first; only what this reader can mend.

    `with_plan` False leaves out what the card of the plan says beside it.
    """
    found = []
    reporting_round = home.round
    unanswered = home.standing.judgement.unanswered
    tests = sum(len(node.tests) for node in home.standing.edition.items)
    if unanswered and ask("test.answer", actor, reporting_round):
        href = address("rounds:item", reporting_round.pk, unanswered[0].item)
        found.append(Todo(_("Tests not answered"), len(unanswered), tests, href, "check"))
    if not actor.holds(*RECORD_WRITERS):
        return found
    year = f"?year={reporting_round.fiscal_year}"
    if home.unproven and with_plan:
        one = address("plans:project", home.unproven[0].pk)
        href = (
            one
            if len(home.unproven) == 1
            else address("plans:projects", query=f"{year}&show=no-evidence")
        )
        found.append(
            Todo(_("Projects without evidence"), len(home.unproven), home.projects, href, "project")
        )
    if home.listed_pieces:
        href = address("evidence:evidence_list", query=f"{year}&medium=listed")
        found.append(
            Todo(
                _("Evidence named and not shown yet"),
                home.listed_pieces,
                home.pieces,
                href,
                "evidence",
            )
        )
    if home.unnamed_visits:
        href = address("visits:visits", query=f"{year}&who=none")
        found.append(
            Todo(
                _("Visits without the names of who went"),
                home.unnamed_visits,
                home.visits,
                href,
                "visit",
            )
        )
    return found


def due_lines(actor: Actor, dated: Sequence[Dated], today: date) -> list[Due]:
    """Name what is dated to its reader and link it; what they may not see is left out."""
    found = resolve(actor, {one.ref for one in dated if one.ref and one.ref.kind in kinds()})
    lines = []
    for one in dated:
        about = found.get(one.ref) if one.ref else None
        if about is None and one.ref is not None:
            continue
        words = one.words or (about.title if about else "")
        href = (about.url or "") if about else ""
        lines.append(Due(one.day, words, href, one.day < today))
    return lines


def items_at_home(home: OfficeHome) -> list[ItemAtHome]:
    """List the items of the round with who works on them."""
    found = []
    for line in item_lines(home.round, home.standing):
        given = [one for one in home.assigned.get(line.node.id, []) if one.stands]
        dues = [one.due_on for one in given if one.due_on]
        who = ", ".join(one.title for one in given)
        found.append(ItemAtHome(line, who, min(dues, default=None)))
    return found


def primary_of(actor: Actor, waiting: Sequence[Any], home: OfficeHome | None) -> Primary | None:
    """Choose the one button of a role: leaders sign what waits, planners open their plan, those who work bring evidence."""
    round_url = address("rounds:round", home.round.pk) if home else ""
    to_sign = next((one for one in waiting if one.kind == "reviews.folder"), None)
    choices: list[Primary] = []
    if actor.holds(*OFFICE_LEADERS):
        if to_sign:
            choices.append(
                Primary(_("Open what waits for your signature"), to_sign.waits.url, "sign")
            )
        choices.append(Primary(_("Open the round"), round_url, "level"))
    if actor.holds(Role.PLANNER):
        choices.append(Primary(_("Open the plan"), address("plans:plans"), "plan"))
    if actor.holds(Role.SUPERVISOR):
        choices.append(Primary(_("Begin recording a visit"), address("visits:record"), "visit"))
    if actor.holds(*RECORD_WRITERS):
        choices.append(Primary(_("Add evidence"), address("evidence:add"), "plus"))
    if actor.holds(Role.ADMINISTRATOR):
        choices.append(Primary(_("Invite people"), address("people:invite"), "people"))
    choices.append(Primary(_("Open the round"), round_url, "level"))
    return next((one for one in choices if one.href), None)


def rows_behind(year: int) -> dict[str, str]:
    """Return where the schools behind the figures of the year stand: as many as the figure says."""
    rows = address("supervision_reports:rows", query=f"?report=year&year={year}&figure=")
    return {"supervised": f"{rows}schools", "seen": f"{rows}committee-schools"}


def part_address(year: int, part: PartOfYear) -> str:
    """Return where the visits of a semester stand, as many as are counted."""
    days = part.part.period
    query = f"?year={year}&state=done&since={days.start:%Y-%m-%d}&until={days.end:%Y-%m-%d}"
    return address("visits:visits", query=query)
