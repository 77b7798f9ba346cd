"""The real return taken over in the cast's office, for pages that need something to show."""

from importlib.resources import files

import pytest

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.queries import get_edition, shipped_editions
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast

URN = "urn:nithet:edition:obec-return-2555:5.4"
SEED = "000_0bf55f414089a6b9.txt"
SEED_OFFICE = ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1", "สพป.เพชรบุรี เขต 1")


def seed_bytes() -> bytes:
    return files("nithet.domain.returns").joinpath("demo_data", SEED).read_bytes()


@pytest.fixture
def taken_over(cast: Cast, office: Unit) -> Round:
    """The round of the real return; the cast's office bears the name of the return's office."""
    return take_over(office)


def office_with_return(cast: Cast) -> Round:
    """Take the real return over in the cast's office, where no scope is open yet."""
    with scope(cast.office.pk):
        return take_over(cast.office)


def take_over(office: Unit) -> Round:
    """Take the real return over in an office, whose scope is open."""
    office.name, office.short_name = SEED_OFFICE
    office.save()
    for text in shipped_editions():
        add_edition(actor=system_actor("test"), text=text)
    actor = system_actor("test", office.pk)
    kept = propose_import(actor=actor, data=seed_bytes(), file_name=SEED, fiscal_year=2555)
    return confirm_import(actor=actor, return_import=kept, edition=get_edition(URN))
