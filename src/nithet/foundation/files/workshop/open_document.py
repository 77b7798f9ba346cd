"""ODT, ODS and ODP: no macros, no password, sound XML."""

import zipfile
from collections.abc import Mapping

from nithet.foundation.files.workshop.eicar import refuse_eicar
from nithet.foundation.files.workshop.kinds import (
    ODP,
    ODS,
    ODT,
    Found,
    damaged,
    locked,
    not_accepted,
    programs,
    reaching_out,
)
from nithet.foundation.files.workshop.xml_parts import walk
from nithet.foundation.files.workshop.zip_layout import read_member

_KINDS = {kind.media_type: kind for kind in (ODT, ODS, ODP)}


def look(archive: zipfile.ZipFile) -> Found:
    """Tell which of the three it is."""
    first = archive.infolist()[0]
    declared = (
        read_member(archive, archive.getinfo("mimetype")) if first.filename == "mimetype" else b""
    )
    kind = _KINDS.get(declared.decode("ascii", "replace").strip())
    if kind is None:
        raise not_accepted()
    if "content.xml" not in archive.namelist():
        raise damaged(kind.extensions[0])
    for member in archive.infolist():
        data = read_member(archive, member)
        refuse_eicar(data)
        lower = member.filename.lower()
        if lower.startswith(("scripts/", "basic/")) and not member.is_dir():
            raise programs()
        if data.startswith((b"MZ", b"\x7fELF")):
            raise programs()
        if lower.endswith((".xml", ".rdf")):
            walk(data, kind.extensions[0], _begin)
    return Found(kind)


def _begin(name: str, given: Mapping[str, str]) -> None:
    if name == "encryption-data":
        raise locked()
    if name in {"dde-source", "dde-link", "dde-connection-decl"}:
        raise reaching_out("DDE")
    if name in {"script", "event-listener"} and any(
        value.lower().startswith(("vnd.sun.star.script:", "macro:", "javascript:"))
        for value in given.values()
    ):
        raise programs()
