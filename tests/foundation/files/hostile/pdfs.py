"""PDF files, object by object."""

import hashlib
import struct
import zlib

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(*, catalog=b"", page=b"", objects=(), trailer=b"", words=b"Report 2555", content=None):
    """A PDF of one page; further objects are numbered from 6."""
    text = b"BT /F1 24 Tf 72 720 Td (" + words + b") Tj ET" if content is None else content
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> " + page + b" >>",
        stream(text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ]
    return assembled(bodies, trailer)


def assembled(bodies, trailer=b""):
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(bodies) + 1) + trailer + b" >>\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def stream(content, head=b""):
    return b"<< /Length %d " % len(content) + head + b" >>\nstream\n" + content + b"\nendstream"


def flate(content, head=b""):
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + head)


def bomb(megabytes=300):
    """A page whose drawing is some hundred million bytes of blanks."""
    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return pdf(objects=[stream(packed, b"/Filter /FlateDecode")])


def hidden_script():
    """A script in a stream of objects, packed, where a search of the plain bytes does not find it."""
    inner = b"6 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    return pdf(catalog=b"/OpenAction 6 0 R", objects=[flate(inner, b"/Type /ObjStm /N 1 /First 4")])


def locked(password=b"secret", *, objects=(), catalog=b""):
    """Locked with RC4 of 40 bits: by a password to open it, or (empty password) against changes only."""
    identity = b"0123456789abcdef"
    owner = _rc4(hashlib.md5((b"owner" + _PAD)[:32]).digest()[:5], (password + _PAD)[:32])
    rights = -44
    key = hashlib.md5(
        (password + _PAD)[:32] + owner + struct.pack("<i", rights) + identity
    ).digest()[:5]
    user = _rc4(key, _PAD)
    text = b"BT /F1 24 Tf 72 720 Td (Locked) Tj ET"
    own = hashlib.md5(key + struct.pack("<I", 4)[:3] + b"\0\0").digest()[:10]
    lock = (
        b"<< /Filter /Standard /V 1 /R 2 /O <" + owner.hex().encode() + b"> /U <" + user.hex().encode()
        + b"> /P %d >>" % rights
    )  # fmt: skip
    return pdf(
        content=_rc4(own, text),
        catalog=catalog,
        objects=[lock, *objects],
        trailer=b"/Encrypt 6 0 R /ID [<"
        + identity.hex().encode()
        + b"> <"
        + identity.hex().encode()
        + b">]",
    )


def _rc4(key, data):
    box, at = list(range(256)), 0
    for number in range(256):
        at = (at + box[number] + key[number % len(key)]) % 256
        box[number], box[at] = box[at], box[number]
    out, left, right = bytearray(), 0, 0
    for byte in data:
        left = (left + 1) % 256
        right = (right + box[left]) % 256
        box[left], box[right] = box[right], box[left]
        out.append(byte ^ box[(box[left] + box[right]) % 256])
    return bytes(out)
