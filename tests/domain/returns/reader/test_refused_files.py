"""Files that cannot be read are refused quickly, with a reason, and leave nothing behind."""

import contextlib
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from nithet.domain.returns.reader.reading import read_return
from nithet.kernel.errors import BadInput
from tests.domain.returns.reader.samples import SEED, TEXT
from tests.domain.returns.reader.word_files import (
    CAPTIONS,
    HEADER,
    W,
    cell,
    package,
    paragraph,
    raw_word_file,
    table,
    word_file,
)

GOOD_BODY = CAPTIONS + table(
    HEADER,
    (cell(paragraph("☐ ระดับ 1")), cell(paragraph("หนึ่ง")), cell(), cell(), cell()),
    (cell(paragraph("☐ ระดับ 2")), cell(paragraph("สอง")), cell(), cell(), cell()),
)
TYPES = "[Content_Types].xml"
MEGABYTE = 1024 * 1024


def refusal(data: bytes, filename: str | None = None) -> str:
    """The code of the refusal; fails if it takes a second of work or a hundred megabytes."""
    begin = time.process_time()
    with pytest.raises(BadInput) as caught:
        read_return(data, filename)
    assert time.process_time() - begin < 1
    assert str(caught.value)
    assert "%(" not in str(caught.value)
    tracemalloc.start()
    with contextlib.suppress(BadInput):
        read_return(data, filename)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * MEGABYTE
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\x00" * 5000, "empty_file"),
        (bytes(range(256)) * 50, "binary_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary_file"),
        (b"x" * (50 * MEGABYTE), "too_large"),
        (SEED * 380, "too_large"),
        (SEED * 40, "too_large"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "old_or_protected_word"),
        (SEED[: len(SEED) // 2], "truncated_file"),
        (SEED[:20_000], "truncated_file"),
        (SEED[:-20_000], "truncated_file"),
        (TEXT.encode("utf-16")[:-1], "truncated_file"),
        (SEED.decode("latin-1").encode(), "garbled_text"),
        (SEED.decode("cp874", "replace").encode(), "garbled_text"),
        (TEXT.encode("cp874").decode("latin-1").encode(), "wrong_encoding"),
        (SEED.replace("ก".encode(), b"\xff"), "wrong_encoding"),
        (SEED.decode("ascii", "replace").encode(), "wrong_encoding"),
        (SEED.decode("ascii", "ignore").encode(), "not_a_return"),
        ("บันทึกข้อความ\nประเด็นที่ 1 การประชุม\nข้อที่ 2 วาระ".encode(), "not_a_return"),
        (b"hello world", "not_a_return"),
        (TEXT.split("\t")[0].encode(), "not_a_return"),
    ],
)
def test_text_that_is_no_return_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_the_end_of_a_return_may_be_missing_nowhere_but_behind_its_last_words() -> None:
    whole = TEXT.rstrip()
    accepted = []
    for length in range(200, len(whole), 211):
        try:
            read_return(whole[:length].encode())
        except BadInput as error:
            assert error.code in ("truncated_file", "not_a_return")
        else:
            accepted.append(length)
    # What is left are cuts that end in a line end or in a level's words: a person is told of the count.
    assert len(accepted) < 5


def test_a_word_name_with_other_bytes_is_a_damaged_document() -> None:
    assert refusal(b"hello world", "return.docx") == "damaged_docx"


