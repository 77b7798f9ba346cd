"""The menu."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from nithet.foundation.ui import navigation

pytestmark = pytest.mark.urls("tests.foundation.ui.gallery")


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_entries", {})
    yield


def test_entries_stand_in_their_order_and_the_present_area_is_marked() -> None:
    navigation.register("b", "สอง", "account_login", "list", order=20)
    navigation.register("a", "หนึ่ง", "account_mine", "home", order=10)
    lines = navigation.lines_for(actor=None, current_area="b")
    assert [(line.label, line.href, line.current) for line in lines] == [
        ("หนึ่ง", "/account/", False),
        ("สอง", "/account/login/", True),
    ]


def test_an_entry_is_seen_only_by_those_it_is_for() -> None:
    navigation.register("a", "ตั้งค่า", "account_mine", "settings", lambda actor: actor.is_office)
    assert navigation.lines_for(SimpleNamespace(is_office=False)) == []
    assert len(navigation.lines_for(SimpleNamespace(is_office=True))) == 1


def test_registering_an_area_again_replaces_it() -> None:
    navigation.register("a", "เดิม", "account_mine", "home")
    navigation.register("a", "ใหม่", "account_mine", "home")
    assert [line.label for line in navigation.lines_for(None)] == ["ใหม่"]


def test_an_entry_without_an_address_is_left_out() -> None:
    navigation.register("a", "ไม่มี", "no_such_page", "home")
    assert navigation.lines_for(None) == []


def test_entries_that_share_a_namespace_are_told_apart_by_their_address() -> None:
    navigation.register("account", "บัญชี", "account_mine", "home", order=10)
    navigation.register("way_in", "เข้าใช้งาน", "account_login", "list", order=20)
    lines = navigation.lines_for(None, "account", "/account/login/again/")
    assert [line.current for line in lines] == [False, True]
    assert [line.current for line in navigation.lines_for(None, "account", "/elsewhere/")] == [True, False]


def test_pages_side_by_side_stand_in_order_and_the_longest_address_above_the_page_is_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(navigation, "_tabs", {})
    navigation.register_tab("work", "สอง", "account_login", order=2)
    navigation.register_tab("work", "หนึ่ง", "account_mine", order=1)
    navigation.register_tab("work", "ซ่อน", "account_logout", lambda actor: actor is not None)
    navigation.register_tab("other", "อื่น", "account_mine")
    found = navigation.tabs_of("work", None, "/account/login/")
    assert [(tab.label, href, here) for tab, href, here in found] == [
        ("หนึ่ง", "/account/", False),
        ("สอง", "/account/login/", True),
    ]
    assert not any(here for _, _, here in navigation.tabs_of("work", None, "/elsewhere/"))
