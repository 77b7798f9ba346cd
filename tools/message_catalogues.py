"""Catalogues as files: reading, writing and compiling them."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser, normalize
from message_sources import PLACE, Fault, Found

CATALOGUE = Path("locale/th/LC_MESSAGES/django.po")
HEADER = """\
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

_LINE = re.compile(r'(?:#.*|(?:msg[a-z_]+(?:\[[0-9]+\])? +)?"(?:\\.|[^"\\])*")?\s*')

Key = tuple[str | None, str]
"""Context and singular id of a message."""


class PoFile(Catalog):
    """A catalogue as it stands in its file, that also knows which ids the file holds twice."""

    def __init__(self, path: Path, language: str = "th") -> None:
        super().__init__(locale=language, charset="utf-8", header_comment="", fuzzy=False)
        self.path = path
        self.twice: list[Message] = []
        self.broken: Fault | None = None
        if path.exists():
            self._read()

    def _read(self) -> None:
        try:
            # Babel's parser cuts off a letter where a quotation mark is missing, and says nothing.
            for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1):
                if not _LINE.fullmatch(line):
                    self.broken = Fault(self.path, number, f"is not a line of a catalogue: {line}")
                    return
            with self.path.open("rb") as lines:
                PoFileParser(self, ignore_obsolete=False, abort_invalid=True).parse(lines)
        except (PoFileError, ValueError) as error:
            number = (getattr(error, "lineno", None) or 0) + 1
            self.broken = Fault(self.path, number, f"cannot be read as a catalogue: {error}")

    def __setitem__(self, id: str, message: Message) -> None:
        if message.id and self.get(message.id, message.context) is not None:
            self.twice.append(message)
        else:
            super().__setitem__(id, message)

    def entries(self) -> dict[Key, Message]:
        """The live entries, in the order of the file."""
        return {key_of(message): message for message in self if message.id}

    def retired(self) -> dict[Key, Message]:
        """The entries that stand in comments because nothing said them any more."""
        return {key_of(message): message for message in self.obsolete.values()}


def key_of(message: Message) -> Key:
    """Context and singular id of an entry."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def thai_of(message: Message | None) -> str:
    """The translation of an entry; "" where it has none or is not sure of it (fuzzy)."""
    if message is None or not message.string or message.fuzzy:
        return ""
    return message.string if isinstance(message.string, str) else message.string[0]


def written(
    catalogue: PoFile, said: dict[Key, list[Found]], known: dict[Key, str], also_said: set[Key]
) -> str:
    """The text of a catalogue that holds just what is said.

    Entries keep their order, new ones follow in the order of the sources, retired ones with a
    translation stand at the end as comments. `known` is the Thai that other catalogues hold;
    `also_said` are ids that stay although no file of this application says them.
    """
    old, retired = catalogue.entries(), catalogue.retired()
    kept = [key for key in old if key in said or key in also_said]
    # A sort keeps the order of what stands on one line; a set would shuffle it from run to run.
    unknown = [key for key in said if key not in old]
    new = sorted(unknown, key=lambda key: (said[key][0].path, said[key][0].line))
    comment = catalogue.header_comment.strip()
    blocks = [f"{comment}\n{HEADER}" if comment else HEADER]
    for key in (*kept, *new):
        before = old.get(key) or retired.get(key)
        plural = next((found.plural for found in said.get(key, []) if found.plural), None)
        thai = thai_of(before) or known.get(key, "")
        blocks.append(_entry(key, plural or _plural_of(before), thai, before))
    gone = {key: entry for key, entry in {**retired, **old}.items() if key not in (*kept, *new)}
    for key in sorted(gone, key=lambda key: (key[1], key[0] or "")):
        if thai_of(gone[key]):
            lines = _pair(key, _plural_of(gone[key]), thai_of(gone[key]))
            blocks.append("\n".join(f"#~ {line}" for line in lines) + "\n")
    return "\n".join(blocks)


def _entry(key: Key, plural: str | None, thai: str, before: Message | None) -> str:
    lines = [f"# {comment}".rstrip() for comment in (before.user_comments if before else [])]
    if PLACE.search(key[1]) or (plural and PLACE.search(plural)):
        lines.append("#, python-format")
    return "\n".join((*lines, *_pair(key, plural, thai))) + "\n"


def _pair(key: Key, plural: str | None, thai: str) -> list[str]:
    """The keyword lines of an entry; long lines stay whole, so that a change shows as one line."""
    context, singular = key
    parts = [("msgctxt", context), ("msgid", singular), ("msgid_plural", plural)]
    parts.append(("msgstr[0]" if plural else "msgstr", thai))
    held = (f"{name} {normalize(text, width=0)}" for name, text in parts if text is not None)
    return "\n".join(held).split("\n")


def _plural_of(entry: Message | None) -> str | None:
    return entry.id[1] if entry is not None and not isinstance(entry.id, str) else None


def compile_file(path: Path) -> Fault | None:
    """Write the .mo beside a .po unless it is newer already; what is wrong with the .po, if anything."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > path.stat().st_mtime_ns:
        return None
    catalogue = PoFile(path)
    if catalogue.broken:
        return catalogue.broken
    for key, entry in catalogue.entries().items():
        if not thai_of(entry):
            catalogue.delete(key[1], key[0])
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    return None


@cache
def library_ids(names: tuple[str, ...]) -> set[Key]:
    """Every id of the libraries by those module names, whose Thai a catalogue of ours may replace."""
    folders = {Path(place) for name in names for place in _places(name)}
    files = [folder / "locale/en/LC_MESSAGES/django.po" for folder in folders]
    files += [folder / "conf/locale/en/LC_MESSAGES/django.po" for folder in folders]
    catalogues = (PoFile(path, "en") for path in sorted(files) if path.exists())
    return {key for catalogue in catalogues for key in catalogue.entries()}


@cache
def library_thai(name: str) -> dict[Key, str]:
    """The Thai that a library by that module name brings along; empty where it brings none."""
    files = [Path(place) / CATALOGUE for place in _places(name)]
    entries = (PoFile(path).entries() for path in files if path.exists())
    return {
        key: thai_of(entry) for found in entries for key, entry in found.items() if thai_of(entry)
    }


def _places(name: str) -> Iterable[str]:
    spec = find_spec(name)
    return (spec.submodule_search_locations or ()) if spec else ()
