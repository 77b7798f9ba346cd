"""One return is issued again and again, by several at a time: every number once, none left out."""

from collections.abc import Mapping

from nithet.domain.assessments.queries.rounds import round_of
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


def operate(number):
    office = _office()
    with scope(office.pk):
        reporting_round = round_of(EDITION, YEAR)
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
        by_key = {row.request_key: row for row in rows}
        faults = [
            f"acknowledged {number} is not there"
            for number, word in acknowledged.items()
            if f"key-{number}" not in by_key or by_key[f"key-{number}"].number != word
        ]
        numbers = [row.number for row in rows]
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
