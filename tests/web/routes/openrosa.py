"""Addresses that devices speak to."""

from tests.web.routes.who import Route

TABLE: dict[str, Route] = {}
BY_LINK = frozenset(
    {
        "openrosa:form_list",
        "openrosa:form",
        "openrosa:manifest",
        "openrosa:medium",
        "openrosa:entity_list",
        "openrosa:integrity",
        "openrosa:submission",
    }
)
"""Opened by the token of a device alone: `tests/field/openrosa/test_who_gets_what.py` walks them with each person's device."""
