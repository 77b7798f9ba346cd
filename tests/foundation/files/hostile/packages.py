"""ZIP files and Office documents, as their programs write them and as attackers do."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pptx
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE

THAI = "รายงานผลการดำเนินงาน"


SLIDE_MACROS = bytes.fromhex("1f00ff0314000000 020000040c000000 01000000 01000000 02000000")


def zipped(members, *, stored=()):
    """A ZIP file of {name: bytes}; names in `stored` are not compressed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, kind)
    return kept.getvalue()


def changed(data, *, add=None, edit=None):
    """A package with further members, or with `edit(name, content)` applied to each."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            members[name] = edit(name, content) if edit else content
    members |= add or {}
    return zipped(members, stored=("mimetype",))


def word(paragraphs=(THAI,), *, link=""):
    document = docx.Document()
    document.add_heading(THAI, 1)
    for words in paragraphs:
        document.add_paragraph(words)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "โรงเรียน"
    table.cell(1, 1).text = "12"
    if link:
        document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.core_properties.author = "ผู้จัดทำเอกสาร"
    return saved(document)


def workbook(rows=3):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "งบประมาณ"
    for number in range(1, rows + 1):
        sheet.append([number, f"โครงการที่ {number}", number * 1000.5])
    sheet["D1"] = "=SUM(C1:C3)"
    other = book.create_sheet("สรุป")
    other["A1"] = "=งบประมาณ!C1*2"
    book.properties.creator = "ผู้จัดทำเอกสาร"
    return saved(book)


def list_of_names():
    """A workbook whose words stand in a part of their own (sharedStrings)."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("รายชื่อ")
        for row in range(20):
            sheet.write_string(row, 0, f"โรงเรียนที่ {row}")
    return kept.getvalue()


def slides():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = THAI
    slide.placeholders[1].text = "โรงเรียนขนาดเล็ก"
    return saved(show)


def saved(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def open_document(
    kind="text", body="<text:h text:outline-level='1'>หัวข้อ</text:h><text:p>เนื้อความ</text:p>"
):
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text", "table", "manifest")
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{names}><office:body><office:{kind}>"
        f"{body}</office:{kind}></office:body></office:document-content>"
    ).encode()
    manifest = (
        f'<manifest:manifest{names}><manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
        "</manifest:manifest>"
    ).encode()
    members = {
        "mimetype": media_type.encode(),
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return zipped(members, stored=("mimetype",))


def macro_word():
    """A document that Word would save as .docm: the part with programs, and its content type."""

    def edit(name, content):
        if name == "[Content_Types].xml":
            return content.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        return content

    return changed(word(), add={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 programs"}, edit=edit)


def with_relation(data, part, kind, target):
    """A package with one more relation that leads outside."""
    relation = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()

    def edit(name, content):
        return content.replace(b"</Relationships>", relation) if name == part else content

    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    add = {} if part in zipfile.ZipFile(io.BytesIO(data)).namelist() else {part: head + relation}
    return changed(data, add=add, edit=edit)


def replaced(data, part, old, new):
    """A package in one of whose parts something stands instead of something else."""
    assert part in zipfile.ZipFile(io.BytesIO(data)).namelist()

    def edit(name, content):
        if name != part:
            return content
        assert old in content, content[:300]
        return content.replace(old, new, 1)

    return changed(data, edit=edit)


def overlapping(count=500, size=2_000_000):
    """Many entries of the directory that share one piece of packed zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = bytes(size)
    packed = packer.compress(plain) + packer.flush()
    crc, name = zlib.crc32(plain), b"a.txt"
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + fields + name + packed
    entry = (
        b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    )
    directory = entry * count
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def with_link():
    """A ZIP file with a symbolic link to a file of the server."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        info = zipfile.ZipInfo("รายงาน.txt")
        info.create_system = 3
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return kept.getvalue()


def lying(data, member_size=1000):
    """A package whose directory says that its last member is small."""
    where = data.rfind(b"PK\x01\x02")
    small = struct.pack("<I", member_size)
    return data[: where + 24] + small + data[where + 28 :]


def compound(streams):
    """A compound file (Word, Excel and PowerPoint 97 to 2003) of {name: bytes}, each in sectors of 512 bytes."""
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    padded = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    sectors, fat, starts = [], [], {}
    for name, body in padded.items():
        pieces = [body[at : at + sector].ljust(sector, b"\0") for at in range(0, len(body), sector)]
        starts[name] = len(sectors)
        fat += [*range(len(sectors) + 1, len(sectors) + len(pieces)), end]
        sectors += pieces
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    for at, (name, body) in enumerate(padded.items(), start=1):
        right = at + 1 if at < len(padded) else free
        entries.append(_entry(name, 2, starts[name], len(body), right=right))
    while len(entries) % 4:
        entries.append(bytes(128))
    directory, first = b"".join(entries), len(sectors)
    pieces = [directory[at : at + sector] for at in range(0, len(directory), sector)]
    fat += [*range(first + 1, first + len(pieces)), end]
    sectors += pieces
    where = len(sectors)
    fat += [fat_mark]
    assert len(fat) <= 128
    sectors.append(struct.pack("<128I", *fat, *[free] * (128 - len(fat))))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIIII", 0, 1, first, 0, 4096, end, 0, end, 0, where)
        + struct.pack("<108I", *[free] * 108)
    )  # fmt: skip
    return head + b"".join(sectors)


def _entry(name, kind, start, size, *, child=0xFFFFFFFF, right=0xFFFFFFFF):
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child) + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def old_word():
    return compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(100), "1Table": b"x"})


def old_sheet(*, sheet_kind=0):
    bound = struct.pack("<HHIBB", 0x85, 8 + 6, 0, 0, sheet_kind) + b"\x06\x00sheet1"
    book = struct.pack("<HHHH", 0x809, 4, 0x600, 5) + bound + struct.pack("<HH", 0x0A, 0)
    return compound({"Workbook": book})


def old_slides():
    return compound({"PowerPoint Document": b"slides", "Current User": b"x"})
