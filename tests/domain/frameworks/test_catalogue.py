"""Stored editions: added, read, frozen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.frameworks import policy
from nithet.domain.frameworks.actions import add_edition, freeze_edition
from nithet.domain.frameworks.measures import known_measures
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import (
    find_edition,
    get_edition,
    item_of,
    list_editions,
    rules_of,
    shipped_editions,
)
from nithet.domain.frameworks.rules.loading.edition import load_edition
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import URN, return_2555

SYSTEM = system_actor("test")


def add(text: str) -> Edition:
    return add_edition(actor=SYSTEM, text=text)


@pytest.mark.django_db
def test_every_shipped_edition_is_good_and_names_only_measures_that_exist() -> None:
    texts = shipped_editions()
    assert texts
    for text in texts:
        edition = add(text)
        assert rules_of(edition).measures <= set(known_measures())
        assert edition.digest == sha256_hex(text.encode())


@pytest.mark.django_db
def test_the_same_text_again_returns_the_kept_edition_and_no_second_event() -> None:
    first = add(return_2555())
    again = add("\ufeff" + return_2555().replace("\n", "\r\n"))
    assert again.pk == first.pk
    assert [e.name for e in AuditEvent.objects.all()] == ["edition.added"]
    assert AuditEvent.objects.get().after["version"] == 1


@pytest.mark.django_db
def test_a_bad_edition_is_refused_with_every_problem_and_leaves_nothing() -> None:
    bad = return_2555().replace("plans.projects_serving,", "plans.projects_sering,")
    with pytest.raises(RuleBroken) as broken:
        add(bad)
    assert broken.value.code == "edition.not_good"
    problems = broken.value.params["problems"]
    assert {one.code for one in problems} == {"unknown_measure_near"}
    assert broken.value.params["line"] == problems[0].line > 1
    assert str(broken.value).startswith(f"The edition has {len(problems)} problems")
    assert not Edition.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_frozen_edition_never_changes_again() -> None:
    edition = add(return_2555())
    assert edition.frozen_at is None
    frozen = freeze_edition(actor=SYSTEM, edition=edition)
    assert frozen.frozen_at is not None
    assert freeze_edition(actor=SYSTEM, edition=edition).frozen_at == frozen.frozen_at
    assert AuditEvent.objects.filter(name="edition.frozen").count() == 1
    with pytest.raises(RuleBroken) as broken:
        add(return_2555() + "# other words\n")
    assert broken.value.code == "edition.frozen"
    assert add(return_2555()).pk == edition.pk
    assert Edition.objects.get().digest == edition.digest


@pytest.mark.django_db
def test_a_text_that_no_round_uses_yet_is_replaced_by_the_installation_alone(
    cast: Cast, office: Unit
) -> None:
    edition = add(return_2555())
    other = return_2555() + "# other words\n"
    with pytest.raises(RuleBroken) as broken:
        add_edition(actor=cast.actor("administrator"), text=other)
    assert broken.value.code == "edition.version_taken"
    replaced = add(other)
    assert (replaced.pk, replaced.text) == (edition.pk, other)
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert (event.before["digest"], event.after["digest"]) == (edition.digest, replaced.digest)


@pytest.mark.django_db
def test_a_replaced_text_keeps_every_item_that_records_may_point_at() -> None:
    add(return_2555())
    renamed = return_2555().replace('- id: "3"', '- id: "3a"').replace('"3": ', '"3a": ')
    assert not isinstance(load_edition(renamed), list), "the changed text is good by itself"
    with pytest.raises(RuleBroken) as broken:
        add(renamed)
    assert (broken.value.code, broken.value.params["items"]) == ("edition.items_vanish", "3")


@pytest.mark.django_db
def test_the_newest_version_is_meant_where_none_is_named() -> None:
    first = add(return_2555())
    second = add(return_2555().replace("\nversion: 1\n", "\nversion: 2\n"))
    assert get_edition(URN).pk == second.pk
    assert get_edition(URN, 1).pk == first.pk
    assert find_edition(URN, 3) is None
    with pytest.raises(RuleBroken) as broken:
        get_edition("urn:nithet:edition:none:1")
    assert broken.value.code == "edition.unknown"
    assert [e.version for e in list_editions()] == [2, 1]


@pytest.mark.django_db
def test_rules_are_read_once_for_each_text() -> None:
    edition = add(return_2555())
    assert rules_of(edition) is rules_of(Edition.objects.get())
    assert item_of(edition, "4").id == "4"
    for name in ("9", ""):
        with pytest.raises(RuleBroken) as broken:
            item_of(edition, name)
        assert broken.value.code == "item.unknown"


@pytest.mark.parametrize(
    "person", ["director", "planner", "supervisor", "school_head", "assessor", "nobody"]
)
def test_only_an_administrator_adds_editions(cast: Cast, office: Unit, person: str) -> None:
    with pytest.raises(Refused):
        add_edition(actor=cast.actor(person), text=return_2555())
    assert add_edition(actor=cast.actor("administrator"), text=return_2555()).version == 1


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("director", True),
        ("planner", True),
        ("administrator", True),
        ("supervisor", False),
        ("assessor", False),
    ],
)
def test_who_may_open_a_round_may_freeze_its_edition(
    cast: Cast, office: Unit, person: str, may: bool
) -> None:
    edition = add(return_2555())
    assert bool(policy.may_freeze_edition(cast.actor(person), edition)) is may
    if not may:
        with pytest.raises(Refused):
            freeze_edition(actor=cast.actor(person), edition=edition)
        assert Edition.objects.get().frozen_at is None


@pytest.mark.parametrize("person", ["director", "school_head", "outsider", "assessor", "nobody"])
def test_lists_and_the_question_whether_one_may_see_agree(
    cast: Cast, office: Unit, person: str
) -> None:
    edition = add(return_2555())
    actor = cast.actor(person)
    assert (
        (edition in policy.visible_to(actor))
        == bool(policy.may_see(actor, edition))
        == (person != "nobody")
    )
    found = resolve(actor, [RecordRef("frameworks.edition", str(edition.pk))])
    assert len(found) == (person != "nobody")


@pytest.mark.django_db
def test_a_list_of_editions_does_not_fetch_their_texts() -> None:
    add(return_2555())
    with CaptureQueriesContext(connection) as queries:
        assert [e.urn for e in list_editions()] == [URN]
    assert len(queries) == 1
    assert '"text"' not in queries[0]["sql"]
