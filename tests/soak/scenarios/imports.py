"""Old returns are imported, each into an office of its own: all of its records are there or none."""

from collections.abc import Mapping
from importlib.resources import files

from nithet.domain.assessments.models.narrative import NarrativeGroup
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.people import found_office
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.queries import find_edition, get_edition
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.returns import files as kept_files
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.models import Proposal, ReturnImport
from nithet.domain.returns.rules.codec import from_json
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import system_actor
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.soak.scenario import Scenario

SEED = "000_0bf55f414089a6b9.txt"
EDITION = "urn:nithet:edition:obec-return-2555:5.4"
YEAR = 2555
WHOLE = {
    Project: 5,
    ProjectService: 6,
    Activity: 13,
    Policy: 6,
    School: 13,
    Visit: 13,
    Finding: 9,
    StatedFigure: 16,
    Piece: 11,
    Use: 15,
    NarrativeGroup: 6,
}
_LETTERS = "กขคงจชดตทนบปพฟมยรลวสหอ"


def area(number):
    """A province of its own for every number; two letters are enough for 484."""
    return f"เมือง{_LETTERS[number // len(_LETTERS)]}{_LETTERS[number % len(_LETTERS)]}"


def names(number):
    return f"สำนักงานเขตพื้นที่การศึกษาประถมศึกษา{area(number)} เขต 1", f"สพป.{area(number)} เขต 1"


def old_return(number):
    seed = files("nithet.domain.returns").joinpath("demo_data", SEED).read_text("utf-8")
    return seed.replace("เพชรบุรี", area(number)).encode()


def edition_of_2555():
    if find_edition(EDITION) is None:
        folder = files("nithet.domain.frameworks") / "editions"
        text = folder.joinpath("obec-return-2555-5.4.yaml").read_text("utf-8")
        add_edition(actor=system_actor("soak"), text=text)
    return get_edition(EDITION)


def prepare():
    with scope(None):
        edition_of_2555()


def operate(number):
    full, short = names(number)
    with scope(None):
        office = found_office(actor=system_actor("soak"), name=full, short_name=short)
    actor = system_actor("soak", office.pk)
    with scope(office.pk):
        kept = propose_import(actor=actor, data=old_return(number), file_name=SEED, fiscal_year=YEAR)
        confirm_import(actor=actor, return_import=kept, edition=get_edition(EDITION))
        return str(kept.pk)


def check(acknowledged: Mapping[int, str]):
    faults, whole, proposed = [], 0, 0
    offices = {unit.name: unit for unit in Unit.objects.filter(kind=Unit.Kind.OFFICE)}
    for number in range(max(acknowledged, default=-1) + 10):
        office = offices.pop(names(number)[0], None)
        if office is None:
            faults += [f"acknowledged {number} has no office"] if number in acknowledged else []
            continue
        with scope(office.pk):
            found, state = _look(number, acknowledged.get(number))
        faults += found
        whole += state == "whole"
        proposed += state == "proposed"
    faults += [f"{name} was never asked for" for name in offices]
    print(f"say {whole} whole imports, {proposed} proposed and not confirmed", flush=True)
    return faults


def _look(number, word):
    """What is wrong in one office, and how far its import is."""
    imports = list(ReturnImport.objects.all())
    counts = {model: model.objects.count() for model in WHOLE}
    confirmed = [kept for kept in imports if kept.state == ReturnImport.State.CONFIRMED]
    if len(imports) > 1:
        return [f"{number} was imported {len(imports)} times"], "doubled"
    if word is not None and [str(kept.pk) for kept in confirmed] != [word]:
        return [f"acknowledged {number} is not there"], "lost"
    if not confirmed:
        half = [f"{number} is half there: {model.__name__}" for model, n in counts.items() if n]
        half += [f"{number} is half there: a round"] if Round.objects.exists() else []
        half += [f"{number} has half its proposals" for _ in imports if Proposal.objects.count() != 115]
        return half, "proposed" if imports else "nothing"
    faults = [
        f"{number} has {counts[model]} of {model.__name__}, not {expected}"
        for model, expected in WHOLE.items()
        if counts[model] != expected
    ]
    [kept] = confirmed
    if build_return(kept.round) != from_json(kept.document):
        faults.append(f"the return of {number} is not the one that was read")
    if not kept_files.is_whole(kept.file_sha256):
        faults.append(f"the file of {number} is missing or damaged")
    events = AuditEvent.objects.filter(office_id=kept.office_id, name="return.imported").count()
    if events != 1:
        faults.append(f"the import of {number} has {events} events")
    return faults, "whole"


SCENARIO = Scenario(name="imports", prepare=prepare, operate=operate, check=check, threads=2)
