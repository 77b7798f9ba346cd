"""The one table of who may do what at which address. An address that is not here fails the build.

Each area has a module of its own in `tests/web/routes`. A route says who may *see* its record (others get 404, the same as for
what does not exist), who may *do* what its POST does (others who see it get 403), and with what body, so that a refusal is a
refusal and not a complaint about an empty form. States are those of the round: "open", "closed".

A module may bring records of its own to the world: `records(stage) -> {name of the part in the address: id}`, and may name in
`BY_LINK` addresses that are opened by a word nobody can guess; those it tests by itself.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

from tests.web import routes
from tests.web.routes.who import Route, Stage


def areas() -> Iterator[ModuleType]:
    """Yield the modules that declare addresses."""
    for found in pkgutil.iter_modules(routes.__path__):
        if found.name != "who":
            yield importlib.import_module(f"{routes.__name__}.{found.name}")


def declared() -> dict[str, Route]:
    """Return every declared address; two declarations of one address are a fault."""
    table: dict[str, Route] = {}
    for area in areas():
        assert not set(area.TABLE) & set(table), area.__name__
        table.update(area.TABLE)
    return table


def records_of_areas(stage: Stage) -> Mapping[str, str]:
    """Return the ids of the records that the areas bring for their own addresses."""
    found: dict[str, str] = {}
    for area in areas():
        if bring := getattr(area, "records", None):
            brought = bring(stage)
            assert not found.keys() & brought.keys(), f"{area.__name__} names records that another area brings too"
            found.update(brought)
    return found


def opened_by_link() -> frozenset[str]:
    """Return the addresses that a word in them opens, which each area walks by itself."""
    return frozenset(name for area in areas() for name in getattr(area, "BY_LINK", ()))


TABLE = declared()
OWN_PAGES = opened_by_link() | frozenset(
    {
        "account_mine",
        "account_speaker",
        "account_office",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)
"""The ways in are one's own account: they take no id, and `tests/web/account` walks them one by one."""
