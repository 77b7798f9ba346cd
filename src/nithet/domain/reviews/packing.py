"""A frozen round as one file to take away: its list, its data and its evidence in order."""

import json
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.foundation.documents.sheets import Column, write_xlsx
from nithet.foundation.files.names import safe_file_name
from nithet.foundation.files.store import exists, open_blob

NAMESPACE = "evidence"
"""Where evidence keeps its files."""
CHUNK = 1024 * 1024

COLUMNS = (
    Column("ข้อ", "code"),
    Column("ลำดับ", "whole"),
    Column("เอกสาร/หลักฐานอ้างอิง", width=60),
    Column("ชนิด", width=30),
    Column("ชัดเจน"),
    Column("ตรวจสอบได้"),
    Column("ผู้เก็บรักษาและที่เก็บ", width=40),
    Column("ไฟล์ในชุดนี้", width=50),
)


def write_pack(frozen: FrozenRound, into: BinaryIO) -> None:
    """Write the pack as a ZIP: the list as a spreadsheet, the data as JSON, and every file of evidence that is still kept."""
    files = list(_files(frozen))
    rows = [_row(item, number, piece, name) for item, number, piece, name in files]
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("list.xlsx", write_xlsx(title="รายการหลักฐาน", columns=COLUMNS, rows=rows))
        archive.writestr("round.json", json.dumps(frozen.content, ensure_ascii=False, indent=1))
        for _, _, piece, name in files:
            if not name:
                continue
            with open_blob(NAMESPACE, piece["sha256"]) as source, archive.open(name, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)


def _files(frozen: FrozenRound) -> Iterator[tuple[str, int, dict[str, Any], str]]:
    """Yield item, place, piece and the name of its file in the pack; "" where there is no file."""
    for item in frozen.content["items"]:
        for number, piece in enumerate(item["evidence"], start=1):
            digest = piece["sha256"]
            kept = bool(digest) and exists(NAMESPACE, digest)
            name = f"evidence/{item['id']}/{number:02d} {safe_file_name(piece['file_name'])}" if kept else ""
            yield item["id"], number, piece, name


def _row(item: str, number: int, piece: dict[str, Any], name: str) -> list[Any]:
    words = {True: "ใช่", False: "ยังไม่ใช่"}
    where = " · ".join(part for part in (piece["custodian"], piece["place"], piece["link"]) if part)
    return [item, number, piece["title"], piece["kind"], words[piece["is_clear"]], words[piece["is_checkable"]], where, name]
