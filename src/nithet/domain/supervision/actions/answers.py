"""What the school says of a visit: it reads, answers in its own words, signs, and says what it thinks of the help."""

import base64
import secrets
from datetime import timedelta

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.files import KeptFile
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.additions import add_to_closed
from nithet.domain.supervision.actions.holding import hold
from nithet.domain.supervision.models.answers import (
    SchoolAnswer,
    SchoolAnswerVersion,
    SchoolLink,
    VisitOpinion,
)
from nithet.domain.supervision.models.visits import Visit, VisitAddition
from nithet.domain.supervision.queries.content import digest_of_visit, visit_ref
from nithet.domain.supervision.visit_notices import ANSWER_ADDED, ANSWER_CHANGED, ANSWERED
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.notices.sending import tell
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date

CODE_BYTES = 10
"""80 bits: sixteen letters and digits that nobody guesses and a person can still type."""
LINK_GOOD_FOR = timedelta(days=180)
LONGEST_ANSWER = 4000


def _answer_of(visit: Visit) -> SchoolAnswer:
    """Return the school's side of a visit that is held, made empty where there is none."""
    if visit.state != Visit.State.DONE:
        raise RuleBroken("visit.not_done", "There is nothing to read before the visit was made.")
    kept, _ = SchoolAnswer.objects.select_for_update(of=("self",)).get_or_create(
        visit=visit, defaults={"office_id": visit.office_id}
    )
    return kept


@action("visit.read_copy", event="visit.copy_read", on="visit")
def read_copy(*, actor: Actor, visit: Visit, read_by: str = "") -> SchoolAnswer:
    """Note that the school has read the copy, once; `read_by` names who did behind a link or a desk."""
    fresh = hold(visit)
    kept = _answer_of(fresh)
    about(fresh)
    if kept.read_at is not None:
        nothing_changed()
        return kept
    who = collapse(read_by)[:300] or _who(actor)
    change(kept, read_at=clock.now(), read_by=who, version=kept.version + 1)
    return kept


@action("visit.answer", event="visit.answered", on="visit")
def answer_visit(
    *, actor: Actor, visit: Visit, version: int, words: str, answered_by: str = ""
) -> SchoolAnswer:
    """Keep what the school answers in its own words; `version` is that of the answer (0 where there was none).

    An answer that is changed keeps what it said before as a version, with who had said it. Once the visit is closed, words are
    an addition beside the answer. Whoever wrote and whoever went is told each time.
    """
    text = words.strip()
    if not text:
        raise RuleBroken("visit.answer", "Write the answer of the school.", field="words")
    if len(text) > LONGEST_ANSWER:
        raise RuleBroken(
            "visit.answer_long",
            "Please say it in at most %(limit)s characters.",
            field="words",
            limit=LONGEST_ANSWER,
        )
    fresh = hold(visit)
    kept = _answer_of(fresh)
    about(fresh)
    who = collapse(answered_by)[:300] or _who(actor)
    if fresh.closed_at is not None:
        return _added(actor, fresh, kept, text, who)
    if kept.words == text:
        # Also the second of two sendings of one form, whose version the first has used up.
        nothing_changed()
        return kept
    if version or kept.words:
        refuse_if_changed(kept, version=version, new={"words": text})
    now, was = clock.now(), kept.words
    if was:
        _keep_answer(kept)
    change(
        kept,
        words=text,
        answered_at=now,
        answered_by=who,
        read_at=kept.read_at or now,
        read_by=kept.read_by or who,
        version=kept.version + 1,
    )
    _tell_office(actor, fresh, ANSWER_CHANGED if was else ANSWERED)
    return kept


def _keep_answer(kept: SchoolAnswer) -> None:
    """Keep an answer as it stands before it is changed."""
    number = kept.versions.count() + 1
    note(replaces=number)
    SchoolAnswerVersion.objects.create(
        office_id=kept.office_id,
        answer=kept,
        number=number,
        words=kept.words,
        answered_at=kept.answered_at or clock.now(),
        answered_by=kept.answered_by,
        replaced_at=clock.now(),
    )


def _added(actor: Actor, fresh: Visit, kept: SchoolAnswer, text: str, who: str) -> SchoolAnswer:
    """Keep words that come after the closing beside what was frozen; the same words by the same person are kept once."""
    last = fresh.additions.filter(kind=VisitAddition.Kind.WORDS).last()
    if kept.words == text or (last is not None and last.content == {"words": text, "by": who}):
        nothing_changed()
        return kept
    added = add_to_closed(fresh, VisitAddition.Kind.WORDS, {"words": text, "by": who}, by=who)
    note(added=added.number, content_digest=added.content_digest)
    change(kept, read_at=kept.read_at or clock.now(), read_by=kept.read_by or who)
    _tell_office(actor, fresh, ANSWER_ADDED)
    return kept


def _tell_office(actor: Actor, visit: Visit, kind: str) -> None:
    """Tell whoever wrote the record and whoever went, as far as they have accounts."""
    went = visit.visitors.filter(user_id__isnull=False).values_list("user_id", flat=True)
    people = dict.fromkeys(filter(None, [visit.written_by_id, *went]))
    if people:
        tell(actor=actor, to=list(people), kind=kind, ref=visit_ref(visit), title=str(visit))


