"""What is known of a submission when it arrives, from the office's records: its version, its school, what it changes."""

from dataclasses import dataclass
from datetime import datetime

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import visible_to
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import audiences_of
from nithet.domain.instruments.queries.shapes import version_sent
from nithet.domain.instruments.rules.answers import first
from nithet.domain.instruments.rules.instance_xml import Instance
from nithet.domain.instruments.rules.standing import Circumstances, reason_to_wait
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_key
from nithet.foundation.refs.registry import RecordRef

SCHOOL_QUESTIONS = ("school", "school_id", "school_ref")
ABOUT_QUESTIONS = ("about", "visit_ref")
SCHOOL = "directory.school"


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a submission belongs, and why it waits ("" where it counts)."""

    reason: str
    school: School | None
    about: str
    replaces: Submission | None


class Lookups:
    """What was looked up for the submissions of one batch, so that each version and school is asked for once."""

    def __init__(self) -> None:
        self._versions: dict[tuple[str, str], InstrumentVersion | None] = {}
        self._schools: dict[str, School | None] = {}

    def version(self, office_id: int, form_id: str, version: str) -> InstrumentVersion | None:
        """Return the version that was filled in."""
        key = (form_id, version)
        if key not in self._versions:
            self._versions[key] = version_sent(office_id, form_id, version)
        return self._versions[key]

    def school(self, actor: Actor, said: str) -> School | None:
        """Return the school of that name or key that the actor may write about."""
        if said not in self._schools:
            self._schools[said] = _school_said(actor, said)
        return self._schools[said]


def judge(
    lookups: Lookups,
    *,
    actor: Actor,
    office_id: int,
    user_id: int | None,
    is_revoked: bool,
    instance: Instance,
    version: InstrumentVersion | None,
    answers: dict[str, object],
    received_at: datetime,
) -> Judged:
    """Look up what a submission points at, and decide whether it counts at once."""
    said = first(answers, *SCHOOL_QUESTIONS)
    school = lookups.school(actor, said) if said else None
    replaces, unknown, twice, of_others = _edited(office_id, user_id, instance.deprecated_id)
    instrument = version.instrument if version else None
    has_form = (
        version is not None
        or Instrument.objects.filter(office_id=office_id, form_id=instance.form_id).exists()
    )
    closed = instrument is not None and (
        instrument.state == Instrument.State.RETIRED or instrument.taken_back_at is not None
    )
    known = Circumstances(
        received_at=received_at,
        has_form=has_form,
        has_version=version is not None,
        form_is_closed=closed,
        retired_at=version.retired_at if version else None,
        is_revoked=is_revoked,
        is_theirs=actor.is_system
        or instrument is None
        or instrument.audience in audiences_of(actor),
        school_is_outside=bool(said) and school is None,
        edits_unknown=unknown,
        edits_replaced=twice,
        edits_of_others=of_others,
    )
    return Judged(reason_to_wait(known), school, _about(answers), replaces)


def _school_said(actor: Actor, said: str) -> School | None:
    """Find a school by its reference ("directory.school:5"), its SMIS code or its exact name."""
    schools = visible_to(actor)
    kind, colon, key = said.partition(":")
    if colon:
        number = row_key(key) if kind == SCHOOL else None
        return schools.filter(pk=number).first() if number is not None else None
    return schools.filter(smis_code=said).first() or schools.filter(unit__name=said).first()


def _about(answers: dict[str, object]) -> str:
    """Return the record that the form was opened for, where it says one."""
    return record_named(first(answers, *ABOUT_QUESTIONS))


def record_named(said: str) -> str:
    """Return a reference as it is kept; "" for what is none."""
    try:
        return str(RecordRef.parse(said)) if 0 < len(said) <= 160 else ""
    except ValueError:
        return ""


def _edited(
    office_id: int, user_id: int | None, deprecated_id: str
) -> tuple[Submission | None, bool, bool, bool]:
    """Return what an edit changes, and whether that is unknown, was changed already, or was sent by somebody else."""
    if not deprecated_id:
        return None, False, False, False
    base = (
        Submission.objects.select_for_update(of=("self",))
        .filter(office_id=office_id, instance_id=deprecated_id, rival_of__isnull=True)
        .first()
    )
    if base is None:
        return None, True, False, False
    return base, False, not base.is_current, base.user_id != user_id
