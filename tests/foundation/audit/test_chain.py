"""The chain looks for new events behind its last places, and through the whole history when asked to."""

import pytest

from nithet.foundation.actions.sequencing import link_whole_histories
from nithet.foundation.audit import chain
from nithet.foundation.audit.chain import check_chain, link_new_events
from nithet.foundation.audit.models import AuditEvent, AuditLink
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock

pytestmark = pytest.mark.django_db


def _event(office: Unit, key: int) -> AuditEvent:
    return AuditEvent.objects.create(
        pk=key, office=office, name="a.b", actor_name="ก", at=clock.now()
    )


def _linked(office: Unit) -> list[int]:
    links = AuditLink.objects.filter(chain_id=str(office.pk))
    return list(links.order_by("index").values_list("event_id", flat=True))


def test_an_event_that_was_committed_a_little_late_is_linked_with_the_next(
    office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "LOOK_BACK", 3)
    for key in (10, 11, 13, 14):
        _event(office, key)
    assert link_new_events(office.pk) == 4
    _event(office, 12)
    assert link_new_events(office.pk) == 1
    assert _linked(office) == [10, 11, 13, 14, 12]
    assert list(check_chain(office.pk)) == []


def test_an_event_from_long_ago_is_found_at_night(
    office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "LOOK_BACK", 2)
    for key in (10, 11, 12, 13):
        _event(office, key)
    link_new_events(office.pk)
    _event(office, 5)
    assert link_new_events(office.pk) == 0
    assert link_whole_histories.call() == 1
    assert _linked(office) == [10, 11, 12, 13, 5]
    assert list(check_chain(office.pk)) == []


def test_more_events_than_go_into_one_transaction_are_linked_at_once(
    office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "BATCH", 2)
    for key in range(10, 15):
        _event(office, key)
    assert link_new_events(office.pk) == 5
    assert link_new_events(office.pk) == 0
    assert list(check_chain(office.pk)) == []


def test_linking_asks_the_same_few_questions_however_long_the_history(
    office: Unit, django_assert_max_num_queries
) -> None:
    for key in range(10, 40):
        _event(office, key)
    link_new_events(office.pk)
    _event(office, 40)
    with django_assert_max_num_queries(12):
        assert link_new_events(office.pk) == 1
