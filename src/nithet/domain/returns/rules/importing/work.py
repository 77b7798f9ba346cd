"""Column 4: the work that was done, the policies set, the visits made and what they found."""

import re
from collections.abc import Iterator
from datetime import date

from nithet.domain.returns.document import Paragraph, Role, Section, is_dotted
from nithet.domain.returns.reader.facts.visits import visits_in
from nithet.domain.returns.reader.titles import comparable
from nithet.domain.returns.rules.importing.drafts import Drafts, ProposalKind, clip
from nithet.domain.returns.rules.importing.listed import MARK
from nithet.domain.returns.rules.importing.phrases import (
    activity_kind,
    committee_in,
    is_of_committee,
    target_in,
)
from nithet.domain.returns.rules.importing.views import GroupView, ItemView, Spot, below
from nithet.kernel.periods import Period, find_periods

LABEL = 120
_SETS_POLICY = re.compile(r"นโยบาย")
_IMPRESSION = re.compile(r"ประทับใจ")
_FINDINGS = {Section.PROBLEMS: "problem", Section.TO_DEVELOP: "to_develop"}


def told_project(view: ItemView, group: GroupView, projects: dict[str, str]) -> str | None:
    """The project that a group tells of: the one it is tied to, else the item's only one.

    Where an item lists several projects, or tells several stories, nothing says which is whose.
    """
    if group.group.title:
        return projects.get(comparable(group.group.title))
    names = {comparable(line.text) for line in view.item.projects}
    return projects.get(names.pop()) if len(names) == 1 and len(view.groups) == 1 else None


