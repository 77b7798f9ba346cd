"""Canaries: words of another office are nowhere to be read, ids of another office cannot be chosen, nothing rides along.

Beside the office of the matrix stands its twin: rows of every table, copied into another office, each text of a person
replaced by a word that stands nowhere else. Whoever shows that word has read past the wall.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import OfficeOwned, Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.web.permission_table import TABLE
from tests.web.test_permissions import World, address, named_routes, undone, world

__all__ = ["world"]

HALF, OTHER_HALF = "ขนุนสุก", "กลางไพร"
TOKEN = f"{HALF}{OTHER_HALF}"
THAI = re.compile("[ก-๙]")
REFERENCE = re.compile(r":\d+")
WORDS = re.compile(
    r"(title|text|note|reason|words|name|body|why|because|place|source|objective|answer|remark)$"
)
"""Names of the columns in which people write."""
READERS = ("director", "administrator", "planner", "school_head", "assessor", "committee_member")
ROWS_EACH = 5
NO_PARENT = "the row that it belongs to has not been copied"
LISTS = "?as=xlsx"
IMPOSED = {
    "office": "",
    "office_id": "",
    "is_example": "on",
    "state": "closed",
    "taken_back_at": "2020-01-01",
    "taken_back_because": TOKEN,
    "was_cancelled": "on",
    "made_by": TOKEN,
    "made_by_id": "1",
    "made_at": "2020-01-01",
    "id": "1",
    "pk": "1",
    "unit": "1",
    "digest": TOKEN,
    "file_sha256": "0" * 64,
    "is_superuser": "on",
    "is_active": "",
    "limited_to": TOKEN,
}
"""What somebody may add to any form by hand."""


def owned() -> list[type[models.Model]]:
    """Return the tables whose rows belong to an office."""
    return [model for model in apps.get_models() if issubclass(model, OfficeOwned)]


class Twin:
    """Copies of rows in another office."""

    def __init__(self, office: Unit, other: Unit) -> None:
        self.office, self.other = office, other
        self.copies: dict[type[models.Model], dict[Any, Any]] = {}
        self.numbers = count(1)
        waiting = owned()
        for _ in range(6):
            waiting = [model for model in waiting if not self._copy(model)]

    def _copy(self, model: type[models.Model]) -> bool:
        """Copy some rows whose parents have been copied; say whether all that could be was."""
        kept = self.copies.setdefault(model, {})
        rows = model._base_manager.filter(office_id=self.office.pk).order_by("pk")
        for row in rows[: ROWS_EACH * 4]:
            if len(kept) < ROWS_EACH and row.pk not in kept and (made := self._made(model, row)):
                kept[row.pk] = made
        return len(kept) >= min(ROWS_EACH, rows.count())

    def _made(self, model: type[models.Model], row: models.Model) -> Any:
        values = {
            field.attname: self._value(field, getattr(row, field.attname))
            for field in model._meta.concrete_fields
            if not field.primary_key
        }
        if NO_PARENT in values.values():
            return None
        try:
            with transaction.atomic(durable=False):
                made = model(**values)
                model._base_manager.bulk_create([made])
        except (IntegrityError, ValueError):
            return None
        return made.pk

    def _value(self, field: Any, value: Any) -> Any:
        """Return what the copy holds in a column."""
        if field.name == "office":
            return self.other.pk
        if isinstance(field, models.ForeignKey):
            return None if value is None else self._parent(field, value)
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            return self._said(field, value)
        if isinstance(field, models.JSONField) and isinstance(value, list | dict):
            return said_within(value)
        return value

    def _parent(self, field: Any, key: int) -> Any:
        if field.related_model is Unit:
            return self._unit(key)
        if not issubclass(field.related_model, OfficeOwned):
            return key
        copied = self.copies.get(field.related_model, {}).get(key)
        return NO_PARENT if copied is None and not field.null else copied

    def _said(self, field: Any, value: str) -> str:
        longest = field.max_length or 1000
        word = f"{TOKEN}{next(self.numbers)}" if field.unique else TOKEN
        # Kinds, references and digests have no Thai letters; an empty text of a person gets the word too.
        is_words = bool(THAI.search(value)) if value else bool(WORDS.search(field.name))
        if field.unique and value and not is_words:
            # A code that stands once in the installation: the copy gets one of its own.
            return f"{next(self.numbers)}{value}"[:longest]
        return word if is_words and longest >= len(word) else value

    def _unit(self, key: int) -> int:
        made = self.copies.setdefault(Unit, {})
        if key == self.office.pk:
            return self.other.pk
        if key not in made:
            kind = Unit.objects.get(pk=key).kind
            made[key] = Unit.objects.create(
                kind=kind, name=f"{TOKEN}{next(self.numbers)}", office=self.other, parent=self.other
            ).pk
        return int(made[key])

    def ids(self) -> set[int]:
        """Return the ids of the copies that no row of the office bears in the same table."""
        return {
            pk for copies in self.copies.values() for pk in copies.values() if isinstance(pk, int)
        }


def said_within(value: Any) -> Any:
    """Replace the longer texts in a value by the word; short ones are names of kinds."""
    if isinstance(value, dict):
        return {key: said_within(one) for key, one in value.items()}
    if isinstance(value, list):
        return [said_within(one) for one in value]
    return TOKEN if isinstance(value, str) and len(value) > 25 else value


@pytest.fixture
def twin(cast: Cast, world: World) -> Twin:
    """The other office holds rows of nearly every table that the office has rows of."""
    with scope(None):
        Unit.objects.filter(pk=cast.other_office.pk).update(name=TOKEN, short_name=TOKEN)
        made = Twin(cast.office, cast.other_office)
    filled = [
        model for model in owned() if model._base_manager.filter(office_id=cast.office.pk).exists()
    ]
    copied = [model for model in filled if made.copies.get(model)]
    missing = {model.__name__ for model in filled} - {model.__name__ for model in copied}
    assert len(copied) > 0.8 * len(filled), missing
    return made


def read(answer: HttpResponse) -> str:
    """Return everything that can be read in an answer; packed files are unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name) for name in packed.namelist()]
    inner = [
        read(HttpResponse(part)) if part.startswith(b"PK") else part.decode(errors="replace")
        for part in parts
    ]
    return "\n".join([*packed.namelist(), *inner])


