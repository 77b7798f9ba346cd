"""Names that people give to files, made safe to show, to send in a header and to save on any machine."""

import re
import unicodedata

LONGEST_BYTES = 240
"""Most systems take 255 bytes of UTF-8; what saves the file may add a number to it."""
NAMELESS = "file"

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|\s|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_PROGRAM = re.compile(
    r"\.(exe|com|bat|cmd|scr|pif|msi|msp|cpl|dll|js|jse|vbs|vbe|wsf|wsh|ps1|hta|jar|lnk|url|reg|sh|app|apk|php\d?|phtml|"
    r"asp|aspx|jsp|cgi|pl|py|html?|xhtml|svgz?|xml|mht|mhtml|iso|img|docm|xlsm|pptm|dotm|xltm|potm)(?=\.|$)",
    re.IGNORECASE,
)
_MARKS_IN_A_ROW = 4


def safe_file_name(name: str, extension: str = "") -> str:
    r"""Return the name as written (NFC, Thai untouched), without what could mislead a person or a machine.

    Folders, control marks, zero-width marks and marks of direction, white space and dots at the ends and characters
    that no system or header takes are left out; names of devices get a "_" before them; at most 240 bytes, cut between
    characters. With `extension` (".pdf", told from the content) the name ends in it and in no other that starts programs.

    >>> safe_file_name("../../etc/รายงาน ปี 2555.pdf"), safe_file_name("C:\\งาน\\aux.pdf")
    ('รายงาน ปี 2555.pdf', '_aux.pdf')
    >>> safe_file_name("ใบเสร็จ.pdf.exe", ".pdf"), safe_file_name("photo\u202egpj.exe", ".jpg")
    ('ใบเสร็จ.pdf', 'photogpj.jpg')
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if mark.isspace() else mark for mark in last if _is_shown(mark))
    tidy = " ".join(_few_marks(_FORBIDDEN.sub("", seen)).split()).rstrip(" .")
    tidy = _with_extension(tidy, extension) if extension else tidy.strip(" .")
    if _RESERVED.match(tidy):
        tidy = f"_{tidy}"
    return _shortened(tidy or NAMELESS)


def _with_extension(name: str, extension: str) -> str:
    stem = _PROGRAM.sub("", name).rstrip(" .")
    while stem.lower().endswith(_same(extension)):
        last = next(one for one in _same(extension) if stem.lower().endswith(one))
        kept = name[len(stem) - len(last) : len(stem)] if name.startswith(stem) else last
        extension, stem = (kept.lower() or extension), stem[: -len(last)].rstrip(" .")
    return f"{stem.strip(' .') or NAMELESS}{extension}"


_ALIKE = (
    (".jpg", ".jpeg", ".jpe", ".jfif"),
    (".tif", ".tiff"),
    (".heic", ".heif"),
    (".mp4", ".m4v"),
    (".txt", ".md", ".log"),
)


def _same(extension: str) -> tuple[str, ...]:
    """Spellings of an extension that say the same kind."""
    return next((alike for alike in _ALIKE if extension in alike), (extension,))


def extension_of(name: str) -> str:
    """The last extension of a name, in lower case with its dot; empty where there is none."""
    stem, dot, last = name.strip(" .").rpartition(".")
    return f".{last.lower()}" if dot and stem and len(last) <= 8 and " " not in last else ""


def _is_shown(mark: str) -> bool:
    """Nothing that has no picture of its own: controls, marks of direction, joiners, halves of pairs, private signs."""
    if mark.isspace():
        return True
    return unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _few_marks(text: str) -> str:
    """A letter with its marks as any language writes it; towers of marks are cut."""
    kept, row = [], 0
    for mark in text:
        row = row + 1 if unicodedata.combining(mark) or unicodedata.category(mark) == "Mn" else 0
        if row <= _MARKS_IN_A_ROW:
            kept.append(mark)
    return "".join(kept)


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    extension = extension_of(name)
    room = LONGEST_BYTES - len(extension.encode())
    stem = name[: len(name) - len(extension)] if extension else name
    cut = stem.encode()[:room].decode(errors="ignore")
    # Not in the middle of a letter and its marks.
    if len(cut) < len(stem) and unicodedata.category(stem[len(cut)]) == "Mn":
        cut = cut.rstrip("".join(m for m in cut if unicodedata.category(m) == "Mn"))[:-1]
    return f"{cut.strip(' .')}{extension}"