def test_text_that_is_slow_to_read_is_bounded() -> None:
    for line in (
        "(ก\n",
        "1. ก\n",
        "ข้อที่ 1\n",
        "(\nระดับ 1\n\t",
        "ระดับคุณภาพ\nคำอธิบาย\n",
        "มี",
        "ก" * 50 + " ",
    ):
        hostile = (TEXT[:6000] + line * (300_000 // len(line.encode()))).encode()
        begin = time.process_time()
        with contextlib.suppress(BadInput):
            read_return(hostile)
        assert time.process_time() - begin < 4, line


def _with(parts: dict[str, bytes | str]) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{GOOD_BODY}</w:body></w:document>'
    return package({TYPES: "<Types/>", "word/document.xml": document, **parts})


def _document(before: str, body: str = GOOD_BODY) -> bytes:
    xml = f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return _with({"word/document.xml": xml})


XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def _bomb(megabytes: int, name: str = "word/document.xml") -> bytes:
    """A part of so many megabytes, made without holding them."""
    file = BytesIO(_with({}) if name != "word/document.xml" else package({TYPES: "<Types/>"}))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * MEGABYTE)
    return file.getvalue()


def _lying_bomb() -> bytes:
    """A part that says it is small and is not."""
    data = bytearray(_with({"word/document.xml": b" " * (40 * MEGABYTE)}))
    archive = zipfile.ZipFile(BytesIO(bytes(data)))
    real = struct.pack("<I", archive.getinfo("word/document.xml").file_size)
    at = data.rfind(real)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 20_000)
        at = data.rfind(real)
    return bytes(data)