def looked_up(world: World) -> Iterator[tuple[str, str]]:
    """Yield every address that can be opened, lists also as Excel; slides and printed pages are made of the same."""
    converters = dict(named_routes())
    for name, route in TABLE.items():
        if route.get:
            here = address(name, converters[name], world.ids)
            yield name, here
            if not converters[name] or "list" in name:
                yield name, here + LISTS
    for words in (HALF, HALF[:4]):
        yield "search:search", f"{reverse('search:search')}?q={words}"


@pytest.mark.timeout(1200)
def test_no_page_shows_a_word_of_another_office(world: World, twin: Twin) -> None:
    shown, opened = [], 0
    for name, here in looked_up(world):
        for person in READERS:
            with undone(), scope(None):
                answer = world.people[person].get(here)
                if answer.status_code != 200:
                    continue
                opened += 1
                said = read(answer)
            if OTHER_HALF in said:
                shown.append(f"{here} ({name}) shows {person} another office")
    assert opened > 300
    assert not shown, "\n".join(shown)


def test_the_word_is_there_to_be_found(cast: Cast, world: World, twin: Twin) -> None:
    client = Client()
    client.force_login(cast.users["outsider"])
    with scope(None):
        told = [
            read(client.get(reverse(name)))
            for name in ("directory:schools", "evidence:evidence_list", "plans:projects")
        ]
    assert all(OTHER_HALF in one for one in told), "the other office reads its own words"


def forms_of(world: World, client: Client) -> Iterator[tuple[str, str, Any]]:
    """Yield page, address and form of everything that can be sent, once for each kind of address."""
    converters = dict(named_routes())
    seen = set()
    for name, route in TABLE.items():
        if not route.get:
            continue
        here = address(name, converters[name], world.ids)
        with undone(), scope(None):
            answer = client.get(here)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        for form in html.fromstring(answer.content.decode()).forms:
            goes_to = form.get("action") or here
            fields = tuple(sorted(name for name, _ in form.form_values()))
            if (form.get("method") or "get").lower() == "post" and (goes_to, fields) not in seen:
                seen.add((goes_to, fields))
                yield here, goes_to, form


