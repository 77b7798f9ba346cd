"""Pictures, video and sound."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def drawn(width=640, height=480):
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for step in range(0, width, 40):
        pen.line([(step, 0), (width - step, height)], fill=(step % 255, 90, 160), width=5)
    return picture


def saved(kind, picture=None, **options):
    kept = io.BytesIO()
    (picture or drawn()).save(kept, kind, **options)
    return kept.getvalue()


def with_place(kind="JPEG"):
    """A photograph that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif[0x0132] = "2012:09:14 10:20:30"
    exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (13.0, 6.0, 41.0)
    place[3], place[4] = "E", (99.0, 56.0, 23.0)
    options = {"exif": exif.tobytes()}
    if kind == "JPEG":
        options["comment"] = b"Telephone 7"
    return saved(kind, **options)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(side=60_000):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def many_framed_png(frames=100_000):
    plain = saved("PNG", drawn(64, 64))
    return plain[:33] + chunk(b"acTL", struct.pack(">II", frames, 0)) + plain[33:]


def many_framed_gif(frames=100_000):
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b"\x3b"


def scripted_jpeg():
    """A picture that is a script to a reader of scripts: its first segment opens a comment there."""
    plain = saved("JPEG")
    filler = b"/*" + bytes(0x2F2A - 4)
    return plain[:2] + b"\xff\xe0\x2f\x2a" + filler + plain[2:-2] + b"*/=alert(1)" + plain[-2:]


def animated(kind="GIF", frames=20):
    pictures = [Image.new("RGB", (80, 60), (step * 12 % 255, 40, 90)) for step in range(frames)]
    return saved(kind, pictures[0], save_all=True, append_images=pictures[1:], duration=80)


def box(kind, body):
    return struct.pack(">I", len(body) + 8) + kind + body


def film(brand=b"isom", *, sound_only=False):
    """The boxes of a clip. There is no picture in it: no encoder is at hand, and nothing decodes it."""
    head = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 2000) + bytes(80))
    kept = box(b"ftyp", brand + bytes(4) + brand + b"mp42") + box(b"moov", head)
    return kept + box(b"mdat", bytes(range(256)) * (4 if sound_only else 40))


def telephone_picture():
    """The boxes of a HEIC photograph, without the picture itself: no encoder is at hand."""
    meta = bytes(4) + box(b"hdlr", bytes(8) + b"pict" + bytes(13)) + box(b"pitm", bytes(6))
    return (
        box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
        + box(b"meta", meta)
        + box(b"mdat", bytes(2000))
    )


def webm():
    head = b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(20)
    return head + b"\x18\x53\x80\x67\x01" + bytes(300)


def mp3(*, tagged=True):
    frame = (b"\xff\xfb\x90\x00" + bytes(413)) * 20
    return (b"ID3\x03\x00\x00" + bytes([0, 0, 1, 0]) + bytes(128) if tagged else b"") + frame


def wav():
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + b"data"
        + struct.pack("<I", 800)
        + bytes(800)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def ogg():
    page = (
        b"OggS\0\x02"
        + bytes(8)
        + struct.pack("<IIIB", 1, 0, 0, 1)
        + bytes([30])
        + b"\x01vorbis"
        + bytes(23)
    )
    return page * 3
