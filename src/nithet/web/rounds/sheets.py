"""What a round's lists are as spreadsheets."""

from collections.abc import Iterator

from django.utils.translation import gettext

from nithet.foundation.documents.sheets import Column, Value
from nithet.web.rounds.pages import RoundPage


def item_columns() -> list[Column]:
    """Return the columns of the list of items."""
    return [
        Column(gettext("Item"), "code"),
        Column(gettext("Title"), width=60),
        Column(gettext("Tests answered"), "whole"),
        Column(gettext("Tests"), "whole"),
        Column(gettext("Headings filled"), "whole"),
        Column(gettext("Headings"), "whole"),
        Column(gettext("Evidence that is here"), "whole"),
        Column(gettext("Evidence expected"), "whole"),
        Column(gettext("Trace of evidence")),
        Column(gettext("Responsible"), width=40),
        Column(gettext("Due on"), "date"),
    ]


def item_rows(page: RoundPage) -> Iterator[tuple[Value, ...]]:
    """Yield the items as they stand on the page."""
    for one in page.shared:
        given = [row.assignment for row in one.given if row.assignment.stands]
        days = [row.due_on for row in given if row.due_on]
        parts = (one.progress.tests, one.progress.headings, one.progress.evidence)
        yield (
            one.line.node.id,
            one.line.title,
            *(figure for part in parts for figure in (part.n, part.of)),
            one.line.trace,
            ", ".join(row.title for row in given),
            min(days) if days else None,
        )