class WorkReader:
    """Gathers the proposals of the narrative, group after group."""

    def __init__(self, drafts: Drafts, projects: dict[str, str], fiscal_year: int) -> None:
        self.drafts = drafts
        self.projects = projects
        self.fiscal_year = fiscal_year
        self.schools: dict[str, str] = {}
        self.visits: dict[tuple[str, str, date], str] = {}
        self.committee: str | None = None

    def read(self, view: ItemView, group: GroupView) -> None:
        """Propose what one group tells of."""
        project = told_project(view, group, self.projects)
        parents = set(self._policies(view, group, project))
        if project:
            self._activities(view, group, project, parents)
        if self._visits(view, group, project):
            self._findings(view, group, project)

    # Policies ------------------------------------------------------------------------------

    def _policies(self, view: ItemView, group: GroupView, project: str | None) -> Iterator[int]:
        for index, spot in enumerate(group.spots):
            listed = below(group.spots, index) if _is_factor(spot.paragraph) else []
            if not listed or not _SETS_POLICY.search(spot.paragraph.text):
                continue
            for one in listed:
                self.drafts.cite(view.number, one.number, self._policy(one.paragraph, project))
                yield one.number

    def _policy(self, paragraph: Paragraph, project: str | None) -> str:
        target = target_in(paragraph.text)
        payload = {
            "number": clip(paragraph.mark.rstrip("."), MARK),
            "text": paragraph.text,
            "target_value": target.value if target else None,
            "target_unit": target.unit if target else "",
            "period_kind": target.period_kind if target else "none",
            "period_label": target.period_label if target else "",
            "project": project,
        }
        return self.drafts.add(ProposalKind.POLICY, paragraph.text, payload, line=paragraph.line)

    # Activities ----------------------------------------------------------------------------

    def _activities(
        self, view: ItemView, group: GroupView, project: str, policies: set[int]
    ) -> None:
        depth = self._depth_of_work(group)
        period: Period | None = None
        for spot in group.spots:
            paragraph = spot.paragraph
            if paragraph.role is Role.PERIOD:
                period = next(iter(find_periods(paragraph.text, self.fiscal_year)), None)
            elif self._is_work(paragraph, depth) and spot.number not in policies:
                own = next(iter(find_periods(paragraph.text, self.fiscal_year)), None)
                key = self._activity(paragraph, project, own or period)
                self.drafts.cite(view.number, spot.number, key)

    def _depth_of_work(self, group: GroupView) -> int:
        """How deep the points lie that tell of one piece of work each: the first level of them."""
        points = [spot.paragraph for spot in group.spots if _is_factor(spot.paragraph)]
        own = [p for p in points if comparable(p.text) not in self.projects]
        numbered = [p.depth for p in own if is_dotted(p.mark)]
        return min(numbered or [p.depth for p in own], default=0)

    def _is_work(self, paragraph: Paragraph, depth: int) -> bool:
        if not _is_factor(paragraph) or paragraph.depth != depth:
            return False
        return comparable(paragraph.text) not in self.projects and not _IMPRESSION.search(
            paragraph.text
        )

    def _activity(self, paragraph: Paragraph, project: str, period: Period | None) -> str:
        payload = {
            "project": project,
            "title": paragraph.text,
            "mark": clip(paragraph.mark, MARK),
            "kind": activity_kind(paragraph.text),
            "period": _period_json(period),
        }
        return self.drafts.add(
            ProposalKind.ACTIVITY, paragraph.text, payload, line=paragraph.line, needs=(project,)
        )

    # Visits and what they found ------------------------------------------------------------

    def _visits(self, view: ItemView, group: GroupView, project: str | None) -> bool:
        """Propose the visits that a group lists; whether there are any."""
        told = " ".join(spot.paragraph.text for spot in group.spots if _is_factor(spot.paragraph))
        title = group.group.title or told
        kind = "committee" if is_of_committee(title) else "supervision"
        found = False
        for spot in group.spots:
            if spot.paragraph.role is not Role.POINT:
                continue
            for visit in visits_in(spot.paragraph):
                found = True
                for name in visit.schools:
                    key = self._visit(name, kind, visit.day, project, spot.paragraph.line)
                    self.drafts.cite(view.number, spot.number, key)
        if found:
            self._cite_totals(view, group)
            if kind == "committee" and self.committee is None:
                self._committee(view)
        return found

    def _cite_totals(self, view: ItemView, group: GroupView) -> None:
        """A point that says how many were visited stands on the visits listed below it."""
        for index in range(len(group.spots)):
            for one in (
                below(group.spots, index) if _is_factor(group.spots[index].paragraph) else ()
            ):
                for key in self.drafts.cited.get((view.number, one.number), []):
                    if key.startswith(ProposalKind.VISIT.value):
                        self.drafts.cite(view.number, group.spots[index].number, key)

    def _visit(self, name: str, kind: str, day: date, project: str | None, line: int | None) -> str:
        if (name, kind, day) not in self.visits:
            if name not in self.schools:
                self.schools[name] = self.drafts.add(
                    ProposalKind.SCHOOL, name, {"name": name}, line=line
                )
            school = self.schools[name]
            payload = {
                "school": school,
                "kind": kind,
                "visited_on": day.isoformat(),
                "project": project,
            }
            self.visits[name, kind, day] = self.drafts.add(
                ProposalKind.VISIT,
                f"{name} · {day.isoformat()}",
                payload,
                line=line,
                needs=(school,),
            )
        return self.visits[name, kind, day]

    def _committee(self, view: ItemView) -> None:
        texts = (
            *(spot.paragraph.text for spot in view.spots),
            *(mark.full_text for mark in view.item.evidence),
        )
        if name := committee_in(texts):
            payload = {"kind": "area", "name": clip(name, 250)}
            self.committee = self.drafts.add(ProposalKind.COMMITTEE, name, payload)

    def _findings(self, view: ItemView, group: GroupView, project: str | None) -> None:
        for index, spot in enumerate(group.spots):
            paragraph = spot.paragraph
            kind = _FINDINGS.get(paragraph.section) if paragraph.section else None
            if _is_factor(paragraph) and _IMPRESSION.search(paragraph.text):
                for one in below(group.spots, index):
                    self._finding(view, one, "impression", project)
            elif kind and paragraph.role in (Role.POINT, Role.TEXT):
                self._finding(view, spot, kind, project)

    def _finding(self, view: ItemView, spot: Spot, kind: str, project: str | None) -> None:
        text = spot.paragraph.text
        payload = {"kind": kind, "text": text, "project": project}
        key = self.drafts.add(ProposalKind.FINDING, text, payload, line=spot.paragraph.line)
        self.drafts.cite(view.number, spot.number, key)


def _is_factor(paragraph: Paragraph) -> bool:
    return paragraph.role is Role.POINT and paragraph.section is Section.FACTORS


def _period_json(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    return {
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "label": clip(period.label, LABEL),
    }
