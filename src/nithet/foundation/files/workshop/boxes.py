"""Boxes of MP4, MOV, 3GP, M4A and HEIC: each inside of the file, and those that a player needs."""

from nithet.foundation.files.workshop.kinds import (
    GP3,
    HEIC,
    M4A,
    MOV,
    MP4,
    Data,
    Kind,
    damaged,
    not_accepted,
)

_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MOST_BOXES = 100_000
_MOST_PADDING = 65_536
_OTHERS = frozenset({b"avif", b"avis", b"jp2 ", b"jxl ", b"crx ", b"F4V "})


def is_heif(head: bytes) -> bool:
    """Whether the brand is one of HEIF pictures."""
    return head[8:12] in _HEIF


def kind_of(head: bytes) -> Kind:
    """The kind that a brand says; what is unknown counts as MP4. `BadInput` for kinds that are on no list."""
    brand = head[8:12]
    if brand in _OTHERS:
        raise not_accepted()
    if brand in _HEIF:
        return HEIC
    if brand == b"qt  ":
        return MOV
    if brand.startswith((b"3gp", b"3g2")):
        return GP3
    return M4A if brand in {b"M4A ", b"M4B "} else MP4


def walk(data: Data, label: str, needs: set[bytes]) -> set[bytes]:
    """Walk the outermost boxes to the end of the file; return their names. `BadInput` where one breaks off or is missing."""
    seen: set[bytes] = set()
    at = count = 0
    while at < len(data):
        count += 1
        head = data[at : at + 16]
        length, kind = int.from_bytes(head[:4], "big"), bytes(head[4:8])
        least = 8
        if length == 1:
            length, least = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            # The last box may reach to the end; some cameras fill that up with zeros.
            rest = bytes(data[at : at + _MOST_PADDING])
            if not rest.strip(b"\0") and at + len(rest) == len(data):
                break
            length = len(data) - at
        if len(head) < 8 or length < least or at + length > len(data) or count > _MOST_BOXES:
            raise damaged(label)
        seen.add(kind)
        at += length
    if not needs <= seen:
        raise damaged(label)
    return seen
