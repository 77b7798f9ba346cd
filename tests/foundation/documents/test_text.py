"""What may stand in a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from nithet.foundation.documents.text import near, printable, symbol_pieces


@settings(deadline=None)
@given(st.text(alphabet=st.characters()))
def test_whatever_is_printable_can_stand_in_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = printable(text)
    assert etree.fromstring(etree.tostring(element)).text in (printable(text), None)


@settings(deadline=None)
@given(st.text())
def test_pieces_joined_give_the_text_back(text: str) -> None:
    assert "".join(piece for piece, _ in symbol_pieces(text)) == text


def test_ordinary_text_stays_as_it_is() -> None:
    text = "ข้อที่ 1. มีแผนงาน/โครงการ – “ก” ๑๒๓ Coaching & Monitoring (ต่อ) ฯลฯ"
    assert printable(text) == text


def test_a_letter_that_stands_nowhere_has_no_place() -> None:
    assert near("☃", ["ก", "ข"]) == ""
