"""What a form asks, read from its XForm: one list of questions that paper, pages and statistics share.

A definition is JSON: a list in the order of the form, one object a question, with these keys:

`name`      the name of its element in the submission.
`path`      the names from below the root, joined by "/": "g1/q3". The key of its answer.
`type`      text, integer, decimal, date, time, dateTime, select_one, select_multiple, rank, range, image, signature, audio,
            video, file, geopoint, geotrace, geoshape, barcode, acknowledge, note, calculate, hidden, metadata, entity.
`label`     as the form's default language says it; what is filled in from an answer stands as "…".
`hint`      the same, or "".
`required`  True where an answer is needed; a condition counts as needed.
`choices`   [{"value": "5", "label": "มากที่สุด"}], in the order shown; [] without choices or where a file holds them.
`choices_from`  the file that holds the choices ("schools.csv"), or "".
`scale`     the number of levels where the answer is a rating from 1 up to it (choices 1…n or a range 1…n of 3 to 10), else null.
`scheme`    the code of the bands (`rules/bands.yaml`) whose words the choices are, or "".
`kind`      "rating" (with a scale), "check" (yes, no: มี/ไม่มี), "progress" (not_yet, partly, done: ยัง/บางส่วน/แล้ว), else "".
`group`     path of the nearest group, or "".
`groups`    labels of the groups and repeats around it that have one, from the outermost.
`repeat`    path of the nearest repeat, or "". Answers of one repeat are lists.
`private`   True for what names a person, such as the teacher observed: only that teacher, the head of the school and the
            supervisor who wrote it see the answer; it is in no list, statistic or export for others.
`appearance`, `relevant`, `constraint`, `constraint_message`, `calculate`   as the form writes them, or "".
`range`     {"start", "end", "step"} as text for a range, else null.
`asks`      True where a person answers (no note, calculation, metadata).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from nithet.domain.instruments.rules.bands import schemes_for

Question = dict[str, Any]
"""One question of a definition; its keys are told above."""

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
ODK = "http://www.opendatakit.org/xforms"
CHECK = ("yes", "no")
PROGRESS = ("not_yet", "partly", "done")
FEWEST_LEVELS, MOST_LEVELS = 3, 10
OTHER = "other"
"""What `or_other` adds to a list of choices; it is no level."""
FILLED_IN = "…"

_F = f"{{{XFORMS}}}"
_CONTROLS = {
    "input": "text",
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "range": "range",
    "upload": "file",
    "trigger": "acknowledge",
}
_BIND_TYPES = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_SILENT = {"note", "calculate", "hidden", "metadata", "entity"}
_ITEXT = re.compile(r"jr:itext\(\s*'([^']*)'\s*\)")
_INSTANCE = re.compile(r"instance\(\s*'([^']*)'\s*\)")
_FILE = re.compile(r"^jr://(?:file|file-csv)/(.+)$")
_THAI_LANGUAGE = re.compile(r"ไทย|thai|\bth\b", re.IGNORECASE)


@dataclass(slots=True)
class _Around:
    """What stands around a control: the nearest group, the labels from the outermost, and the nearest repeat."""

    group: str = ""
    groups: tuple[str, ...] = ()
    repeat: str = ""


@dataclass(slots=True)
class _Form:
    """The parts of an XForm that questions are read from."""

    root: Any
    prefix: str
    binds: dict[str, Any]
    texts: dict[str, str]
    lists: dict[str, list[tuple[str, str]]]
    files: dict[str, str]
    private: Collection[str]
    found: dict[str, Question] = field(default_factory=dict)


def parsed(xform: str) -> Any:
    """Return the root element of an XForm; entities and outside files are never followed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(xform.encode(), parser)


def definition_of(xform: str, private: Collection[str] = ()) -> list[Question]:
    """Return the questions of an XForm in the order of the form; `private` are names that hold a person's name."""
    form = _opened(parsed(xform), private)
    body = form.root.find(f"{{{XHTML}}}body")
    if body is not None:
        _walk(form, body, _Around())
    return [*_before_the_body(form), *form.found.values()]


