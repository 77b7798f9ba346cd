"""Addresses of the offline client. The page itself holds nothing about anybody; `tests/field` walks what it asks for."""

from tests.web.routes.who import EVERYBODY, Route

TABLE: dict[str, Route] = {
    "field:shell": Route(EVERYBODY, in_view=True, for_nobody=True),
    "field:worker": Route(EVERYBODY, in_view=True, for_nobody=True),
    "field:manifest": Route(EVERYBODY, in_view=True, for_nobody=True),
}
BY_LINK = (
    "field:copy",
    "field:take",
    "field:form",
    "field:form_media",
    "field:submissions",
    "field:begin_file",
    "field:file_pieces",
)
