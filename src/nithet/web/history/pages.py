"""A history as it is shown: sentences with their values and the record where the reader may see it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nithet.foundation.access.actors import Actor
from nithet.foundation.audit.changes import Change, changes_of
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say, who
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve
from nithet.foundation.search.registry import search_kinds
from nithet.foundation.ui.words import date_words, moment_words, number_words
from nithet.web.history.forms import OTHER

LABELS: dict[str, str | Promise] = {
    "assessments.round": _("Reporting rounds"),
    "accounts.user": _("People"),
    "access.posting": _("Positions and duties"),
    "access.power": _("Powers of others"),
    "tenancy.unit": _("Offices and units"),
}
"""Kinds that are not searched but stand in the history often; the rest is "other"."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One value in words; "" where there was none, or is none any more."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One event: its sentence, its values, and its record where there is a page that the reader may open."""

    event: AuditEvent
    words: str
    changes: list[Shown]
    about: Resolved | None


def lines_of(actor: Actor, events: list[AuditEvent]) -> list[Line]:
    """Say events to a reader; one question for each kind of record among them."""
    refs = {
        event.pk: RecordRef(event.target_kind, event.target_id)
        for event in events
        if event.target_kind in kinds()
    }
    found = resolve(actor, set(refs.values()))
    return [
        Line(
            event,
            say(event),
            [_shown(one) for one in changes_of(event)],
            found.get(refs[event.pk]) if event.pk in refs else None,
        )
        for event in events
    ]


def kind_choices(present: Iterable[str]) -> list[tuple[str, str]]:
    """Offer the kinds that the history holds, by their words; those without words together."""
    known = set(present)
    labels = {kind.kind: kind.label for kind in search_kinds().values()} | LABELS
    named = [(kind, str(label)) for kind, label in labels.items() if kind in known]
    return [*named, (OTHER, str(_("Other")))] if known - set(labels) else named


def labelled_kinds() -> list[str]:
    """Return the kinds that have words of their own."""
    return [*search_kinds(), *LABELS]


def columns() -> list[Column]:
    """Return the headings of the history as a sheet, in the reader's language."""
    return [
        Column(str(_("When")), width=24),
        Column(str(_("Who")), width=30),
        Column(str(_("What happened")), width=70),
        Column(str(_("Values")), width=70),
    ]


def sheet_rows(events: Iterable[AuditEvent]) -> Iterator[list[Value]]:
    """Yield events as rows of a sheet."""
    for event in events:
        values = "; ".join(
            f"{one.label}: {one.before} → {one.after or '–'}"
            if one.before
            else f"{one.label}: {one.after or '–'}"
            for one in map(_shown, changes_of(event))
        )
        yield [moment_words(event.at), who(event), number_words(say(event)), values]


def _shown(change: Change) -> Shown:
    return Shown(change.label, _text(change.before), _text(change.after))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return date_words(value)
    return "" if value is None else number_words(str(value))