def asked(definition: list[Question]) -> list[Question]:
    """Return the questions that a person answers."""
    return [one for one in definition if one["asks"]]


def _opened(root: Any, private: Collection[str]) -> _Form:
    model = root.find(f".//{_F}model")
    instances = model.findall(f"{_F}instance")
    primary = instances[0][0]
    binds = {bind.get("nodeset"): bind for bind in model.findall(f"{_F}bind")}
    form = _Form(root, f"/{etree.QName(primary).localname}/", binds, _texts(model), {}, {}, private)
    for instance in instances[1:]:
        name = instance.get("id", "")
        if source := instance.get("src"):
            found = _FILE.match(source)
            form.files[name] = found.group(1) if found else source
        else:
            form.lists[name] = [
                (_child_text(item, "name"), _item_label(form, item))
                for item in instance.iter(f"{_F}item")
            ]
    return form


def _texts(model: Any) -> dict[str, str]:
    """Return the texts of the language that people here read: Thai where the form has it, else its default, else its first."""
    translations = model.findall(f"{_F}itext/{_F}translation")
    if not translations:
        return {}
    thai = [one for one in translations if _THAI_LANGUAGE.search(one.get("lang", ""))]
    default = [one for one in translations if one.get("default") is not None]
    chosen = (thai or default or translations)[0]
    found = {}
    for text in chosen.findall(f"{_F}text"):
        for value in text.findall(f"{_F}value"):
            if value.get("form") is None:
                found[text.get("id")] = _words(value)
    return found


