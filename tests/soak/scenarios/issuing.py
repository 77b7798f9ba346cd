"""One return is changed and issued again and again, by several at a time: every number once, none left out."""

from collections.abc import Mapping

from nithet.domain.assessments.actions.narrative import add_paragraph
from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.queries.rounds import round_of
from nithet.domain.assessments.rules import ParagraphDraft
from nithet.domain.directory.people import found_office
from nithet.domain.frameworks.queries import get_edition
from nithet.domain.returns import files as kept_files
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.actions.issuing import issue_return
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import is_intact, kept_digests
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.files import store
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.soak.scenario import Scenario
from tests.soak.scenarios.imports import EDITION, SEED, YEAR, edition_of_2555, names, old_return


def prepare():
    full, short = names(0)
    with scope(None):
        edition_of_2555()
        office = found_office(actor=system_actor("soak"), name=full, short_name=short)
    actor = system_actor("soak", office.pk)
    with scope(office.pk):
        kept = propose_import(actor=actor, data=old_return(0), file_name=SEED, fiscal_year=YEAR)
        confirm_import(actor=actor, return_import=kept, edition=get_edition(EDITION))


def _office():
    return Unit.objects.get(kind=Unit.Kind.OFFICE)


def tell_more(office, reporting_round, number):
    """Add a paragraph: a return that says what was issued already gets no new number."""
    group = NarrativeGroup.objects.filter(answer__round=reporting_round).select_related("answer").order_by("pk")[0]
    last = group.paragraphs.order_by("-position", "-pk")[0]
    draft = ParagraphDraft(role="text", section=last.section, sheet=last.sheet, text=f"เพิ่มเติมครั้งที่ {number}")
    add_paragraph(actor=system_actor("soak", office.pk), round=reporting_round, group=group, after=None, draft=draft)


def operate(number):
    office = _office()
    with scope(office.pk):
        reporting_round = round_of(EDITION, YEAR)
        tell_more(office, reporting_round, number)
        while True:
            try:
                issued = issue_return(
                    actor=system_actor("soak", office.pk), round=reporting_round, request_key=f"key-{number}"
                )
            except Conflict:
                continue  # others took the number each time; a client asks again with its key
            return issued.number


def check(acknowledged: Mapping[int, str]):
    office = _office()
    with scope(office.pk):
        rows = list(IssuedReturn.objects.order_by("sequence"))
        numbers = [row.number for row in rows]
        # One issue may hold the words of several who asked at once: all of them get its number.
        faults = [f"acknowledged {number} is not there" for number, word in acknowledged.items() if word not in numbers]
        if numbers != [f"5.4/{YEAR}-{n}" for n in range(1, len(rows) + 1)]:
            faults.append(f"the numbers have gaps or double: {numbers}")
        before = None
        for row in rows:
            if row.supersedes_id != (before.pk if before else None):
                faults.append(f"{row.number} does not supersede the one before it")
            if not is_intact(row):
                faults.append(f"{row.number} is not what was issued")
            before = row
        events = AuditEvent.objects.filter(office_id=office.pk, name="return.issued")
        if sorted(event.after["number"] for event in events) != sorted(numbers):
            faults.append(f"{len(rows)} issues have {events.count()} events")
        stored = {blob.sha256 for _, blob in store.iterate(kept_files.NAMESPACE)}
        nameless = stored - kept_digests()
    print(f"say {len(rows)} issued, {len(nameless)} files of papers that were not issued after all", flush=True)
    return faults


SCENARIO = Scenario(name="issuing", prepare=prepare, operate=operate, check=check, threads=3)
