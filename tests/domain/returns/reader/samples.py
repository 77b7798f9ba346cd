"""The real return, and what could happen to it on its way here."""

import re
from importlib.resources import files
from typing import Any

from nithet.domain.returns.reader.reading import ReadResult, read_return
from nithet.domain.returns.summary import to_json

SEED = (files("nithet.domain.returns") / "demo_data" / "000_0bf55f414089a6b9.txt").read_bytes()
TEXT = SEED.decode("utf-8")
BLOCK_BEGINS = re.compile(r"(?m)^ +ประเด็นที่ 5\.4   สำนักงาน")


def read(text: str) -> ReadResult:
    """Read a text as UTF-8."""
    return read_return(text.encode("utf-8"))


def summary(text: str) -> dict[str, Any]:
    """The JSON of a text."""
    return to_json(read(text))


def without_lines(value: Any) -> Any:
    """A summary with every line number taken out, as the round trip compares it."""
    if isinstance(value, dict):
        return {key: without_lines(held) for key, held in value.items() if key != "line"}
    return [without_lines(held) for held in value] if isinstance(value, list) else value


def squeezed(value: Any) -> Any:
    """Without any white space."""
    if isinstance(value, dict):
        return {key: squeezed(held) for key, held in value.items()}
    if isinstance(value, list):
        return [squeezed(held) for held in value]
    return re.sub(r"\s", "", value) if isinstance(value, str) else value


def cut_into_blocks(text: str = TEXT) -> tuple[str, list[str]]:
    """The heading of a text and its blocks."""
    begins = [match.start() for match in BLOCK_BEGINS.finditer(text)]
    ends = [*begins[1:], len(text)]
    return text[: begins[0]], [text[a:b] for a, b in zip(begins, ends, strict=True)]


def flags(result: ReadResult, kind: str) -> list[tuple[int | None, str]]:
    """Line and words of the flags of one kind."""
    return [(flag.line, flag.text) for flag in result.flags if flag.kind == kind]
