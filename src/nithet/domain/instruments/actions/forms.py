"""Forms are brought: an XLSForm becomes the next version of an instrument, published at once where that is asked for."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from nithet.domain.instruments import entity_lists, files
from nithet.domain.instruments.actions.versions import publish_version
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.media import InstrumentMedium
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import may_make
from nithet.domain.instruments.queries.telling import placed
from nithet.domain.instruments.queries.versions import (
    by_form_id,
    mark_of,
    names_ever_used,
    newest_version,
)
from nithet.domain.instruments.rules.complaints import Complaint
from nithet.domain.instruments.rules.linting import wanted_files
from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.numbering import next_version
from nithet.domain.instruments.rules.workbook import Book, open_book
from nithet.domain.instruments.rules.xlsform import (
    Converted,
    converted,
    form_id_of,
    title_of,
    version_of,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.files.checking import keep_checked
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

MOST_MEDIA = 50
LARGEST_MEDIUM = 10 * 1024 * 1024
_NAME = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that comes beside a form: its name as the form speaks of it, and its content."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Brought:
    """A form that was read and is about to be kept as a version.

    `instrument` None: it begins one. `after` is the mark (`queries.versions.mark_of`) of the version that it follows.
    """

    form: Converted
    instrument: Instrument | None
    after: str
    xlsx_sha256: str
    xlsx_name: str
    media: list[dict[str, Any]]
    audience: str = ""
    purpose: str = ""


def bring_form(
    *,
    actor: Actor,
    data: bytes,
    file_name: str,
    media: Sequence[Medium] = (),
    instrument: Instrument | None = None,
    audience: str = "",
    purpose: str = "",
    publish: bool = False,
    seen: str | None = None,
) -> InstrumentVersion:
    """Take an XLSForm over as the next version of an instrument; `publish` False keeps it as the draft.

    Without `instrument` the form's own code says which one it is; an unknown or missing code begins a new one. The same file
    again gives the version back that was made of it. `seen` is the mark of the newest version that its maker had before
    them, None where that does not matter; `Conflict` where it is another by now. Raises `Refused`, and `BadInput` with row
    and column for what cannot be used. The file is read and kept before the transaction opens.
    """
    if not (verdict := may_make(actor, None)):
        raise Refused("instrument.bring", verdict)
    book = open_book(data, file_name)
    known = instrument or by_form_id(form_id_of(book))
    digest = sha256_hex(data)
    if known and not media and (same := _same_file(known, digest)):
        return publish_version(actor=actor, draft=same) if publish and _is_draft(same) else same
    brought = _read(book, known, file_name, media, digest)
    files.keep(data)
    return record_form(
        actor=actor,
        brought=Brought(
            brought.form,
            known,
            brought.after if seen is None else seen,
            digest,
            brought.xlsx_name,
            brought.media,
            audience,
            purpose,
        ),
        publish=publish,
    )


def _is_draft(version: InstrumentVersion) -> bool:
    return version.state == InstrumentVersion.State.DRAFT


def _same_file(instrument: Instrument, digest: str) -> InstrumentVersion | None:
    newest = newest_version(instrument)
    is_used = newest is not None and newest.state != InstrumentVersion.State.RETIRED
    return newest if newest is not None and is_used and newest.xlsx_sha256 == digest else None


def _read(
    book: Book, known: Instrument | None, file_name: str, media: Sequence[Medium], digest: str
) -> Brought:
    """Convert a book and keep its media; the version before gives names and the media that did not come along again."""
    newest = newest_version(known) if known else None
    versions = list(known.versions.all()) if known else []
    taken = {one.version for one in versions if not _is_draft(one)}
    said = version_of(book)
    number = next_version(said, taken)
    wanted = wanted_files(book)
    kept = _media(media, wanted)
    if newest:
        brought_names = {one["name"] for one in kept}
        kept += [
            one
            for one in newest.media
            if one["name"] in wanted and one["name"] not in brought_names
        ]
    with placed():
        form = converted(
            book,
            form_id=known.form_id if known else form_id_of(book) or free_form_id(),
            title=title_of(book),
            version=number,
            names=Names.after(newest.definition if newest else (), names_ever_used(versions)),
            brought={*_served(), *(one["name"] for one in kept)},
        )
    if said and said != number:
        form.complaints.insert(
            0,
            Complaint(
                "version_taken",
                msgid(
                    "Version %(said)s was published before and never changes, so this one is version %(number)s."
                ),
                {"said": said, "number": number},
            ),
        )
    if form.itemsets is not None:
        kept.append(_kept("itemsets.csv", form.itemsets, "text/csv"))
    return Brought(
        form,
        known,
        mark_of(newest),
        digest,
        PurePath(file_name).name[:250] or "form.xlsx",
        kept,
    )


def _served() -> set[str]:
    """Return the lists that the product itself gives to devices; nobody brings them."""
    return {f"{name}.csv" for name in entity_lists.names()}


def _media(media: Sequence[Medium], wanted: Collection[str]) -> list[dict[str, Any]]:
    if len(media) > MOST_MEDIA:
        raise BadInput(
            "form.too_many_media",
            "At most %(count)s files come beside a form.",
            field="media",
            count=MOST_MEDIA,
        )
    kept = []
    for one in media:
        if not _NAME.match(one.name) or one.name in {".", ".."}:
            raise BadInput(
                "form.medium_name",
                "The name of a file beside the form cannot be used.",
                field="media",
            )
        if one.name not in wanted:
            raise BadInput(
                "form.medium_unknown",
                "The form does not speak of the file “%(file)s”. Bring only the files that it names.",
                field="media",
                file=one.name,
            )
        checked = keep_checked(files.NAMESPACE, one.name, one.data, largest=LARGEST_MEDIUM)
        kept.append(_kept(one.name, one.data, checked.media_type))
    return kept


def _kept(name: str, data: bytes, media_type: str) -> dict[str, Any]:
    return {
        "name": name,
        "sha256": files.keep(data).sha256,
        "md5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
        "size": len(data),
        "type": media_type,
    }


def free_form_id() -> str:
    """Return a code that no instrument of the office has yet."""
    number = Instrument.objects.count() + 1
    while Instrument.objects.filter(form_id=f"sheet{number}").exists():
        number += 1
    return f"sheet{number}"


@action("instrument.bring", event="instrument.brought")
def record_form(*, actor: Actor, brought: Brought, publish: bool) -> InstrumentVersion:
    """Keep a form that was read as the draft of its instrument, in place of the draft that was there; publish it if asked."""
    form = brought.form
    instrument = _instrument(actor, brought)
    newest = newest_version(instrument)
    if mark_of(newest) != brought.after:
        raise _meanwhile(newest, form)
    draft = instrument.versions.filter(state=InstrumentVersion.State.DRAFT).first()
    version = draft or InstrumentVersion(office_id=instrument.office_id, instrument=instrument)
    version.version, version.title = form.version, form.title
    version.xform, version.definition, version.hash = form.xform, form.definition, form.hash
    version.xlsx_sha256, version.xlsx_name = brought.xlsx_sha256, brought.xlsx_name
    version.media = brought.media
    version.warnings = [one.as_json() for one in form.complaints]
    version.made_at, version.made_by = clock.now(), actor.signature
    version.save()
    _keep_media(version)
    note(
        form_id=form.form_id,
        version=form.version,
        warnings=len(form.complaints),
        sha256=brought.xlsx_sha256,
    )
    return publish_version(actor=actor, draft=version) if publish else version


def _meanwhile(newest: InstrumentVersion | None, form: Converted) -> Conflict:
    return Conflict(
        "instrument.changed_meanwhile",
        "Somebody else brought a version of this form meanwhile. Open it again and compare.",
        version=newest.version if newest else "",
        theirs={"version": newest.version if newest else ""},
        yours={"version": form.version},
    )


def _keep_media(version: InstrumentVersion) -> None:
    InstrumentMedium.objects.filter(instrument_version=version).delete()
    InstrumentMedium.objects.bulk_create(
        InstrumentMedium(
            office_id=version.office_id,
            instrument_version=version,
            name=one["name"],
            sha256=one["sha256"],
        )
        for one in version.media
    )


def _instrument(actor: Actor, brought: Brought) -> Instrument:
    form = brought.form
    if brought.instrument is None:
        if Instrument.objects.filter(form_id=form.form_id).exists():
            raise _meanwhile(None, form)
        return Instrument.objects.create(
            office_id=actor.writes_in,
            form_id=form.form_id,
            title=form.title,
            audience=brought.audience or Instrument.Audience.SUPERVISORS,
            purpose=brought.purpose,
            made_at=clock.now(),
            made_by_id=actor.user_id,
        )
    fresh = Instrument.objects.select_for_update(of=("self",)).get(pk=brought.instrument.pk)
    new: dict[str, Any] = {}
    if not fresh.stands:
        new |= {"taken_back_at": None, "taken_back_by": "", "taken_back_because": ""}
    if fresh.state == Instrument.State.DRAFT:
        new["title"] = form.title
    if brought.audience:
        new["audience"] = brought.audience
    if brought.purpose:
        new["purpose"] = brought.purpose
    change(fresh, **new)
    return fresh