def typed(form: Any) -> dict[str, Any]:
    """Return what a form sends as it stands, without its token."""
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    sent.pop("csrfmiddlewaretoken", None)
    return dict(sent)


def choices_by_id(form: Any) -> dict[str, set[str]]:
    """Return the fields of a form that offer ids, with what they offer."""
    offered: dict[str, set[str]] = {}
    for one in form.xpath(".//select[@name]"):
        if not one.get("name").endswith(("_month", "_day", "_year", "level")):
            offered[one.get("name")] = {
                option.get("value") or "" for option in one.xpath(".//option")
            }
    for one in form.xpath(".//input[@type='radio' or @type='checkbox'][@name]"):
        offered.setdefault(one.get("name"), set()).add(one.get("value") or "")
    return {
        name: values
        for name, values in offered.items()
        if values - {""} and all(v.isdecimal() for v in values - {""})
    }


@pytest.mark.timeout(1200)
def test_an_id_of_another_office_cannot_be_chosen(cast: Cast, world: World, twin: Twin) -> None:
    foreign = sorted(twin.ids() | {cast.users["outsider"].pk, cast.other_office.pk}, reverse=True)
    client, taken, tried = world.people["director"], [], 0
    for here, goes_to, form in forms_of(world, client):
        for field, offered in choices_by_id(form).items():
            for key in [one for one in foreign if str(one) not in offered][:12]:
                body = typed(form) | {field: str(key)}
                with undone(), scope(None):
                    before = AuditEvent._base_manager.count()
                    answer = client.post(goes_to, body)
                    wrote = AuditEvent._base_manager.count() != before
                tried += 1
                if answer.status_code >= 500 or wrote:
                    taken.append(
                        f"{field}={key} sent from {here} to {goes_to}: {answer.status_code}, wrote {wrote}"
                    )
    assert tried > 60
    assert not taken, "\n".join(taken)


MADE_ANEW = {("PaperVersion", "sha256"), ("PaperVersion", "size")}
"""A Word file holds the moment it was made, so two makings within a walk may differ in it."""


def rows() -> dict[str, list[Any]]:
    """Return every row of every office's table, without moments, keys and what is drawn by lot.

    PostgreSQL counts on after a request that was undone, so a new row's number differs from one try to the next.
    """
    found: dict[str, list[Any]] = {}
    for model in owned():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not isinstance(field, models.DateTimeField | models.UUIDField)
            and not field.primary_key
            and (not isinstance(field, models.ForeignKey) or field.name == "office")
            and "token" not in field.name
            and "digest" not in field.name
            and (model.__name__, field.name) not in MADE_ANEW
        ]
        if model is not AuditEvent:
            kept = model._base_manager.order_by("pk").values_list(*names)
            found[model.__name__] = [[REFERENCE.sub(":n", str(one)) for one in row] for row in kept]
    return found


@pytest.mark.timeout(1200)
def test_nothing_rides_along_with_a_form(cast: Cast, world: World) -> None:
    client, changed, tried = world.people["director"], [], 0
    imposed = IMPOSED | {
        "office": str(cast.other_office.pk),
        "office_id": str(cast.other_office.pk),
    }
    for here, goes_to, form in forms_of(world, client):
        body = typed(form)
        if "version" not in body:
            continue
        with undone(), scope(None):
            plain_status = client.post(goes_to, body).status_code
            plain = rows()
        if plain_status != 302:
            continue
        known = set(form.fields.keys())
        with undone(), scope(None):
            client.post(
                goes_to,
                body | {name: value for name, value in imposed.items() if name not in known},
            )
            loaded = rows()
        tried += 1
        changed += [
            f"{table} by {goes_to} (from {here})"
            for table in plain
            if plain[table] != loaded[table]
        ]
    assert tried > 15
    assert not changed, "\n".join(changed)
