"""Makes records of proposals, through the actions of the packages below."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext

from nithet.domain.assessments.actions.answers import answer_test, state_level
from nithet.domain.assessments.actions.narrative import write_narrative
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.domain.directory.actions.committees import create_committee
from nithet.domain.directory.actions.figures import state_figure
from nithet.domain.directory.actions.schools import register_school
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.projects import add_project, serve_item
from nithet.domain.plans.models.policy import Policy
from nithet.domain.returns.models import Proposal, ReturnImport
from nithet.domain.returns.rules.importing.drafts import ProposalKind, clip
from nithet.domain.returns.rules.wording import boxed_tests, label_test
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.actions.visits import record_visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import kind_of
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse

Payload = dict[str, Any]


class RecordMaker:
    """Writes open proposals as records, in their order: what is needed stands before what needs it."""

    def __init__(
        self,
        actor: Actor,
        reporting_round: Round,
        nodes: Mapping[int, Node],
        sheets: Mapping[int, int],
        source: ReturnImport,
    ) -> None:
        self.actor = actor
        self.round = reporting_round
        self.edition, self.year = reporting_round.edition, source.fiscal_year
        self.nodes = nodes
        self.sheets = sheets
        self.source = _said(
            "%(file)s, fiscal year %(year)s", file=source.file_name, year=source.fiscal_year
        )
        self.made: dict[str, Any] = {}
        self.groups: dict[int, list[GroupDraft]] = {}
        self.counts: dict[str, int] = {}

    def make(self, proposals: Iterable[Proposal]) -> None:
        """Make every record and note it in its proposal; the proposals are not saved here."""
        for proposal in proposals:
            maker = self._maker(ProposalKind(proposal.kind))
            record = maker(proposal.payload, proposal.line)
            proposal.state = Proposal.State.ACCEPTED
            if isinstance(record, Model):
                self.made[proposal.key] = record
                proposal.record = self._ref(proposal.key)
        for number, sheets in self.sheets.items():
            write_narrative(
                actor=self.actor,
                round=self.round,
                item=self.nodes[number].id,
                groups=self.groups.get(number, []),
                sheets=sheets,
            )

    def _maker(self, kind: ProposalKind) -> Callable[[Payload, int | None], Model | None]:
        return {
            ProposalKind.PLAN: self._plan,
            ProposalKind.COMMITTEE: self._committee,
            ProposalKind.PROJECT: self._project,
            ProposalKind.SERVICE: self._service,
            ProposalKind.ACTIVITY: self._activity,
            ProposalKind.POLICY: self._policy,
            ProposalKind.SCHOOL: self._school,
            ProposalKind.VISIT: self._visit,
            ProposalKind.FINDING: self._finding,
            ProposalKind.FIGURE: self._figure,
            ProposalKind.PIECE: self._piece,
            ProposalKind.USE: self._use,
            ProposalKind.NARRATIVE: self._narrative,
            ProposalKind.TEST: self._test,
            ProposalKind.LEVEL: self._level,
        }[kind]

    def _ref(self, key: str | None) -> str:
        """Return the reference of a record by its proposal's key; empty where it was not made."""
        record = self.made.get(key) if key else None
        return f"{kind_of(record)}:{record.pk}" if record else ""

    def _at(self, line: int | None) -> str:
        return (
            _said("%(source)s, line %(line)s", source=self.source, line=line)
            if line
            else self.source
        )

    def _next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, -1) + 1
        return self.counts[kind]

    # Plans ---------------------------------------------------------------------------------

    def _plan(self, payload: Payload, line: int | None) -> Model:
        year = payload["fiscal_year"]
        title = _said("Action plan of fiscal year %(year)s", year=year)
        return open_plan(actor=self.actor, fiscal_year=year, title=title)

    def _project(self, payload: Payload, line: int | None) -> Model:
        plan = self.made["plan:1"]
        return add_project(actor=self.actor, plan=plan, title=payload["title"], source=self.source)

    def _service(self, payload: Payload, line: int | None) -> Model:
        project = self.made[payload["project"]]
        printed = payload["printed_title"]
        return serve_item(
            actor=self.actor,
            project=project,
            edition=self.edition,
            item=self.nodes[payload["item"]].id,
            printed_title=printed if printed != project.title else "",
            mark=payload["mark"],
            boxed=payload["boxed"],
            ticked=payload["ticked"],
            sheet=payload["sheet"],
            position=payload["position"],
        )

    def _activity(self, payload: Payload, line: int | None) -> Model:
        return add_activity(
            actor=self.actor,
            project=self.made[payload["project"]],
            title=payload["title"],
            kind=payload["kind"],
            mark=payload["mark"],
            period=_period(payload["period"]),
            position=self._next("activity"),
        )

    def _policy(self, payload: Payload, line: int | None) -> Model:
        text = collapse(payload["text"])
        taken = Policy.objects.filter(fiscal_year=self.year, number=payload["number"])
        number = "" if taken.exclude(text=text).exists() else payload["number"]
        return add_policy(
            actor=self.actor,
            fiscal_year=self.year,
            text=text,
            number=number,
            target_value=payload["target_value"],
            target_unit=payload["target_unit"],
            period_kind=payload["period_kind"],
            period_label=payload["period_label"],
            project=self.made.get(payload["project"]),
            position=self._next("policy"),
        )

    # Schools, visits, figures --------------------------------------------------------------

    def _committee(self, payload: Payload, line: int | None) -> Model:
        return create_committee(actor=self.actor, kind=payload["kind"], name=payload["name"])

    def _school(self, payload: Payload, line: int | None) -> Model:
        return register_school(
            actor=self.actor, name=payload["name"], source=clip(self._at(line), 200)
        )

    def _visit(self, payload: Payload, line: int | None) -> Model:
        return record_visit(
            actor=self.actor,
            school=self.made[payload["school"]],
            kind=payload["kind"],
            visited_on=date.fromisoformat(payload["visited_on"]),
            project=self.made.get(payload["project"]),
            source=clip(self._at(line), 250),
        )

    def _finding(self, payload: Payload, line: int | None) -> Model:
        return record_finding(
            actor=self.actor,
            fiscal_year=self.year,
            kind=payload["kind"],
            text=payload["text"],
            project=self.made.get(payload["project"]),
            source=clip(self._at(line), 250),
            position=self._next("finding"),
        )

    def _figure(self, payload: Payload, line: int | None) -> Model:
        return state_figure(
            actor=self.actor,
            fiscal_year=self.year,
            value=payload["value"],
            counted_in=payload["counted_in"],
            text=payload["text"],
            source=self.source,
            line=line,
        )

    # Evidence ------------------------------------------------------------------------------

    def _piece(self, payload: Payload, line: int | None) -> Model:
        source = self.source if payload["nth"] == 1 else f"{self.source} ({payload['nth']})"
        return bring_piece(
            actor=self.actor,
            title=payload["title"],
            kind=payload["kind"],
            medium=payload["medium"],
            body=payload["body"],
            about=self._ref(payload["about"]),
            source=source,
        )

    def _use(self, payload: Payload, line: int | None) -> Model:
        return use_piece(
            actor=self.actor,
            piece=self.made[payload["piece"]],
            edition=self.edition,
            fiscal_year=self.year,
            item=self.nodes[payload["item"]].id,
            printed_title=payload["printed_title"],
            printed_body=payload["printed_body"],
            mark=payload["mark"],
            boxed=payload["boxed"],
            ticked=payload["ticked"],
            is_ambiguous=payload["is_ambiguous"],
            sheet=payload["sheet"],
            position=payload["position"],
        )

    # The round -----------------------------------------------------------------------------

    def _test(self, payload: Payload, line: int | None) -> Model | None:
        node = self.nodes[payload["item"]]
        place = payload["test"]
        tests = boxed_tests(node)
        test = label_test(node) if place < 0 else tests[place] if place < len(tests) else None
        if test is None:
            return None
        return answer_test(
            actor=self.actor,
            round=self.round,
            item=node.id,
            test=test.id,
            is_done=payload["is_done"],
            reason=clip(_said("As the old return says: %(source)s", source=self._at(line)), 500),
        )

    def _level(self, payload: Payload, line: int | None) -> Model:
        node = self.nodes[payload["item"]]
        return state_level(actor=self.actor, round=self.round, item=node.id, level=payload["level"])

    def _narrative(self, payload: Payload, line: int | None) -> None:
        """Gather a group; the item's narrative is written whole at the end."""
        paragraphs = tuple(
            ParagraphDraft(
                role=told["role"],
                text=told["text"],
                section=told["section"],
                mark=told["mark"],
                depth=told["depth"],
                sheet=told["sheet"],
                cites=tuple(ref for key in told["cites"] if (ref := self._ref(key))),
            )
            for told in payload["paragraphs"]
        )
        group = GroupDraft(paragraphs, payload["title"], self._ref(payload["about"]))
        self.groups.setdefault(payload["item"], []).append(group)


def _said(message: str, **params: object) -> str:
    """Return words that are kept in a record; they are Thai whoever brings the file."""
    with translation.override("th"):
        return gettext(message) % params


def _period(kept: Mapping[str, str] | None) -> Period | None:
    if kept is None:
        return None
    return Period(date.fromisoformat(kept["start"]), date.fromisoformat(kept["end"]), kept["label"])
