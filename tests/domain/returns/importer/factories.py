"""The office of the real return, and the return itself brought into it."""

from importlib.resources import files

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import find_edition
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.models import ReturnImport
from nithet.foundation.access.actors import system_actor
from tests.conftest import Cast

SEED = "000_0bf55f414089a6b9.txt"
EDITION = "urn:nithet:edition:obec-return-2555:5.4"


def seed_bytes() -> bytes:
    return files("nithet.domain.returns").joinpath("demo_data", SEED).read_bytes()


def edition_of_2555() -> Edition:
    if kept := find_edition(EDITION):
        return kept
    folder = files("nithet.domain.frameworks") / "editions"
    text = folder.joinpath("obec-return-2555-5.4.yaml").read_text("utf-8")
    return add_edition(actor=system_actor("test"), text=text)


def call_it_phetchaburi(cast: Cast) -> None:
    """Give the cast's office the names of the office whose return it is."""
    cast.office.name = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1"
    cast.office.short_name = "สพป.เพชรบุรี เขต 1"
    cast.office.save()


def proposed(cast: Cast, data: bytes | None = None, who: str = "supervisor") -> ReturnImport:
    return propose_import(
        actor=cast.actor(who), data=data or seed_bytes(), file_name=SEED, fiscal_year=2555
    )


def imported(cast: Cast, data: bytes | None = None) -> Round:
    """The round of 2555 with everything the file says; the cast's office must be named as in it."""
    return confirm_import(
        actor=cast.actor("planner"), return_import=proposed(cast, data), edition=edition_of_2555()
    )