def _link() -> bytes:
    info = zipfile.ZipInfo("word/media/link")
    info.external_attr = 0o120777 << 16
    file = BytesIO(_with({}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def _encrypted() -> bytes:
    data = bytearray(_with({}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def _doubled() -> bytes:
    file = BytesIO(_with({}))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    return file.getvalue()


def _overlapping() -> bytes:
    """Many directory entries over one and the same data."""
    data = package({TYPES: "<Types/>", "word/document.xml": random.Random(1).randbytes(20_000)})
    archive = zipfile.ZipFile(BytesIO(data))
    directory_at = archive.start_dir
    directory, end = (
        data[directory_at : data.rfind(b"PK\x05\x06")],
        data[data.rfind(b"PK\x05\x06") :],
    )
    entry = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(
        entry.replace(b"word/document.xml", b"word/documents%03d" % n) for n in range(300)
    )
    directory += more
    end = end[:8] + struct.pack("<HHII", 302, 302, len(directory), directory_at) + end[20:]
    assert len(zipfile.ZipFile(BytesIO(data[:directory_at] + directory + end)).infolist()) == 302
    return data[:directory_at] + directory + end


def _uncompressible() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(TYPES, "<Types/>")
        archive.writestr("word/document.xml", "x")
    return file.getvalue()


def _huge_directory() -> bytes:
    data = _with({f"word/media/{number}.png": b"" for number in range(2500)})
    at = data.rfind(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", 5, 5) + data[at + 12 :]  # the count lies


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "entity from a file": (lambda: _document(XXE, paragraph("&x;")), "unsafe_docx"),
    "entity from the network": (
        lambda: _document(XXE.replace("file:///etc/hostname", "http://127.0.0.1:9/")),
        "unsafe_docx",
    ),
    "a billion laughs": (lambda: _document(LAUGHS, paragraph("&i;")), "unsafe_docx"),
    "doctype without entities": (lambda: _document("<!DOCTYPE w>"), "unsafe_docx"),
    "doctype in utf-16": (
        lambda: _with({"word/document.xml": ("\ufeff<!DOCTYPE w><w/>").encode("utf-16-le")}),
        "unsafe_docx",
    ),
    "doctype in the numbering": (
        lambda: _with({"word/numbering.xml": f"{XXE}<w/>"}),
        "unsafe_docx",
    ),
    "doctype in a page header": (lambda: _with({"word/header1.xml": f"{XXE}<w/>"}), "unsafe_docx"),
    "bomb of 220 MB": (lambda: _bomb(220), "unsafe_docx"),
    "bomb of 30 MB": (lambda: _bomb(30), "unsafe_docx"),
    "bomb beside the document": (
        lambda: _bomb(220, "word/media/a.png"),
        "unsafe_docx",
    ),
    "bomb whose size lies": (_lying_bomb, "damaged_docx"),
    "overlapping parts": (_overlapping, "unsafe_docx"),
    "path upwards": (lambda: _with({"../../etc/cron.d/x": "x"}), "unsafe_docx"),
    "path upwards inside": (lambda: _with({"word/../../x": "x"}), "unsafe_docx"),
    "absolute path": (lambda: _with({"/etc/passwd": "x"}), "unsafe_docx"),
    "drive letter": (lambda: _with({"C:/x": "x"}), "unsafe_docx"),
    "backslashes": (lambda: _with({"..\\..\\x": "x"}), "unsafe_docx"),
    "link": (_link, "unsafe_docx"),
    "doubled part": (_doubled, "unsafe_docx"),
    "password": (_encrypted, "protected_docx"),
    "other compression": (_uncompressible, "unsafe_docx"),
    "too many parts": (
        lambda: _with({f"word/media/{n}.png": b"" for n in range(2500)}),
        "unsafe_docx",
    ),
    "too many parts, count lies": (_huge_directory, "unsafe_docx"),
    "no document": (lambda: package({TYPES: "<Types/>"}), "no_word_document"),
    "no content types": (lambda: package({"word/document.xml": "<w/>"}), "no_word_document"),
    "a spreadsheet": (
        lambda: package({TYPES: "<Types/>", "xl/workbook.xml": "<w/>"}),
        "no_word_document",
    ),
    "an empty archive": (lambda: package({}), "no_word_document"),
    "broken XML": (lambda: _with({"word/document.xml": "<w:document"}), "damaged_docx"),
    "no body": (
        lambda: _with({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}),
        "damaged_docx",
    ),
    "XML nested too deep": (lambda: _document("", "<w:p>" * 5000), "damaged_docx"),
    "more tags than a return has": (lambda: _document("", "<w:p/>" * 450_000), "too_large"),
    "more words than a return has": (
        lambda: _document("", paragraph(TEXT.replace("&", "")) * 40),
        "too_large",
    ),
    "cut off": (lambda: word_file(read_return(SEED).document)[:-200], "truncated_file"),
    "cut in half": (lambda: word_file(read_return(SEED).document)[:20_000], "truncated_file"),
    "a letter without tables": (lambda: raw_word_file(paragraph("เรียน ผู้อำนวยการ")), "not_a_return"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_word_file_is_refused(name: str) -> None:
    make, code = HOSTILE[name]
    assert refusal(make()) == code


def test_the_same_package_without_the_attack_is_read() -> None:
    assert len(read_return(_with({})).document.blocks) == 1
    assert (
        len(read_return(_with({"word/header1.xml": f'<w:hdr xmlns:w="{W}"/>'})).document.blocks)
        == 1
    )


def test_without_the_guard_the_attacks_work(tmp_path: Path) -> None:
    """The corpus is real: what is refused here would have read a file and filled the memory."""
    secret = tmp_path / "secret.txt"
    secret.write_text("of the office")
    reading = _document(XXE.replace("file:///etc/hostname", secret.as_uri()), paragraph("&x;"))
    unguarded = etree.XMLParser(resolve_entities=True, load_dtd=True)
    root = etree.fromstring(_unpacked(reading), unguarded)
    assert "of the office" in "".join(root.itertext())
    assert refusal(reading) == "unsafe_docx"
    laughing = _unpacked(HOSTILE["a billion laughs"][0]()).replace(b"&i;", b"&d;")
    assert len("".join(etree.fromstring(laughing, unguarded).itertext())) >= 2 * 10**3
    bomb = HOSTILE["bomb of 30 MB"][0]()
    assert len(bomb) < MEGABYTE
    assert len(_unpacked(bomb)) == 30 * MEGABYTE


def _unpacked(data: bytes) -> bytes:
    return zipfile.ZipFile(BytesIO(data)).read("word/document.xml")


def test_a_broken_checksum_is_a_damaged_document() -> None:
    data = bytearray(package({TYPES: "<Types/>", "word/document.xml": "<w/>" * 9}))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[at + 16] ^= 0xFF
    assert refusal(bytes(data)) == "damaged_docx"
