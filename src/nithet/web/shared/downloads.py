"""What is on a list, as a file: the same rows in the same order, asked for by `?as=xlsx` or `?as=csv`."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from nithet.foundation.documents.sheets import Column, Value, write_csv, write_xlsx
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
ZIP = "application/zip"


def wants_sheet(request: HttpRequest) -> bool:
    """Say whether the address asks for the list as a spreadsheet (`?as=xlsx` or `?as=csv`) instead of a page."""
    return request.GET.get("as") in {"xlsx", "csv"}


def sheet_answer(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    notes: Sequence[str] = (),
    *,
    request: HttpRequest | None = None,
) -> HttpResponseBase:
    """Answer with all rows of a list (not one page of it) as a file; `name` is its title, without an ending.

    The whole list is in the file, so give the rows before they are paged. With `request` given, `?as=csv` answers a CSV.
    Without notes, the day of the download is noted.
    """
    if request is not None and request.GET.get("as") == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            write_csv(columns=columns, rows=rows), content_type=CSV
        )
        return _named(answer, f"{name}.csv")
    said = notes or (f"ข้อมูล ณ วันที่ {date_words(clock.today())}",)
    data = write_xlsx(title=name, columns=columns, rows=rows, notes=said)
    return file_answer(data, XLSX, f"{name}.xlsx")


def file_answer(
    data: bytes, media_type: str, name: str, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Answer with a file to keep; a slash of a document number, which no file name may hold, becomes a hyphen."""
    answer = HttpResponse(data, content_type=media_type, status=status)
    _named(answer, name)
    return answer


def _named(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    safe = name.replace("/", "-").replace("\\", "-")
    disposition = content_disposition_header(as_attachment=True, filename=safe)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
