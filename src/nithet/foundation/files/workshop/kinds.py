"""The kinds of file that an office may keep, and what is found of one."""

from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from nithet.kernel.errors import BadInput

Data = bytes | mmap
"""A file's bytes: mapped in where it is a file of its own, in memory where it comes from an archive."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is for people, its media type, and its extensions, its own first."""

    group: str
    """pdf, word, sheet, slides, image, video, audio, text or archive."""
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("pdf", "application/pdf", (".pdf",))
DOCX = Kind("word", f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = Kind("sheet", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("slides", f"{_OFFICE}.presentationml.presentation", (".pptx",))
ODT = Kind("word", f"{_OPEN}.text", (".odt",))
ODS = Kind("sheet", f"{_OPEN}.spreadsheet", (".ods",))
ODP = Kind("slides", f"{_OPEN}.presentation", (".odp",))
DOC = Kind("word", "application/msword", (".doc",))
XLS = Kind("sheet", "application/vnd.ms-excel", (".xls",))
PPT = Kind("slides", "application/vnd.ms-powerpoint", (".ppt",))
RTF = Kind("word", "application/rtf", (".rtf",))
JPEG = Kind("image", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind("image", "image/png", (".png",))
GIF = Kind("image", "image/gif", (".gif",))
WEBP = Kind("image", "image/webp", (".webp",))
HEIC = Kind("image", "image/heic", (".heic", ".heif"))
TIFF = Kind("image", "image/tiff", (".tif", ".tiff"))
BMP = Kind("image", "image/bmp", (".bmp",))
MP4 = Kind("video", "video/mp4", (".mp4", ".m4v"))
MOV = Kind("video", "video/quicktime", (".mov",))
GP3 = Kind("video", "video/3gpp", (".3gp", ".3gpp"))
WEBM = Kind("video", "video/webm", (".webm",))
MP3 = Kind("audio", "audio/mpeg", (".mp3",))
M4A = Kind("audio", "audio/mp4", (".m4a",))
WAV = Kind("audio", "audio/wav", (".wav",))
OGG = Kind("audio", "audio/ogg", (".ogg", ".oga", ".opus"))
TEXT = Kind("text", "text/plain", (".txt", ".md", ".log"))
CSV = Kind("text", "text/csv", (".csv", ".tsv"))
ZIP = Kind("archive", "application/zip", (".zip",))

ALL = (
    PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT, RTF, JPEG, PNG, GIF, WEBP, HEIC, TIFF, BMP, MP4, MOV, GP3, WEBM,
    MP3, M4A, WAV, OGG, TEXT, CSV, ZIP,
)  # fmt: skip


@dataclass
class Found:
    """A kind with what a person should know of the file: message ids with what fills them."""

    kind: Kind
    warnings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def warn(self, message: str, **params: Any) -> None:
        """Say something of it, once."""
        if (message, params) not in self.warnings:
            self.warnings.append((message, params))


def damaged(kind: str) -> BadInput:
    """The refusal of a file that breaks off or contradicts itself."""
    return BadInput(
        "files.damaged_kind",
        "This %(kind)s file is damaged or incomplete. Save or send it anew and try again.",
        field="file",
        kind=kind,
    )


def not_accepted() -> BadInput:
    """The refusal of what is on no list."""
    return BadInput(
        "files.type",
        "Files of this type are not accepted, whatever their name says. Accepted are PDF, Word, Excel, PowerPoint, "
        "OpenDocument, pictures, video, sound, plain text, CSV, and ZIP of these.",
        field="file",
    )


def two_in_one(kind: str) -> BadInput:
    """The refusal of a file that is two kinds at once."""
    return BadInput(
        "files.two_in_one",
        "This %(kind)s file hides another file in it. Save it anew from the program that made it.",
        field="file",
        kind=kind,
    )


def bomb() -> BadInput:
    """The refusal of what is small when sent and enormous when opened."""
    return BadInput(
        "files.bomb",
        "This file would take far more room when opened than it may, so it was refused.",
        field="file",
    )


def programs() -> BadInput:
    """The refusal of macros."""
    return BadInput(
        "files.macros",
        "This file holds programs (macros). Save it as a plain document without them and try again.",
        field="file",
    )


def locked() -> BadInput:
    """The refusal of what has a password."""
    return BadInput(
        "files.locked",
        "This file is locked by a password. Save it without the password and try again.",
        field="file",
    )


def reaching_out(what: str) -> BadInput:
    """The refusal of a document that fetches something when it is opened."""
    return BadInput(
        "files.reaches_out",
        "This file fetches data from elsewhere when it is opened (%(what)s). Break these links and save it anew.",
        field="file",
        what=what,
    )
