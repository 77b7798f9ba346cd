"""Models of supervision as data: steps with their words, shipped as YAML beside this file or written by an office."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

SERVES: Mapping[str, str] = {
    "": msgid("Nothing of the product"),
    "needs": msgid("Needs and information for planning"),
    "plan": msgid("The year's plan and its versions"),
    "projects": msgid("Projects and the needs they serve"),
    "indicators": msgid("What the indicators ask, and what is planned"),
    "instruments": msgid("Projects and their instruments"),
    "visits": msgid("Visits"),
    "reviews": msgid("Reviews of the system"),
    "changes": msgid("Recorded changes"),
    "summary": msgid("Summary of the year"),
}
"""Which work of the product belongs to a step, and what it is called."""
MOST_STEPS = 20
LONGEST_FILE = 64 * 1024
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SHIPPED = ("eight_steps", "apice", "pidre", "pdca")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its code within the model, the mark before its title ("1.3.1", "P"), what it is for, and what it `serves`."""

    code: str
    mark: str
    title: str
    purpose: str = ""
    serves: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model of supervision; `note` is what a reader must not mix it up with, `source` where it comes from."""

    key: str
    name: str
    source: str
    note: str
    steps: tuple[Step, ...]


@cache
def shipped_models() -> Mapping[str, Model]:
    """Return the models that the product ships by key, the eight steps first."""
    folder = files("nithet.domain.supervision.rules").joinpath("cycle_models")
    found = {}
    for key in _SHIPPED:
        raw = yaml.safe_load(folder.joinpath(f"{key}.yaml").read_text("utf-8"))
        found[key] = checked(raw, key=key)
    return found


def read_file(data: bytes) -> Model:
    """Read a model from a YAML file; raises `BadInput` or `RuleBroken` with what is wrong and where."""
    if len(data) > LONGEST_FILE:
        raise BadInput("cycle_model.large", "The file is too large to be a model.", field="file")
    try:
        raw = yaml.safe_load(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise BadInput(
            "cycle_model.unreadable",
            "The file cannot be read as YAML (line %(line)s).",
            field="file",
            line=mark.line + 1 if mark else 1,
        ) from None
    return checked(raw)


def read_lines(name: str, source: str, text: str) -> Model:
    """Read a model from lines as people write them: "mark | title | what it is for | what it serves", one a step.

    A line without bars is a title, numbered by its place. The last part is a code of `SERVES` and may be left out.
    """
    steps: list[dict[str, str]] = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) == 1:
            parts = [str(number), parts[0]]
        parts += [""] * (4 - len(parts))
        mark, title, purpose, serves = parts[:4]
        steps.append(
            {
                "code": f"step_{number}",
                "mark": mark,
                "title": title,
                "purpose": purpose,
                "serves": serves,
            }
        )
    return checked({"name": name, "source": source, "steps": steps})


def lines_of(model: Model) -> str:
    """Return a model as the lines that `read_lines` takes."""
    return "\n".join(
        f"{one.mark} | {one.title} | {one.purpose} | {one.serves}".rstrip(" |")
        for one in model.steps
    )


def checked(raw: Any, *, key: str = "") -> Model:
    """Return a model of plain values; raises `RuleBroken` that names the step and says what to do."""
    if not isinstance(raw, dict):
        raise RuleBroken(
            "cycle_model.shape", "A model has a name and a list of steps.", field="steps"
        )
    name = _text(raw.get("name"))
    if not name:
        raise RuleBroken("cycle_model.name", "Give the model a name.", field="name")
    rows = raw.get("steps")
    if not isinstance(rows, list) or len(rows) < 2:
        raise RuleBroken(
            "cycle_model.few", "A model has at least two steps, one a line.", field="steps"
        )
    if len(rows) > MOST_STEPS:
        raise RuleBroken(
            "cycle_model.many",
            "A model has at most %(limit)s steps.",
            field="steps",
            limit=MOST_STEPS,
        )
    steps = tuple(_step(number, row) for number, row in enumerate(rows, 1))
    _refuse_twice(steps)
    return Model(key, name[:200], _text(raw.get("source")), _text(raw.get("note")), steps)


def _step(number: int, row: Any) -> Step:
    if not isinstance(row, dict):
        raise _wrong(number, "cycle_model.step", "Step %(number)s is no step: it needs a title.")
    title, serves = _text(row.get("title")), _text(row.get("serves"))
    code = _text(row.get("code")) or f"step_{number}"
    if not title:
        raise _wrong(number, "cycle_model.title", "Step %(number)s has no title.")
    if len(title) > 300:
        raise _wrong(
            number,
            "cycle_model.long",
            "The title of step %(number)s is longer than 300 characters.",
        )
    if not _CODE.fullmatch(code):
        raise _wrong(
            number,
            "cycle_model.code",
            "The code of step %(number)s may hold only small Latin letters, digits and underscores.",
        )
    if serves not in SERVES:
        raise RuleBroken(
            "cycle_model.serves",
            "Step %(number)s serves “%(word)s”, which is not known. Known are: %(known)s.",
            field="steps",
            number=number,
            word=serves[:40],
            known=", ".join(filter(None, SERVES)),
        )
    return Step(code, _text(row.get("mark"))[:20], title, _text(row.get("purpose"))[:500], serves)


def _refuse_twice(steps: tuple[Step, ...]) -> None:
    seen: set[str] = set()
    for number, one in enumerate(steps, 1):
        if one.code in seen:
            raise RuleBroken(
                "cycle_model.twice",
                "The code “%(code)s” of step %(number)s stands twice.",
                field="steps",
                number=number,
                code=one.code,
            )
        seen.add(one.code)


def _wrong(number: int, code: str, message: str) -> RuleBroken:
    return RuleBroken(code, message, field="steps", number=number)


def _text(value: Any) -> str:
    """Return a value as tidy text; a number stands for its digits, anything else than text and numbers for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return collapse(str(value))


def as_values(model: Model) -> dict[str, Any]:
    """Return a model as plain values to be kept."""
    return {
        "key": model.key,
        "name": model.name,
        "source": model.source,
        "note": model.note,
        "steps": [
            {
                "code": one.code,
                "mark": one.mark,
                "title": one.title,
                "purpose": one.purpose,
                "serves": one.serves,
            }
            for one in model.steps
        ],
    }


def as_yaml(model: Model) -> str:
    """Return a model as the file that `read_file` takes."""
    values = as_values(model)
    del values["key"]
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120)
