"""Points of a way forward as they come from a narrative."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A แนวทางการพัฒนา in its author's words.

    `source_ref` names the record that says it ("assessments.narrativeparagraph:7"; "" where a person writes it down) and
    `source_words` where it stands, for people ("ข้อ 2 แนวทางการพัฒนา 4.1").
    """

    text: str
    source_ref: str = ""
    source_words: str = ""
