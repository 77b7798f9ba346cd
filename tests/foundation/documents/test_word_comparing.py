"""What changed between two Word files."""

from nithet.foundation.documents.word.comparing import compared
from nithet.foundation.documents.word.model import Box, Line, Table, Text, WordPages, Words


def pages(*texts: str, cells: tuple[str, ...] = ()) -> WordPages:
    """Pages of these paragraphs and one row of a table."""
    blocks = [Text((Words(one),)) for one in texts]
    row = Line(tuple(Box((Text((Words(one),)),)) for one in cells))
    return WordPages("", (*blocks, *((Table((10.0,), (row,)),) if cells else ())))


def test_the_same_words_are_no_change_however_they_are_spaced() -> None:
    assert compared(pages("นิเทศ  โรงเรียน", ""), pages("นิเทศ โรงเรียน")) == []


def test_changed_new_and_missing_paragraphs_are_told_in_order() -> None:
    (first, second) = compared(pages("ก", "ข", "ค"), pages("ก", "ขข", "ค", "ง"))
    assert (first.before, first.after) == ("ข", "ขข")
    assert (second.before, second.after) == ("", "ง")
    (gone,) = compared(pages("ก", "ข"), pages("ก"))
    assert (gone.before, gone.after) == ("ข", "")


def test_a_figure_changed_by_hand_is_named_whatever_its_digits() -> None:
    (only,) = compared(pages(cells=("โรงเรียน ๑๒๗ แห่ง", "ก")), pages(cells=("โรงเรียน 130 แห่ง", "ก")))
    assert (only.figures, only.new_figures) == (("127",), ("130",))
    (same,) = compared(pages("มี ๑๒ คน"), pages("มีทั้งหมด 12 คน"))
    assert (same.figures, same.new_figures) == ((), ())
