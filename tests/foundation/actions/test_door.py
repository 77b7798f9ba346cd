"""The door: policy, transaction, event, cause."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.chain import check_chain, link_new_events
from nithet.foundation.audit.events import Event, register
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.jobs.models import Job
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

register([Event("trial.renamed", "%(actor)s renamed %(target)s to %(short_name)s."), Event("trial.both", "%(actor)s renamed twice.")])


@policy("trial.rename")
def may_rename(actor: Actor, unit: Unit) -> Verdict:
    return by_role(actor, Role.DIRECTOR)


@policy("trial.both")
def may_rename_both(actor: Actor, unit: Unit) -> Verdict:
    return by_role(actor, Role.SUPERVISOR)


@action("trial.rename", event="trial.renamed", on="unit")
def rename(*, actor: Actor, unit: Unit, short_name: str) -> Unit:
    if not short_name:
        raise RuleBroken("trial.empty", "A name is needed.")
    change(unit, short_name=short_name)
    return unit


@action("trial.both", event="trial.both", on="unit")
def rename_twice(*, actor: Actor, unit: Unit) -> Unit:
    rename(actor=actor, unit=unit, short_name="ก")
    rename(actor=actor, unit=unit, short_name="ข")
    note(times=2)
    return unit


@policy("trial.quiet")
def may_rename_quietly(actor: Actor, unit: Unit) -> Verdict:
    return by_role(actor, Role.SUPERVISOR)


@policy("trial.odd")
def may_rename_oddly(actor: Actor, unit: Unit) -> Verdict:
    return by_role(actor, Role.DIRECTOR)


@action("trial.quiet", event="trial.both", on="unit")
def rename_quietly(*, actor: Actor, unit: Unit) -> Unit:
    rename(actor=actor, unit=unit, short_name="ก")
    nothing_changed()
    return unit


@action("trial.odd", event="trial.both", on="unit")
def rename_oddly(*, actor: Actor, unit: Unit) -> Unit:
    note(share=0.5, day=date(2012, 10, 1), unit=unit)
    return unit


def test_an_allowed_write_leaves_one_event_with_old_and_new_values(cast: Cast, office: Unit) -> None:
    rename(actor=cast.actor("director"), unit=office, short_name="ใหม่")
    event = AuditEvent.objects.get()
    assert (event.name, event.before, event.after) == ("trial.renamed", {"short_name": "สพป.ทดสอบ เขต 1"}, {"short_name": "ใหม่"})
    assert (event.actor_user_id, event.office_id, event.target_id) == (cast.users["director"].pk, office.pk, str(office.pk))
    assert say(event) == "director renamed ใหม่ to ใหม่."


def test_a_refused_write_leaves_nothing_and_says_why(cast: Cast, office: Unit) -> None:
    with pytest.raises(Refused) as refused:
        rename(actor=cast.actor("planner"), unit=office, short_name="ใหม่")
    assert "belongs to" in refused.value.verdict.reason
    assert not AuditEvent.objects.exists()


def test_a_broken_rule_undoes_everything(cast: Cast, office: Unit) -> None:
    with pytest.raises(RuleBroken):
        rename(actor=cast.actor("director"), unit=office, short_name="")
    assert not AuditEvent.objects.exists()


def test_a_nested_action_runs_under_the_outer_permission_and_names_its_cause(cast: Cast, office: Unit) -> None:
    rename_twice(actor=cast.actor("supervisor"), unit=office)
    outer = AuditEvent.objects.get(name="trial.both")
    inner = AuditEvent.objects.filter(name="trial.renamed")
    assert [e.cause for e in inner] == [outer.uid, outer.uid]
    assert outer.cause is None


def test_an_action_that_changed_nothing_itself_is_still_the_cause_of_what_it_called(cast: Cast, office: Unit) -> None:
    rename_quietly(actor=cast.actor("supervisor"), unit=office)
    outer, inner = AuditEvent.objects.get(name="trial.both"), AuditEvent.objects.get(name="trial.renamed")
    assert inner.cause == outer.uid
    assert Job.objects.filter(unique_key=f"audit:{office.pk}").exists()


def test_noted_values_that_no_digest_can_hold_do_not_stop_the_chain(cast: Cast, office: Unit) -> None:
    rename_oddly(actor=cast.actor("director"), unit=office)
    assert AuditEvent.objects.get().after == {"share": "0.5", "day": "2012-10-01", "unit": office.pk}
    assert link_new_events(office.pk) == 1
    assert list(check_chain(office.pk)) == []


def test_the_system_is_an_actor_too(cast: Cast, office: Unit) -> None:
    rename(actor=system_actor("nightly", office.pk), unit=office, short_name="ก")
    assert AuditEvent.objects.get().actor_name == "system:nightly"


def test_a_desk_must_say_who_sits_there(cast: Cast, office: Unit) -> None:
    with pytest.raises(Refused, match="Say who you are"):
        rename(actor=cast.actor("school_desk"), unit=office, short_name="ก")


def test_events_refuse_to_be_changed_or_deleted(cast: Cast, office: Unit) -> None:
    rename(actor=cast.actor("director"), unit=office, short_name="ใหม่")
    for attempt in (lambda: AuditEvent.objects.update(name="x"), lambda: AuditEvent.objects.all().delete()):
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            attempt()
    assert AuditEvent.objects.get().name == "trial.renamed"
    assert IntegrityError  # the message above is the trigger's own, on both databases


def test_the_chain_links_every_event_and_finds_a_changed_one(cast: Cast, office: Unit) -> None:
    from django.db import connection

    from nithet.foundation.audit import triggers

    for name in ("ก", "ข", "ค"):
        rename(actor=cast.actor("director"), unit=office, short_name=name)
    assert link_new_events(office.pk) == 3
    assert link_new_events(office.pk) == 0
    assert list(check_chain(office.pk)) == []
    triggers.remove(connection)
    middle = AuditEvent.objects.order_by("pk")[1]
    AuditEvent.objects.filter(pk=middle.pk).update(actor_name="someone else")
    triggers.install(connection)
    assert [(f.index, f.kind) for f in check_chain(office.pk)] == [(1, "digest")]


register([Event("trial.named", "%(actor)s named %(target)s.")])


@policy("trial.name")
def may_name(actor: Actor, unit: Unit) -> Verdict:
    return by_role(actor, Role.DIRECTOR)


@action("trial.name", event="trial.named", on="unit")
def name_once(*, actor: Actor, unit: Unit, short_name: str) -> Unit:
    if not change(unit, short_name=short_name):
        nothing_changed()
    return unit


def test_an_action_that_finds_everything_done_writes_no_event(cast: Cast, office: Unit) -> None:
    for _ in range(2):
        name_once(actor=cast.actor("director"), unit=office, short_name="ใหม่")
    assert AuditEvent.objects.filter(name="trial.named").count() == 1
    with pytest.raises(Refused):
        name_once(actor=cast.actor("planner"), unit=office, short_name="ใหม่")
