"""One round is signed again and again while its tests are answered: a signature for each request, of what was shown."""

from collections.abc import Mapping

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.people import found_office
from nithet.domain.frameworks.queries import get_edition
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.audit.chain import check_chain, link_new_events
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.soak.scenario import Scenario
from tests.soak.scenarios.imports import EDITION, YEAR, edition_of_2555, names


def prepare():
    full, short = names(0)
    with scope(None):
        edition_of_2555()
        office = found_office(actor=system_actor("soak"), name=full, short_name=short)
    with scope(office.pk):
        open_round(actor=system_actor("soak", office.pk), edition=get_edition(EDITION), fiscal_year=YEAR)


def _office():
    return Unit.objects.get(kind=Unit.Kind.OFFICE)


def operate(number):
    office = _office()
    actor = system_actor("soak", office.pk)
    with scope(office.pk):
        reporting_round = Round.objects.select_related("edition").get()
        test = standing_of(reporting_round).edition.nodes["5"].tests[number % 3].id
        answer_test(
            actor=actor, round=reporting_round, item="5", test=test, is_done=number % 2 == 0, reason=f"{number}"
        )
        while True:
            shown = standing_of(reporting_round).digest
            try:
                signed = sign_off(
                    actor=actor, round=reporting_round, declared_level=None, shown=shown, request_key=f"key-{number}", reason="มติ"
                )
            except Conflict:
                continue  # somebody answered between looking and signing; a person looks again
            return signed.shown_digest


def check(acknowledged: Mapping[int, str]):
    office = _office()
    with scope(office.pk):
        rows = {row.request_key: row for row in SignOff.objects.all()}
        faults = [
            f"the acknowledged signature {number} is not there"
            for number, word in acknowledged.items()
            if f"key-{number}" not in rows or rows[f"key-{number}"].shown_digest != word
        ]
        events = AuditEvent.objects.filter(office_id=office.pk, name="round.signed")
        if sorted(e.after["shown"] for e in events) != sorted(r.shown_digest for r in rows.values()):
            faults.append(f"{len(rows)} signatures have {events.count()} events")
        link_new_events(office.pk)
        faults += [f"the history does not hold at {one.index}: {one.kind}" for one in check_chain(office.pk)]
    print(f"say {len(rows)} signatures", flush=True)
    return faults


SCENARIO = Scenario(name="sign_offs", prepare=prepare, operate=operate, check=check, threads=3)
