"""ZIP files: Office documents by their parts, and archives whose members are each checked like a file of its own."""

import zipfile

from nithet.foundation.files.workshop import content, open_document, open_xml
from nithet.foundation.files.workshop.eicar import refuse_eicar
from nithet.foundation.files.workshop.kinds import ZIP, Data, Found, damaged
from nithet.foundation.files.workshop.zip_layout import opened, read_member
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

_LEFT_BEHIND = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def look(data: Data, name: str, depth: int) -> Found:
    """Tell which Office document it is, or check the members of an archive."""
    with opened(data) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            return open_xml.look(archive)
        if "mimetype" in names:
            return open_document.look(archive)
        return _archive(archive, depth)


def _archive(archive: zipfile.ZipFile, depth: int) -> Found:
    if depth > 0:
        raise BadInput(
            "files.nested",
            "This ZIP file holds another ZIP file. Unpack it and send what is in it.",
            field="file",
        )
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        raise damaged("ZIP")
    found = Found(ZIP)
    for member in members:
        data = read_member(archive, member)
        if _is_left_behind(member.filename):
            refuse_eicar(data)
            continue
        try:
            inner = content.look_into(data, member.filename, depth=depth + 1) if data else None
        except BadInput as error:
            raise _in_member(member.filename, error) from error
        for message, params in inner.warnings if inner else []:
            found.warn(message, **params)
    found.warn(msgid("An archive of %(count)s files."), count=len(members))
    return found


def _is_left_behind(name: str) -> bool:
    return name.startswith(_LEFT_BEHIND[0]) or name.rsplit("/", 1)[-1] in _LEFT_BEHIND


def _in_member(name: str, error: BadInput) -> BadInput:
    error.params.setdefault("member", name[-120:])
    return error