def _words(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append(
            FILLED_IN if etree.QName(child).localname == "output" else "".join(child.itertext())
        )
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _child_text(element: Any, name: str) -> str:
    child = element.find(f"{_F}{name}")
    return (child.text or "").strip() if child is not None else ""


def _item_label(form: _Form, item: Any) -> str:
    key = _child_text(item, "itextId")
    return (
        form.texts.get(key, key) if key else _child_text(item, "label") or _child_text(item, "name")
    )


def _text_of(form: _Form, control: Any, name: str) -> str:
    element = control.find(f"{_F}{name}")
    if element is None:
        return ""
    if found := _ITEXT.search(element.get("ref", "")):
        return form.texts.get(found.group(1), "")
    return _words(element)


def _path(form: _Form, reference: str) -> str:
    return reference.removeprefix(form.prefix).strip("/")


def _walk(form: _Form, parent: Any, around: _Around) -> None:
    for control in parent.iterchildren(tag=etree.Element):
        kind = etree.QName(control).localname
        if kind == "group":
            label = _text_of(form, control, "label")
            path = _path(form, control.get("ref", ""))
            inside = (*around.groups, label) if label else around.groups
            _walk(form, control, _Around(path or around.group, inside, around.repeat))
        elif kind == "repeat":
            path = _path(form, control.get("nodeset", ""))
            _walk(form, control, _Around(path, around.groups, path))
        elif kind in _CONTROLS and (reference := control.get("ref")):
            question = _asked(form, control, kind, reference, around)
            form.found[question["path"]] = question


def _asked(form: _Form, control: Any, kind: str, reference: str, around: _Around) -> Question:
    bind = form.binds.get(reference)
    choices, source = _choices(form, control)
    question = _question(form, reference, bind)
    question.update(
        type=_type(control, kind, bind),
        label=_text_of(form, control, "label"),
        hint=_text_of(form, control, "hint"),
        choices=[{"value": value, "label": label} for value, label in choices],
        choices_from=source,
        group=around.group,
        groups=list(around.groups),
        repeat=around.repeat,
        appearance=control.get("appearance", ""),
    )
    if kind == "range":
        question["range"] = {part: control.get(part, "") for part in ("start", "end", "step")}
    question["asks"] = question["type"] not in _SILENT
    question.update(_levels(question))
    return question


def _question(form: _Form, reference: str, bind: Any) -> Question:
    path = _path(form, reference)
    name = path.rpartition("/")[2]
    said = bind.get if bind is not None else (lambda _key, default="": default)
    return {
        "name": name,
        "path": path,
        "type": "text",
        "label": "",
        "hint": "",
        "required": said("required", "") not in {"", "false()"},
        "choices": [],
        "choices_from": "",
        "scale": None,
        "scheme": "",
        "kind": "",
        "group": "",
        "groups": [],
        "repeat": "",
        "private": name in form.private,
        "appearance": "",
        "relevant": said("relevant", ""),
        "constraint": said("constraint", ""),
        "constraint_message": _message(form, said(f"{{{JAVAROSA}}}constraintMsg", "")),
        "calculate": said("calculate", ""),
        "range": None,
        "asks": False,
    }


def _message(form: _Form, said: str) -> str:
    found = _ITEXT.search(said)
    return form.texts.get(found.group(1), "") if found else said


def _type(control: Any, kind: str, bind: Any) -> str:
    said = bind.get("type", "string") if bind is not None else "string"
    if kind == "upload":
        media = control.get("mediatype", "").partition("/")[0]
        if media == "image" and "signature" in control.get("appearance", ""):
            return "signature"
        return media if media in {"image", "audio", "video"} else "file"
    if kind != "input":
        return _CONTROLS[kind]
    local = said.rpartition(":")[2]
    if local == "string" and bind is not None and bind.get("readonly") == "true()":
        return "calculate" if bind.get("calculate") else "note"
    return _BIND_TYPES.get(local, "text")


def _choices(form: _Form, control: Any) -> tuple[list[tuple[str, str]], str]:
    itemset = control.find(f"{_F}itemset")
    if itemset is not None:
        found = _INSTANCE.search(itemset.get("nodeset", ""))
        name = found.group(1) if found else ""
        return form.lists.get(name, []), form.files.get(name, "")
    if query := control.get("query"):
        return [], "itemsets.csv" if query else ""
    return [
        (_child_text(item, "value"), _text_of(form, item, "label"))
        for item in control.findall(f"{_F}item")
    ], ""


def _levels(question: Question) -> dict[str, Any]:
    """Say whether the answers are a rating, มี/ไม่มี, or how far something is."""
    if (ends := question["range"]) is not None:
        levels = _whole(ends["end"])
        is_rating = ends["start"] == "1" and ends["step"] == "1" and _fits(levels)
        return {"scale": levels, "kind": "rating"} if is_rating else {}
    if question["type"] != "select_one":
        return {}
    choices = [one for one in question["choices"] if one["value"] != OTHER]
    values = [one["value"] for one in choices]
    if sorted(values) == sorted(CHECK):
        return {"kind": "check"}
    if sorted(values) == sorted(PROGRESS):
        return {"kind": "progress"}
    if _fits(len(values)) and sorted(values, key=_whole) == [
        str(n + 1) for n in range(len(values))
    ]:
        return {"scale": len(values), "kind": "rating", "scheme": _scheme(choices)}
    return {}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 2 else -1


def _fits(levels: int) -> bool:
    return FEWEST_LEVELS <= levels <= MOST_LEVELS


def _scheme(choices: list[dict[str, str]]) -> str:
    words = [one["label"] for one in sorted(choices, key=lambda one: -_whole(one["value"]))]
    fitting = schemes_for(len(words))
    return next((one.code for one in fitting if [band.th for band in one.bands] == words), "")


def _before_the_body(form: _Form) -> Iterator[Question]:
    """Yield what no control asks for: calculations, metadata, hidden values, and what is written to entities."""
    for reference, bind in form.binds.items():
        path = _path(form, reference)
        if path in form.found:
            continue
        question = _question(form, reference, bind)
        if bind.get(f"{{{JAVAROSA}}}preload") or path.startswith("meta/"):
            question["type"] = "entity" if path.startswith("meta/entity") else "metadata"
        elif bind.get("calculate"):
            question["type"] = "calculate"
        else:
            question["type"] = "hidden"
        repeats = [one["repeat"] for one in form.found.values() if one["repeat"]]
        question["repeat"] = max(
            (one for one in repeats if path.startswith(f"{one}/")), key=len, default=""
        )
        yield question