@action("visit.sign", event="visit.signed", on="visit")
def sign_visit(
    *,
    actor: Actor,
    visit: Visit,
    shown: str,
    signed_by: str = "",
    way: SchoolAnswer.Way | str = SchoolAnswer.Way.ACCOUNT,
    drawn: KeptFile | None = None,
) -> SchoolAnswer:
    """Sign the record as the school; `shown` is the digest of what the signer had before them, `drawn` the signature drawn by hand.

    Where the record has other words by now, nothing is signed (`Conflict`). Signing a corrected record again replaces the
    earlier signature, which the history keeps.
    """
    fresh = hold(visit)
    kept = _answer_of(fresh)
    about(fresh)
    digest = digest_of_visit(fresh)
    if digest != shown:
        raise Conflict(
            "visit.changed_before_signing",
            "The record was corrected meanwhile. Read it again and sign.",
            version=kept.version,
        )
    who = collapse(signed_by)[:300] or _who(actor)
    if not who:
        raise RuleBroken("visit.signer", "Write your name and position.", field="signed_by")
    if kept.signed_digest == digest:
        nothing_changed()
        return kept
    now = clock.now()
    note(signed_by=who, way=str(way), drawn=drawn.sha256 if drawn else "")
    change(
        kept,
        signed_at=now,
        signed_by=who,
        signed_by_id=actor.user_id,
        signed_digest=digest,
        signature_ref=_signature(actor, fresh, drawn, digest) if drawn else "",
        way=SchoolAnswer.Way(way),
        read_at=kept.read_at or now,
        read_by=kept.read_by or who,
        version=kept.version + 1,
    )
    return kept


def _signature(actor: Actor, visit: Visit, drawn: KeptFile, digest: str) -> str:
    """Keep a drawn signature as a piece of evidence; it is about no record, so that no list of photographs shows it."""
    day = clock.today()
    piece = bring_piece(
        actor=actor,
        title=f"ลายมือชื่อ {visit.school} {format_date(day, 'short')}",
        kind="other",
        period=Period(day, day, ""),
        source=f"signature:{visit.pk}:{digest[:16]}:{drawn.sha256[:16]}",
        kept=drawn,
    )
    return f"evidence.piece:{piece.pk}"


@action("visit.say_opinion", event="visit.opinion_said", on="visit")
def say_opinion(
    *, actor: Actor, visit: Visit, fitted_need: str, gave_way: str, helped_kindly: str
) -> VisitOpinion:
    """Keep the school's three answers about the help itself, once a visit; who answers has read the copy.

    The event says that it was said and not what; the answers are told only as counts of many visits.
    """
    given = {"fitted_need": fitted_need, "gave_way": gave_way, "helped_kindly": helped_kindly}
    for name, value in given.items():
        if value not in VisitOpinion.Says.values:
            raise RuleBroken("opinion.answer", "Choose one of the three answers.", field=name)
    fresh = hold(visit)
    answer = _answer_of(fresh)
    about(fresh)
    kept, was_made = VisitOpinion.objects.get_or_create(
        visit=fresh, defaults={"office_id": fresh.office_id, "said_at": clock.now(), **given}
    )
    if not was_made:
        nothing_changed()
    elif answer.read_at is None:
        change(answer, read_at=clock.now(), read_by=_who(actor))
    return kept


def _who(actor: Actor) -> str:
    return f"{actor.signature} · {actor.speaker}" if actor.speaker else actor.signature


@action("visit.make_link", event="visit.link_made", on="visit")
def school_link(*, actor: Actor, visit: Visit) -> SchoolLink:
    """Return the link by which the school reads and signs without an account; the one that is still good, or a new one."""
    now = clock.now()
    about(visit)
    good = SchoolLink.objects.filter(visit=visit, revoked_at__isnull=True, expires_at__gt=now)
    if (kept := good.first()) is not None:
        nothing_changed()
        return kept
    return SchoolLink.objects.create(
        office_id=visit.office_id,
        visit=visit,
        code=new_code(),
        made_at=now,
        expires_at=now + LINK_GOOD_FOR,
    )


@action("visit.revoke_link", event="visit.link_revoked", on="visit")
def revoke_links(*, actor: Actor, visit: Visit) -> int:
    """Make every link of a visit good for nothing, as where a slip went astray; return how many there were."""
    about(visit)
    gone = SchoolLink.objects.filter(visit=visit, revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )
    if not gone:
        nothing_changed()
    return gone


def new_code() -> str:
    """Return a fresh code: 16 small letters and digits of base 32."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()


@action("visit.keep_signature", event="visit.signature_kept", on="visit")
def keep_signature(
    *, actor: Actor, visit: Visit, signature_ref: str, signed_by: str
) -> SchoolAnswer:
    """Keep the drawn signature of `signed_by` with the school's side of a visit that was signed on a screen.

    Nothing changes where a drawing stands already or somebody else has signed since: a tablet may send its files days later.
    """
    fresh = hold(visit)
    kept = _answer_of(fresh)
    about(fresh)
    is_theirs = kept.way == SchoolAnswer.Way.SCREEN and kept.signed_by == signed_by
    if not is_theirs or kept.signature_ref:
        nothing_changed()
        return kept
    change(kept, signature_ref=signature_ref)
    return kept
