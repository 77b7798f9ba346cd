"""Telling people inside an action; reading what one was told."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.door import action
from nithet.foundation.actions.errors import Refused
from nithet.foundation.actions.reading_notices import read_notices
from nithet.foundation.audit.events import Event, register
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices import kinds
from nithet.foundation.notices.models import Notice
from nithet.foundation.notices.queries import notices_of, told, unread_count
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs import registry
from nithet.foundation.refs.registry import RecordRef, Resolved
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast

KIND = "trial.told"
kinds.register(KIND, "%(actor)s says: %(words)s")
kinds.register("trial.about", "Something happened to %(title)s.")
register([Event("trial.people_told", "%(actor)s told people.")])
THING = RecordRef("trial.thing", "7")


@policy("trial.tell")
def may_tell(actor: Actor, target: object) -> Verdict:
    return by_role(actor, *OFFICE_STAFF)


@action("trial.tell", event="trial.people_told")
def tell_people(*, actor: Actor, to: list[int], kind: str = KIND, ref: RecordRef | None = None, fails: bool = False, **params: object) -> int:
    count = tell(actor=actor, to=to, kind=kind, ref=ref, **params)
    if fails:
        raise ValueError("fails")
    return count


@pytest.fixture
def visible() -> Iterator[set[str]]:
    """Whoever may see trial things, by name."""
    seers: set[str] = set()

    def things(actor: Actor, ids: object) -> dict[str, Resolved]:
        return {"7": Resolved(THING, "เรื่องที่เจ็ด", "/things/7/")} if actor.name in seers else {}

    kept = registry._resolvers.copy()
    registry.register("trial.thing", things)
    yield seers
    registry._resolvers.clear()
    registry._resolvers.update(kept)


def ids(cast: Cast, *names: str) -> list[int]:
    return [cast.users[name].pk for name in names]


def test_each_person_is_told_once_and_nobody_of_their_own_deed(cast: Cast, office: Unit) -> None:
    people = ids(cast, "supervisor", "planner", "director", "planner")
    assert tell_people(actor=cast.actor("director"), to=people, words="ก") == 2
    assert unread_count(cast.users["director"].pk) == 0
    assert [unread_count(pk) for pk in ids(cast, "supervisor", "planner")] == [1, 1]
    [line] = told(cast.actor("planner"), list(notices_of(cast.users["planner"].pk)))
    assert (line.words, line.url) == ("director says: ก", "")


def test_what_is_still_unread_is_told_again_in_its_place(cast: Cast, office: Unit) -> None:
    planner = cast.users["planner"].pk
    for words in ("ก", "ข"):
        tell_people(actor=cast.actor("director"), to=[planner], ref=THING, words=words)
    assert [one.params["words"] for one in notices_of(planner)] == ["ข"]
    read_notices(actor=cast.actor("planner"))
    tell_people(actor=cast.actor("director"), to=[planner], ref=THING, words="ค")
    assert [one.params["words"] for one in notices_of(planner)] == ["ค", "ข"]


def test_two_things_without_a_record_are_two_notices(cast: Cast, office: Unit) -> None:
    planner = cast.users["planner"].pk
    for words in ("ก", "ข", "ข"):
        tell_people(actor=cast.actor("director"), to=[planner], words=words)
    assert unread_count(planner) == 2


def test_an_action_that_fails_tells_nobody(cast: Cast, office: Unit) -> None:
    with pytest.raises(ValueError, match="fails"):
        tell_people(actor=cast.actor("director"), to=ids(cast, "planner"), words="ก", fails=True)
    assert not Notice.objects.exists()


def test_telling_outside_an_action_or_of_an_unknown_kind_is_a_fault(cast: Cast, office: Unit) -> None:
    with pytest.raises(LookupError, match="not registered"):
        tell_people(actor=cast.actor("director"), to=ids(cast, "planner"), kind="trial.unknown")
    with transaction.atomic(), pytest.raises(LookupError, match="acts for no office"):
        tell(actor=system_actor("x"), to=ids(cast, "planner"), kind=KIND)


def test_a_notice_links_to_its_record_only_while_its_reader_may_see_it(cast: Cast, office: Unit, visible: set[str]) -> None:
    planner = cast.users["planner"].pk
    tell_people(actor=cast.actor("director"), to=[planner], kind="trial.about", ref=THING)
    notices = list(notices_of(planner))
    [hidden] = told(cast.actor("planner"), notices)
    assert (hidden.words, hidden.url) == ("Something happened to –.", "")
    visible.add("planner")
    [shown] = told(cast.actor("planner"), notices)
    assert (shown.words, shown.url) == ("Something happened to เรื่องที่เจ็ด.", "/things/7/")


def test_people_read_their_own_notices_alone_and_the_history_knows(cast: Cast, office: Unit) -> None:
    for words in ("ก", "ข"):
        tell_people(actor=cast.actor("director"), to=ids(cast, "planner", "supervisor"), words=words)
    first = notices_of(cast.users["planner"].pk)[0]
    assert read_notices(actor=cast.actor("supervisor"), only=[first.pk]) == 0
    assert not AuditEvent.objects.filter(name="notices.were_read").exists()
    assert read_notices(actor=cast.actor("planner"), only=[first.pk]) == 1
    assert AuditEvent.objects.get(name="notices.were_read").after == {"count": 1}
    assert unread_count(cast.users["planner"].pk) == 1
    assert unread_count(cast.users["supervisor"].pk) == 2
    with pytest.raises(Refused):
        read_notices(actor=cast.actor("nobody"))


def test_another_office_has_notices_of_its_own(cast: Cast, office: Unit) -> None:
    tell_people(actor=cast.actor("director"), to=ids(cast, "outsider"), words="ก")
    with scope(cast.other_office.pk):
        assert unread_count(cast.users["outsider"].pk) == 0
