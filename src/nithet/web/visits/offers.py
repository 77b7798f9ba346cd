"""What the form of a visit offers to choose, and what of it was chosen: ids are taken only from what is offered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.queries.published import published_for
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.needs import open_needs
from nithet.domain.plans.queries.projects import list_projects
from nithet.domain.supervision.actions.writing import TeamMember
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.teams import (
    Person,
    member_words,
    members_who_visit,
    people_who_visit,
)
from nithet.domain.supervision.rules.questions import FINDINGS_OF
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year


@dataclass(frozen=True)
class Offers:
    """The records behind the choices of one form."""

    kind: str
    people: Sequence[Person]
    members: Sequence[CommitteeMember]
    projects: Sequence[Project]
    needs: Sequence[Need]
    instruments: Sequence[Instrument]

    @property
    def choices(self) -> dict[str, Any]:
        """Return the arguments of the form."""
        return {
            "kind": self.kind,
            "people": [(str(one.user_id), one.title) for one in self.people],
            "members": [(str(one.pk), member_words(one)) for one in self.members],
            "projects": [(str(one.pk), one.title) for one in self.projects],
            "needs": [(str(one.pk), one.text) for one in self.needs],
            "instruments": [(str(one.pk), one.title) for one in self.instruments],
        }

    @property
    def speakers(self) -> list[str]:
        """Return the members for whom a companion may write (บันทึกแทน)."""
        return [member_words(one) for one in self.members]

    def project(self, key: str) -> Project | None:
        """Return the chosen project."""
        return next((one for one in self.projects if str(one.pk) == key), None)

    def needs_chosen(self, keys: Iterable[str]) -> list[Need]:
        """Return the chosen needs."""
        return [one for one in self.needs if str(one.pk) in set(keys)]

    def instruments_chosen(self, keys: Iterable[str]) -> list[Instrument]:
        """Return the chosen instruments."""
        return [one for one in self.instruments if str(one.pk) in set(keys)]

    def team(self, said: Mapping[str, Any]) -> list[TeamMember]:
        """Return who went, as the form says."""
        found = [
            TeamMember(one.title, user_id=one.user_id)
            for one in self.people
            if str(one.user_id) in said["people"]
        ]
        found += [
            TeamMember(member_words(one), user_id=one.user_id, member=one)
            for one in self.members
            if str(one.pk) in said["members"]
        ]
        found += [TeamMember(title) for title in said["others"]]
        if said["companion"]:
            found = [one for one in found if one.title != said["companion"]]
            known = next((one for one in self.people if one.title == said["companion"]), None)
            found.append(
                TeamMember(
                    said["companion"], user_id=known.user_id if known else None, is_companion=True
                )
            )
        return found


def offers_for(
    actor: Actor, school: School, kind: str, day: date, visit: Visit | None = None
) -> Offers:
    """Collect what a form of a visit may name; a fixed number of queries. What the visit names already stays offered."""
    year = fiscal_year(day)
    needs = list(open_needs(actor, school))
    instruments = [one.instrument for one in published_for(actor)]
    projects = list(list_projects(actor, year).prefetch_related(None))
    if visit is not None:
        # A chair or member reads no register of needs, and yet what the visit serves must outlast what they save.
        held = Need.objects.filter(visits_serving__visit=visit).order_by("-strength", "pk")
        needs += [one for one in held if one not in needs]
        used = Instrument.objects.filter(visits__visit=visit)
        instruments += [one for one in used if one not in instruments]
        if visit.project is not None and visit.project not in projects:
            projects.append(visit.project)
    is_committee = kind == Visit.Kind.COMMITTEE
    return Offers(
        kind=kind,
        people=people_who_visit(actor, day),
        members=members_who_visit(school.office_id, day) if is_committee else [],
        projects=projects,
        needs=needs,
        instruments=instruments,
    )


def first_values(actor: Actor, offers: Offers, visit: Visit | None, speaker: str) -> dict[str, Any]:
    """Return what stands in the form before anything is typed: the record, or today with the writer in the team."""
    if visit is None:
        return {
            "visited_on": clock.today(),
            "mode": Visit.Mode.ON_SITE,
            "qa_in_work": "",
            "said_by": speaker,
            **_split(offers, [(actor.user_id, "", None, offers.kind == Visit.Kind.COMMITTEE)]),
        }
    went = [
        (one.user_id, one.title, one.member_id, one.is_companion) for one in visit.visitors.all()
    ]
    if not went and visit.state == Visit.State.PLANNED:
        planned = getattr(visit, "planned", None)
        went = [
            (one.user_id, one.title, one.member_id, one.is_companion)
            for one in (planned.party.all() if planned else ())
        ]
    if not went and visit.state == Visit.State.PLANNED:
        went = [(actor.user_id, "", None, offers.kind == Visit.Kind.COMMITTEE)]
    # A planned visit is written on its own day; one that is written later keeps the day of the plan until it is changed.
    findings = {
        f"finding_{kind}": [
            one.text for one in visit.findings.all() if one.kind == kind and one.said_by == speaker
        ]
        for kind in FINDINGS_OF[visit.kind]
    }
    return {
        "version": visit.version,
        "said_by": speaker,
        "visited_on": visit.visited_on,
        "mode": visit.mode,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "link": visit.link,
        "purpose": visit.purpose,
        "project": str(visit.project_id or ""),
        "needs": [str(one.need_id) for one in visit.needs_served.all()],
        "need": visit.need,
        "instruments": [str(one.instrument_id) for one in visit.instruments_used.all()],
        "qa_in_work": visit.qa_in_work,
        "qa_seen": visit.qa_seen,
        "lesson_notes": "\n".join(str(one) for one in visit.lesson_notes.all()),
        **_split(offers, went),
        **findings,
    }


def _split(
    offers: Offers, went: Iterable[tuple[int | None, str, int | None, bool]]
) -> dict[str, Any]:
    """Sort a team into the boxes of the form; who has a title of their own that no choice has stands among the others."""
    accounts = {one.user_id: one.title for one in offers.people}
    seats = {one.pk: member_words(one) for one in offers.members}
    people, members, others, companion = [], [], [], ""
    for user_id, title, member_id, is_companion in went:
        if is_companion:
            companion = title or accounts.get(user_id or 0, "")
        elif member_id in seats and (not title or seats[member_id] == title):
            members.append(str(member_id))
        elif user_id in accounts and (not title or accounts[user_id] == title):
            people.append(str(user_id))
        elif title:
            others.append(title)
    return {"people": people, "members": members, "others": others, "companion": companion}
