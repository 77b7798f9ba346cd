"""XML inside of documents, read by expat alone: no document types, no entities, no depth without end."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

from nithet.foundation.files.workshop.kinds import damaged
from nithet.kernel.errors import BadInput

DEEPEST = 256
LONGEST_ATTRIBUTE = 1_000_000

Begin = Callable[[str, Mapping[str, str]], None]
Text = Callable[[str], None]
End = Callable[[str], None]


def walk(
    data: bytes,
    kind: str,
    begin: Begin | None = None,
    text: Text | None = None,
    finish: End | None = None,
) -> None:
    """Read XML through; `BadInput` for a document type, entities, attributes or depth beyond use, and damage.

    `begin` gets each element's name without its namespace, and its attributes likewise; `text` the words between, `finish` its name at its end.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def refuse(*_: object) -> int:
        raise _type_declared()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST or any(len(v) > LONGEST_ATTRIBUTE for v in attributes.values()):
            raise damaged(kind)
        if begin is not None:
            begin(local(name), {local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if finish is not None:
            finish(local(name))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes it by place
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(kind) from error


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _type_declared() -> BadInput:
    return BadInput(
        "files.document_type",
        "This file declares a document type or entities, which Office programs never write, so it was refused.",
        field="file",
    )
