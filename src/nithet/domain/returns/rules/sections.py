"""Section and depth of paragraphs follow from the headings and marks before them."""

from collections.abc import Iterable
from dataclasses import replace

from nithet.domain.returns.document import Paragraph, Role, Section, is_dotted, point_depth


def resectioned(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of one item, each in the section of the last heading before it.

    A reader gives them so; after a heading came, went or a mark changed, the rest follows.

    >>> from nithet.domain.returns.document import Paragraph as P
    >>> told = [P("ปัญหา", Role.HEADING, Section.PROBLEMS, "2."), P("ขาดครู", Role.POINT, Section.FACTORS, "2.1", 1)]
    >>> [(p.section.value, p.depth) for p in resectioned(told)]
    [('problems', 0), ('problems', 2)]
    """
    found: list[Paragraph] = []
    section: Section | None = None
    enclosing = ""
    for paragraph in paragraphs:
        depth = 0
        if paragraph.role in (Role.HEADING, Role.RESULTS_HEADING):
            section, enclosing = paragraph.section, ""
        elif paragraph.role is Role.POINT:
            depth = point_depth(paragraph.mark, enclosing)
            if is_dotted(paragraph.mark):
                enclosing = paragraph.mark
        found.append(replace(paragraph, section=section, depth=depth))
    return found
