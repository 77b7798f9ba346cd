"""The matrix for the addresses of papers and returns alone: quick to run while working on them."""

import pytest

from tests.conftest import Cast
from tests.web.permission_table import TABLE
from tests.web.test_permissions import World, walk, world  # noqa: F401  the fixture


@pytest.mark.timeout(600)
def test_papers_and_returns_answer_as_their_tables_say(cast: Cast, world: World) -> None:  # noqa: F811
    mine = {name: route for name, route in TABLE.items() if name.startswith(("papers:", "returns:"))}
    _, successes, wrong = walk(world, "open", mine)
    assert not wrong, "\n".join(wrong)
    assert successes > 100
