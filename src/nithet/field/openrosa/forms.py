"""Forms as devices get them: the list, the form itself, and what lies beside it."""

from django.db.models import Q
from django.http import Http404, HttpResponse

from nithet.domain.instruments.entity_lists import EntityList, as_csv, hash_of
from nithet.domain.instruments.files import read
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.offered import lists_of, offered_to
from nithet.field.openrosa.answers import XML, element
from nithet.field.openrosa.door import Call, answers_devices
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_key

LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@answers_devices("GET", "HEAD")
def form_list(call: Call) -> HttpResponse:
    """List the forms that the device's owner fills in; `formID`, `verbose` and `listAllVersions` as the specification says."""
    asked = call.request.GET
    versions = offered_to(call.owner, every_version=asked.get("listAllVersions") == "true")
    if form_id := asked.get("formID"):
        versions = versions.filter(instrument__form_id=form_id)
    is_verbose = asked.get("verbose") == "true"
    forms = "".join(_form(call, version, is_verbose=is_verbose) for version in versions)
    return HttpResponse(f'{_HEAD}<xforms xmlns="{LIST}">{forms}</xforms>', content_type=XML)


def _form(call: Call, version: InstrumentVersion, *, is_verbose: bool) -> str:
    base = f"{call.base}/forms/{version.pk}"
    parts = [
        element("formID", version.instrument.form_id),
        element("name", version.title),
        element("version", version.version),
        element("hash", version.hash),
        element("descriptionText", version.instrument.title) if is_verbose else "",
        element("downloadUrl", f"{base}.xml"),
        element("manifestUrl", f"{base}/manifest") if version.media or lists_of(version) else "",
    ]
    return f"<xform>{''.join(parts)}</xform>"


@answers_devices("GET", "HEAD")
def form(call: Call, key: str) -> HttpResponse:
    """Give the XForm to the letter, as its hash was made."""
    return HttpResponse(_version(call, key).xform, content_type=XML)


@answers_devices("GET", "HEAD")
def manifest(call: Call, key: str) -> HttpResponse:
    """List what lies beside a form: its media and the lists of schools and agreements that it names."""
    version = _version(call, key)
    base = f"{call.base}/forms/{version.pk}/media"
    files = [
        f"<mediaFile>{element('filename', one['name'])}{element('hash', 'md5:' + one['md5'])}"
        f"{element('downloadUrl', f'{base}/{place}')}</mediaFile>"
        for place, one in enumerate(version.media)
    ]
    files += [_entities(call, entities, call.owner) for entities in lists_of(version)]
    return HttpResponse(
        f'{_HEAD}<manifest xmlns="{MANIFEST}">{"".join(files)}</manifest>', content_type=XML
    )


def _entities(call: Call, entities: EntityList, actor: Actor) -> str:
    kind = "approvalEntityList" if entities.needs_approval else "entityList"
    base = f"{call.base}/lists/{entities.name}"
    return (
        f'<mediaFile type="{kind}">{element("filename", entities.file_name)}'
        f"{element('hash', hash_of(as_csv(entities, actor)))}{element('downloadUrl', f'{base}.csv')}"
        f"{element('integrityUrl', f'{base}/integrity')}</mediaFile>"
    )


@answers_devices("GET", "HEAD")
def medium(call: Call, key: str, place: str) -> HttpResponse:
    """Give one file that lies beside a form."""
    media = _version(call, key).media
    at = row_key(place)
    if at is None or at >= len(media):
        raise Http404
    response = HttpResponse(
        read(media[at]["sha256"]), content_type=media[at].get("type") or "application/octet-stream"
    )
    response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _version(call: Call, key: str) -> InstrumentVersion:
    number = row_key(key)
    versions = offered_to(call.owner, every_version=True)
    found = versions.filter(Q(pk=number)).first() if number is not None else None
    if found is None:
        raise Http404
    return found
