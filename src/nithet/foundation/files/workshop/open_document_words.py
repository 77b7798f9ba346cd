"""The words and tables of an ODT, ODS or ODP, from its content alone."""

from collections.abc import Mapping

from nithet.foundation.files.workshop.xml_parts import walk

Piece = tuple[int, str | list[list[str]]]
"""A heading's level (0 for a paragraph or table) and its words, or a table's rows."""


def blocks(content: bytes, most: int, rows: int, columns: int) -> list[Piece]:
    """Paragraphs, headings and tables in their order, no more than `most`."""
    found = _Words(most, rows, columns)
    walk(content, "OpenDocument", found.begin, found.text, found.end)
    return found.pieces


class _Words:
    def __init__(self, most: int, rows: int, columns: int) -> None:
        self.pieces: list[Piece] = []
        self._most, self._rows, self._columns = most, rows, columns
        self._words: list[str] | None = None
        self._level = 0
        self._table: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self._repeated = 1

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name in {"p", "h"}:
            self._words = []
            level = given.get("outline-level", "1")
            self._level = int(level) if name == "h" and level.isdigit() else 0
        elif name == "table":
            self._table = []
        elif name == "table-row" and self._table is not None:
            self._table.append([])
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell = []
            repeated = given.get("number-columns-repeated", "1")
            self._repeated = int(repeated) if repeated.isdigit() else 1
        elif name in {"tab", "s", "line-break"} and self._words is not None:
            self._words.append(" ")

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def end(self, name: str) -> None:
        if name in {"p", "h"} and self._words is not None:
            words, self._words = "".join(self._words).strip(), None
            if self._cell is not None:
                self._cell.append(words)
            elif words and len(self.pieces) < self._most:
                self.pieces.append((self._level, words))
        elif name in {"table-cell", "covered-table-cell"} and self._cell is not None:
            cell, self._cell = "\n".join(self._cell), None
            if self._table and len(self._table) <= self._rows:
                row = self._table[-1]
                row.extend([cell] * min(self._repeated, self._columns - len(row)))
        elif name == "table" and self._table is not None:
            rows, self._table = [row for row in self._table[: self._rows] if any(row)], None
            if rows and len(self.pieces) < self._most:
                self.pieces.append((0, rows))
