"""Results as a spreadsheet: one row an item, and under it one row a choice, by the parts that were asked for."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from nithet.domain.instruments.queries.results import Line, Results
from nithet.domain.instruments.rules.items import Shape
from nithet.domain.instruments.rules.statistics import percent
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.web.results.showing import band_words
from nithet.web.shared.downloads import sheet_answer


def results_sheet(request: HttpRequest, results: Results) -> HttpResponseBase:
    """Answer with the results as XLSX or CSV; hidden parts are said to be hidden, not left out."""
    columns = [
        Column(gettext("Part"), width=30),
        Column(gettext("Section"), width=25),
        Column(gettext("Question"), width=50),
        Column(gettext("Answer"), width=30),
        Column("N", "whole"),
        Column("n", "whole"),
        Column(gettext("Times given"), "whole"),
        Column(gettext("Percent"), "decimal"),
        Column(gettext("Mean"), "decimal"),
        Column("S.D.", "decimal"),
        Column(gettext("In a word")),
        Column(gettext("Nothing to judge"), "whole"),
    ]
    title = gettext("Results of %(form)s") % {"form": results.instrument}
    return sheet_answer(title, columns, _rows(results), notes(results), request=request)


def notes(results: Results) -> list[str]:
    """Return what must be said under every table of results."""
    said = [
        gettext("Records: %(records)s from %(schools)s schools")
        % {"records": results.records, "schools": results.schools},
        gettext("As at %(day)s") % {"day": date_words(clock.today())},
        gettext(
            "N: forms that put the question (in a list that repeats: its rows). n: those that answered it. Percent is of n."
        ),
        gettext("S.D. is that of a sample (divided by n − 1); with one answer there is none (–)."),
        gettext("Means are rounded half up to two decimals before they are said in a word."),
    ]
    said += sorted({one.scheme.source for one in results.lines if one.scheme})
    if results.names_person:
        said.append(
            gettext(
                "This form names persons. Others' records are counted in groups of at least five only, whatever is chosen."
            )
        )
    if results.left_out:
        said.append(
            gettext("Not counted, because fewer than five stand together: %(n)s")
            % {"n": results.left_out}
        )
    return said


def _rows(results: Results) -> Iterator[list[Value]]:
    whole = gettext("All")
    hidden = gettext("not shown: too few records that name persons")
    if results.is_hidden:
        yield [whole, "", hidden, *([None] * 9)]
    else:
        for line in results.lines:
            yield from _line(whole, line)
    for part in results.parts:
        title = part.title or gettext("not stated")
        if part.is_hidden:
            yield [title, "", hidden, *([None] * 9)]
        for line in part.lines.values():
            yield from _line(title, line)


def _line(part: str, line: Line) -> Iterator[list[Value]]:
    tally, said, item = line.tally, line.described, line.item
    yield [
        part,
        item.group,
        item.label,
        "",
        tally.asked,
        tally.answered,
        None,
        percent(tally.answered, tally.asked),
        said.mean_2,
        said.sd_2,
        band_words(line),
        tally.unseen,
    ]
    if item.shape not in {Shape.RATING, Shape.CHOICE}:
        return
    for one in item.choices:
        count = tally.given.get(one.value, 0)
        yield [
            part,
            item.group,
            item.label,
            one.label,
            tally.asked,
            tally.answered,
            count,
            tally.share(one.value),
            None,
            None,
            "",
            None,
        ]
