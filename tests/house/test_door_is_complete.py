"""Every action has a policy and an event; nothing writes past the door."""

import ast
from pathlib import Path

from django.urls import get_resolver

from nithet.foundation.access.policies import policy_names
from nithet.foundation.actions.door import action_specs
from nithet.foundation.audit.events import event_names

SOURCE = Path(__file__).resolve().parents[2] / "src/nithet"
WRITING = {"save", "create", "bulk_create", "update", "bulk_update", "update_or_create", "get_or_create", "delete"}


def product_actions() -> list[str]:
    get_resolver().url_patterns  # noqa: B018  loads every page, and with it every action
    return [name for name, spec in action_specs().items() if spec.function.startswith("nithet.")]


def test_there_are_actions_at_all() -> None:
    assert len(product_actions()) > 20


def test_every_action_has_a_policy() -> None:
    assert sorted(set(product_actions()) - policy_names()) == []


def test_every_action_names_a_registered_event() -> None:
    assert [n for n in product_actions() if action_specs()[n].event not in event_names()] == []


def test_faces_and_queries_never_write() -> None:
    """Pages, API, sync and console change nothing by themselves, and neither do queries and policies."""
    faults = []
    places = [SOURCE / "web", SOURCE / "api", SOURCE / "field", SOURCE / "console"]
    files = [f for place in places for f in place.rglob("*.py")]
    files += [f for name in ("queries", "policy", "measures") for f in (SOURCE / "domain").glob(f"*/{name}.py")]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
                owner = ast.unparse(node.func.value)
                if "objects" in owner or (owner in {"self", "form", "row", "record"} and node.func.attr == "save"):
                    faults.append(f"{file.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node.func)}")
    assert faults == []


def test_all_offices_at_once_are_opened_where_it_is_known() -> None:
    """`unscoped()` crosses offices: each file that uses it is listed here, and each use says why in a comment."""
    allowed = {
        "domain/directory/queries/school_lists.py",
        "domain/evidence/queries/pieces.py",
        "domain/evidence/queries/printouts.py",
        "domain/frameworks/measures.py",
        "domain/instruments/queries/kept.py",
        "domain/instruments/queries/copies.py",
        "domain/instruments/queries/devices.py",
        "domain/papers/queries.py",
        "domain/plans/queries/importing.py",
        "domain/plans/queries/need_survey_links.py",
        "domain/returns/queries.py",
        "domain/reviews/queries/folders.py",
        "domain/supervision/queries/links.py",
        "domain/supervision/queries/dates.py",
        "domain/supervision/queries/feeds.py",
    }
    users = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if "unscoped()" in file.read_text("utf-8") and "foundation/tenancy" not in str(file)
    }
    assert users <= allowed
