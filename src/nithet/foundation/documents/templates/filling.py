"""A template checked against the fields of its kind, and filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError

from nithet.foundation.documents.templates.language import (
    NotPlain,
    PlainEnvironment,
    asked,
    is_broken,
    nearest,
)
from nithet.foundation.documents.templates.package import check, not_docx
from nithet.kernel.errors import BadInput

LARGEST_PAPER = 30_000_000
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_SCOPE = re.compile(r"(\{%|\{\{)-?(?:p|tr|tc|r)\s")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be set into the text: PNG or JPEG; width or height in millimetres, 0: as the other asks."""

    data: bytes
    width: float = 0.0
    height: float = 0.0


Plain = str | int | Picture | None
Value = str | int | Picture | Sequence[Mapping[str, Plain]] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a template that keeps it from being used."""

    field: str
    paragraph: int
    """The paragraph it stands in, counted from 1 through text and tables; 0: head or foot."""
    near: str
    """The words of that paragraph."""
    meant: str
    """The known field most like it; "" where none is."""
    is_broken: bool = False
    """It is no field at all, but something that is not understood or not finished."""


def problems_of(template: bytes, known: Mapping[str, Sequence[str]]) -> list[Problem]:
    """What keeps a template from being used; empty when it is fit.

    `known` holds the fields of its kind, each with the fields of its rows (none for a plain field). Raises
    BadInput for what is no plain DOCX.
    """
    check(template)
    document = _opened(template)
    paragraphs = list(_paragraphs(document))
    whole = "\n".join(_plain_tags(text) for _, text in paragraphs)
    try:
        wanted = list(asked(whole))
    except Exception as error:
        if not is_broken(error):
            raise
        return [_broken(paragraphs, error)]
    unknown = {pair for pair in wanted if not _is_known(pair, known)}
    return [_unknown(pair, paragraphs, known) for pair in sorted(unknown)]


def fields_in(template: bytes) -> list[str]:
    """The names of the fields and lists that a fit template asks for, each once, in its order."""
    text = "\n".join(_plain_tags(text) for _, text in _paragraphs(_opened(template)))
    return list(dict.fromkeys(outer or field for outer, field in asked(text)))


def fill(template: bytes, data: Mapping[str, Value]) -> bytes:
    """The paper: the template with its fields filled; a field without a value is a fault of the template.

    A text keeps its line ends. Raises BadInput "template.unknown_field", "template.broken",
    "template.too_much" for a paper larger than 30 MB.
    """
    check(template)
    _refuse_more_than_names(template)
    paper = DocxTemplate(BytesIO(template))
    try:
        paper.render(
            {name: _shown(paper, value) for name, value in data.items()},
            jinja_env=PlainEnvironment(),
            autoescape=True,
        )
    except TemplateError as error:
        raise BadInput(
            "template.broken",
            "The template cannot be filled: %(reason)s",
            reason=str(error)[:200],
        ) from error
    out = BytesIO()
    paper.save(out)
    if out.tell() > LARGEST_PAPER:
        raise BadInput(
            "template.too_much", "The paper became larger than 30 MB. Please shorten it."
        )
    return out.getvalue()


def _refuse_more_than_names(template: bytes) -> None:
    """Whoever fills a template need not have asked for its problems before."""
    try:
        list(asked("\n".join(_plain_tags(text) for _, text in _paragraphs(_opened(template)))))
    except Exception as error:
        if not is_broken(error):
            raise
        raise BadInput(
            "template.broken",
            "The template cannot be filled: %(reason)s",
            reason=str(error)[:200],
        ) from error


def _shown(paper: DocxTemplate, value: Any) -> Any:
    if isinstance(value, Picture):
        width = Mm(value.width) if value.width else None
        height = Mm(value.height) if value.height else None
        return InlineImage(paper, BytesIO(value.data), width=width, height=height)
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return {str(name): _shown(paper, part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(paper, part) for part in value]
    return _UNREADABLE.sub("\ufffd", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _opened(template: bytes) -> DocxDocument:
    try:
        return docx.Document(BytesIO(template))
    except (KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise not_docx() from error


def _paragraphs(document: DocxDocument) -> Iterator[tuple[int, str]]:
    """Every paragraph with a field, in order; boxes with text in them included."""
    for number, element in enumerate(document.element.body.iter(_NAME), 1):
        text = "".join(_texts(element))
        if "{" in text or "}" in text:
            yield number, text
    for section in document.sections:
        parts = (
            section.header,
            section.footer,
            section.first_page_header,
            section.first_page_footer,
        )
        for part in parts:
            if part.is_linked_to_previous:
                continue
            for element in part._element.iter(_NAME):
                text = Paragraph(element, part).text
                if "{" in text:
                    yield 0, text


_NAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def _texts(element: Any) -> Iterator[str]:
    for text in element.iter(_TEXT):
        owner = text.getparent()
        while owner is not None and owner.tag != _NAME:
            owner = owner.getparent()
        if owner is element:
            yield text.text or ""


def _plain_tags(text: str) -> str:
    """Only what stands between braces, with the marks of rows and paragraphs taken off."""
    if not (found := _TAG.findall(text)):
        return text.replace("\n", " ") if "{{" in text or "{%" in text else ""
    return "".join(_SCOPE.sub(r"\1 ", tag) for tag in found)


def _is_known(pair: tuple[str, str], known: Mapping[str, Sequence[str]]) -> bool:
    outer, field = pair
    if not outer:
        return field in known and not known[field]
    return bool(known.get(outer)) and (not field or field in known[outer])


def _unknown(
    pair: tuple[str, str],
    paragraphs: Iterable[tuple[int, str]],
    known: Mapping[str, Sequence[str]],
) -> Problem:
    outer, field = pair
    name = field or outer
    choices = list(known[outer]) if outer and field and known.get(outer) else list(known)
    number, text = next(((n, t) for n, t in paragraphs if name in t), (0, ""))
    meant = nearest(name, choices)
    return Problem(name, number, text.strip()[:_AROUND], "" if meant == name else meant)


def _broken(paragraphs: Sequence[tuple[int, str]], error: Exception) -> Problem:
    """The first paragraph that is not understood by itself, else where the whole is not finished."""
    for number, text in paragraphs:
        tags = [_SCOPE.sub(r"\1 ", tag) for tag in _TAG.findall(text)]
        opened = sum(("{%" in tag and " for " in tag) or "{% if" in tag for tag in tags)
        if not tags or (not opened and all(tag.startswith("{{") for tag in tags)):
            try:
                rows = _names_of_rows(paragraphs)
                list(asked(_in_rows(rows, "".join(tags) if tags else text)))
            except Exception as own:
                if is_broken(own):
                    guilty = [tag for tag in tags if _is_guilty(rows, tag)] or tags
                    said = _named(own, guilty)
                    return Problem(said, number, text.strip()[:_AROUND], "", is_broken=True)
                raise
    return Problem(_named(error, []), 0, "", "", is_broken=True)


def _is_guilty(rows: Sequence[str], tag: str) -> bool:
    try:
        list(asked(_in_rows(rows, tag)))
    except Exception as error:
        if is_broken(error):
            return True
        raise
    return False


_FOR = re.compile(r"\{%-?\s*(?:p|tr|tc|r)?\s*for\s+(\S+)\s+in\s")


def _names_of_rows(paragraphs: Iterable[tuple[int, str]]) -> list[str]:
    return list(dict.fromkeys(name for _, text in paragraphs for name in _FOR.findall(text)))


def _in_rows(names: Sequence[str], text: str) -> str:
    """A text as it would stand within the rows of every name, one after the other."""
    opened = "".join(f"{{% for {name} in _{index} %}}" for index, name in enumerate(names[:2]))
    return opened + text + "{% endfor %}" * len(names[:2])


def _named(error: Exception, tags: Sequence[str]) -> str:
    said = error.args[0] if isinstance(error, NotPlain) and error.args else ""
    return tags[0][:80] if tags else str(said or error)[:80]
