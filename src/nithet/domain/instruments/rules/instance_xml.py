"""Reading a filled-in form as a stranger's XML: nothing in it is ever followed, opened or expanded.

Names are matched without their namespace, because Collect writes `orx:meta` where other clients write `meta`. A document
type, an entity, a processing instruction, an XInclude, another encoding than UTF-8, or more than a form can hold is refused
where it begins, so that no attack by size or depth has any effect.
"""

from dataclasses import dataclass, field
from xml.parsers import (
    expat,
)  # the plain parser: it opens nothing by itself, and every way to more is refused below

from nithet.kernel.errors import BadInput

LARGEST_BYTES = 5_000_000
"""Of one filled-in form without its files; sixty questions with repeats are some twenty thousand."""
DEEPEST = 40
MOST_ELEMENTS = 50_000
LONGEST_ATTRIBUTE = 20_000
MOST_ATTRIBUTES = 40
LONGEST_ID = 250
XINCLUDE = "http://www.w3.org/2001/XInclude"


@dataclass(slots=True)
class Element:
    """An element: its local name, its attributes by local name, what stands in it."""

    name: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Element | None":
        """Return the first child of a name."""
        return next((one for one in self.children if one.name == name), None)

    def value(self, name: str) -> str:
        """Return the text of the first child of a name, without white space around it; "" where there is none."""
        found = self.child(name)
        return found.text.strip() if found else ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A filled-in form as it was sent."""

    body: str
    """The XML to the letter."""
    root: Element
    form_id: str
    version: str
    """"" where the form says none."""
    instance_id: str
    deprecated_id: str
    """The instance ID of what this changes; "" for a first submission."""
    title: str


def read_instance(body: bytes) -> Instance:
    """Read a filled-in form; `BadInput` with a sentence for everything that is none."""
    text = _decoded(body)
    root = read_xml(body)
    meta = root.child("meta")
    instance_id = (meta.value("instanceID") if meta else "") or root.attributes.get(
        "instanceID", ""
    )
    if not instance_id:
        raise BadInput(
            "submission.no_id", "The form that was sent bears no number of its own (instanceID)."
        )
    form_id = root.attributes.get("id", "")
    if not form_id:
        raise BadInput("submission.no_form", "What was sent does not say which form it is.")
    deprecated = meta.value("deprecatedID") if meta else ""
    version = root.attributes.get("version", "")
    if max(map(len, (instance_id, form_id, deprecated, version))) > LONGEST_ID:
        raise BadInput("submission.long_id", "The number of the form that was sent is too long.")
    title = " ".join(meta.value("instanceName").split())[:300] if meta else ""
    return Instance(text, root, form_id, version, instance_id, deprecated, title)


def read_xml(body: bytes) -> Element:
    """Read any small XML of a stranger as a tree; `BadInput` where it is not whole, or more than plain elements."""
    _decoded(body)
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)  # noqa: FBT003  expat knows no names
    except expat.ExpatError as error:
        raise _not_xml(error.lineno) from error
    return reader.root


def _decoded(body: bytes) -> str:
    if len(body) > LARGEST_BYTES:
        raise BadInput(
            "submission.too_large",
            "The form that was sent is larger than %(megabytes)s MB, the most that is accepted.",
            megabytes=LARGEST_BYTES // 1_000_000,
        )
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _encoding() from error
    if "\0" in text:
        raise _encoding()
    return text


def _encoding() -> BadInput:
    return BadInput("submission.encoding", "The form that was sent is not written in UTF-8.")


def _not_xml(line: int) -> BadInput:
    return BadInput(
        "submission.not_xml", "What was sent is not whole XML (line %(line)s).", line=line
    )


def _more_than_a_form() -> BadInput:
    return BadInput(
        "submission.more_than_a_form",
        "What was sent holds more than a filled-in form: document types, entities and instructions are not accepted.",
    )


def _too_much() -> BadInput:
    return BadInput(
        "submission.too_much", "What was sent holds more questions or levels than any form has."
    )


class _Reader:
    """Builds the tree; every callback refuses by raising, which ends the parser at once."""

    def __init__(self) -> None:
        parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.SkippedEntityHandler = self._refuse
        parser.ProcessingInstructionHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        self.parser = parser
        self.root = Element("", {})
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise _encoding()

    def _refuse(self, *_: object) -> int:
        raise _more_than_a_form()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if namespace == XINCLUDE:
            raise _more_than_a_form()
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise _too_much()
        kept = _attributes(attributes) if attributes else {}
        element = Element(local, kept)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, _name: str) -> None:
        # Joined once: a text that comments cut into a million pieces must not be copied a million times.
        self._open.pop().text = "".join(self._texts.pop())

    def _words(self, data: str) -> None:
        self._texts[-1].append(data)


def _attributes(given: dict[str, str]) -> dict[str, str]:
    if len(given) > MOST_ATTRIBUTES or any(
        len(value) > LONGEST_ATTRIBUTE for value in given.values()
    ):
        raise _too_much()
    return {name.rpartition(" ")[2]: value for name, value in given.items()}
