"""Video and sound, by the structure of their containers. Nothing is decoded; players and browsers do that in walls of their own."""

from nithet.foundation.files.workshop import boxes
from nithet.foundation.files.workshop.kinds import MP3, OGG, WAV, WEBM, Data, Found, damaged
from nithet.foundation.files.workshop.tails import refuse_hidden

_EBML = b"\x1aE\xdf\xa3"
_FRAMES = 3
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KILOBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def is_media(head: bytes) -> bool:
    """Whether the first bytes are those of a container on the list."""
    return (
        (
            head[4:8] in {b"ftyp", b"moov", b"wide", b"free"}
            and int.from_bytes(head[:4], "big") < 1 << 20
        )
        or head.startswith((_EBML, b"OggS", b"ID3"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WAVE")
        or (len(head) > 4 and _frame_length(head[:4]) > 0)
    )


def look(data: Data, name: str, depth: int) -> Found:
    """Tell which container it is; `BadInput` where it breaks off."""
    head = bytes(data[:16])
    if head[4:8] in {b"ftyp", b"moov", b"wide", b"free"}:
        kind = boxes.kind_of(head)
        boxes.walk(data, kind.extensions[0], needs={b"moov"})
        return Found(kind)
    if head.startswith(_EBML):
        return _webm(data)
    if head.startswith(b"OggS"):
        return _ogg(data)
    if head.startswith(b"RIFF"):
        return _wav(data)
    return _mp3(data)


def _webm(data: Data) -> Found:
    start = bytes(data[:4096])
    if b"webm" not in start[:64] and b"matroska" not in start[:64]:
        raise damaged(".webm")
    if start.find(b"\x18\x53\x80\x67") < 0 or len(data) < 128:
        raise damaged(".webm")
    refuse_hidden(data, len(data), "WEBM")
    return Found(WEBM)


def _ogg(data: Data) -> Found:
    at = pages = 0
    while at < len(data):
        head = data[at : at + 27]
        if len(head) < 27 or head[:4] != b"OggS":
            raise damaged(".ogg")
        lengths = data[at + 27 : at + 27 + head[26]]
        at += 27 + head[26] + sum(lengths)
        pages += 1
        if at > len(data):
            raise damaged(".ogg")
    return Found(OGG)


def _wav(data: Data) -> Found:
    at, seen = 12, set()
    while at + 8 <= len(data):
        kind, length = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        seen.add(kind)
        if at + 8 + length > len(data):
            raise damaged(".wav")
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= seen:
        raise damaged(".wav")
    refuse_hidden(data, at, "WAV")
    return Found(WAV)


def _mp3(data: Data) -> Found:
    """Skip the tag and find frames that follow one another."""
    at = 0
    if data[:3] == b"ID3" and len(data) >= 10:
        size = data[6:10]
        at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
        while at < len(data) and data[at] == 0:
            at += 1
    for _ in range(_FRAMES):
        length = _frame_length(bytes(data[at : at + 4]))
        if not length:
            raise damaged(".mp3")
        at += length
    refuse_hidden(data, len(data), "MP3")
    return Found(MP3)


def _frame_length(head: bytes) -> int:
    """Bytes of the frame of MPEG sound (layer III) that begins so; 0 for no frame."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, bits = head[2] >> 2 & 3, head[2] >> 4
    if version == 1 or layer != 1 or rate == 3 or bits in (0, 15):
        return 0
    kilobits = (_KILOBITS_1 if version == 3 else _KILOBITS_2)[bits]
    samples = 144 if version == 3 else 72
    return samples * kilobits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)
