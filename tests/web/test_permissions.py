"""The permission matrix: every address x method x role x state x whose record, against one declared table."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from docx import Document

from nithet.domain.assessments.actions.rounds import close_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.domain.returns.actions.editing import bring_edited_file
from nithet.domain.returns.actions.issuing import issue_return
from nithet.domain.returns.models import ReturnImport
from nithet.domain.returns.queries import read_docx
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.models import Posting
from nithet.foundation.access.policies import _policies
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import allow
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast, make_user
from tests.web.permission_table import OWN_PAGES, TABLE, records_of_areas
from tests.web.routes.who import EVERYBODY, SIGNED_IN, Route, Stage, in_state

METHODS = ("get", "post", "put", "delete")
AT_SCHOOL = {Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, Role.TEACHER}


def named_routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every named address with the names of its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from named_routes(entry, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"an address without a name: {entry.pattern}"
            yield f"{prefix}{entry.name}", list(entry.pattern.converters)


def undeclared(table: Mapping[str, Route]) -> list[str]:
    return sorted({name for name, _ in named_routes()} - set(table) - OWN_PAGES)


def test_every_address_is_declared() -> None:
    assert undeclared(TABLE) == []
    assert sorted(set(TABLE) - {name for name, _ in named_routes()}) == []


def test_an_undeclared_address_is_found() -> None:
    assert undeclared({n: r for n, r in TABLE.items() if n != "rounds:sign"}) == ["rounds:sign"]


@dataclass(frozen=True)
class World:
    """What the matrix walks through."""

    round: Round
    ids: Mapping[str, str]
    people: Mapping[str, Client]


def sign_in(user: User, *, speaker: str = "") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    if speaker:
        session = client.session
        session["desk_speaker"] = speaker
        session.save()
    return client


@pytest.fixture
def world(cast: Cast, taken_over: Round) -> World:
    director = cast.actor("director")
    issued = issue_return(actor=director, round=taken_over, request_key="world")
    edited = bring_edited_file(actor=director, round=taken_over, data=edited_copy(read_docx(issued)), file_name="a.docx")
    school = School.objects.select_related("unit").order_by("pk").first()
    assert school
    visit = Visit.objects.filter(school=school).first()
    kept = ReturnImport.objects.get()
    paragraph = NarrativeParagraph.objects.filter(role="point").first()
    assert visit and paragraph
    people: dict[str, Client] = {"anonymous": Client(raise_request_exception=False)}
    for role in Role:
        unit = school.unit if role in AT_SCHOOL else cast.office
        kind = User.Kind.DESK if role == Role.SCHOOL_CLERK else User.Kind.PERSON
        user = make_user(f"matrix-{role.value}", posted=[(role, unit)], kind=kind)
        people[role.value] = sign_in(user, speaker="ครูเวร" if kind == User.Kind.DESK else "")
    people["nobody"] = sign_in(cast.users["nobody"])
    people["outsider"] = sign_in(cast.users["outsider"])
    standing = standing_of(taken_over)
    ids = {
        "round_id": str(taken_over.pk),
        "item": "5",
        "test": standing.edition.nodes["5"].tests[0].id,
        "paragraph_id": str(paragraph.pk),
        "project_id": str(Project.objects.order_by("pk")[0].pk),
        "visit_id": str(visit.pk),
        "criterion": next(one.id for one in standing.edition.clarity if one.answer),
        "school_id": str(school.pk),
        "import_id": str(kept.pk),
        "proposal_id": str(kept.proposals.order_by("pk")[0].pk),
        "issued_id": str(issued.pk),
        "token": issued.token,
        "file_id": str(edited.pk),
        "edited_paragraph_id": str(edited.paragraphs.order_by("pk")[0].pk),
        "paragraph_text": paragraph.text,
        "shown": standing.digest,
        "edition": str(taken_over.edition_id),
    }
    of_areas = records_of_areas(Stage(cast, taken_over, school))
    assert not (twice := ids.keys() & of_areas.keys()), f"two areas bring records under one name: {sorted(twice)}"
    ids |= of_areas
    return World(taken_over, ids, people)


def edited_copy(docx: bytes) -> bytes:
    """Return the Word file with one paragraph changed by hand."""
    document = Document(io.BytesIO(docx))
    cell = document.tables[0].rows[1].cells[3]
    last = next(p for p in reversed(cell.paragraphs) if p.text)
    last.text = f"{last.text} เพิ่มเติม"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


NO_SUCH = "999999999"


def address(name: str, converters: list[str], ids: Mapping[str, str], *, exists: bool = True) -> str:
    """Return the address of a route for the world's records, or for ids that nothing has."""
    values = {}
    for part in converters:
        known = ids["edited_paragraph_id"] if name == "returns:decide" and part == "paragraph_id" else ids[part]
        is_id = part.endswith("_id") or part == "token"
        values[part] = NO_SUCH if is_id and not exists else known
    return reverse(name, kwargs=values)


@contextmanager
def undone() -> Iterator[None]:
    """Undo whatever a request writes, so that every cell of the matrix starts from the same world."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  the door asks for a durable outermost block
    with block:
        yield
        transaction.set_rollback(True)


def expected(route: Route, method: str, person: str, state: str) -> set[int]:
    """Return the statuses that are right."""
    sees = person in in_state(route.see, state)
    if route.see is not EVERYBODY and person == "anonymous":
        return {302}
    if person == "nobody" and route.see is not EVERYBODY and not route.for_nobody:
        # Refused before anything is looked up tells no more than that it is not there.
        return {403, 404, 405} if method == "post" else {404, 405}
    if method == "get":
        if not route.get:
            return {405}
        return {200} if sees or route.in_view else {404}
    if method == "post":
        if route.do is None:
            return {405} if not route.in_view else {405, 403, 422}
        if not sees:
            return {404}
        return {200, 302, 409, 422} if person in in_state(route.do, state) else {403}
    return {405}


def walk(world: World, state: str, table: Mapping[str, Route] = TABLE) -> tuple[int, int, list[str]]:
    """Ask every cell of a state; return (asked, successes expected, mismatches).

    What an earlier answer left to be said on the next page ("saved") is dropped before each request: it lies
    in the browser, where undoing the write does not reach it.
    """
    asked, successes, wrong = 0, 0, []
    converters = dict(named_routes())
    for name, route in table.items():
        here = address(name, converters[name], world.ids)
        nowhere = address(name, converters[name], world.ids, exists=False)
        for person, client in world.people.items():
            for method in METHODS if person in {"anonymous", "director"} else METHODS[:2]:
                body = dict(route.body(world.ids)) if method == "post" else {}
                client.cookies.pop("messages", None)
                with undone(), scope(None):
                    answer = getattr(client, method)(here, body) if method == "post" else getattr(client, method)(here)
                asked += 1
                want = expected(route, method, person, state)
                successes += bool(want & {200, 302} and person != "anonymous")
                if answer.status_code not in want:
                    wrong.append(f"{method} {name} by {person} ({state}): {answer.status_code}, not {sorted(want)}")
                told = route.shows and answer.status_code == 200 and method == "get" and person in in_state(route.see, state)
                if told and route.shows not in answer.content.decode():
                    wrong.append(f"{name} by {person}: shows nothing")
                if here != nowhere and answer.status_code == 404:
                    with undone(), scope(None):
                        other = getattr(client, method)(nowhere, body) if method == "post" else getattr(client, method)(nowhere)
                    asked += 1
                    if other.status_code != 404 or without_path(other.content, nowhere) != without_path(answer.content, here):
                        wrong.append(f"{method} {name} by {person}: not yours and not there differ")
    return asked, successes, wrong


def without_path(content: bytes, path: str) -> bytes:
    """Leave out the address itself and the token of the form, which differ in any two answers."""
    shown = content.replace(path.encode(), b"").replace(quote(path, safe="").encode(), b"")
    return re.sub(rb'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*"', b"", shown)


HALVES = {"first half": slice(0, None, 2), "second half": slice(1, None, 2)}
"""Every other address, so that two processes share the walk and its dear pages evenly."""


def half_of(table: Mapping[str, Route], half: str) -> Mapping[str, Route]:
    return {name: table[name] for name in sorted(table)[HALVES[half]]}


def test_the_halves_are_the_whole() -> None:
    assert {name for half in HALVES for name in half_of(TABLE, half)} == set(TABLE)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("half", HALVES)
def test_everybody_gets_what_the_table_says_while_the_round_is_open(world: World, half: str) -> None:
    asked, successes, wrong = walk(world, "open", half_of(TABLE, half))
    assert not wrong, "\n".join(wrong)
    assert asked > 1500
    assert successes / asked > 0.15


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("half", HALVES)
def test_everybody_gets_what_the_table_says_once_it_is_closed(cast: Cast, world: World, half: str) -> None:
    director = cast.actor("director")
    with scope(cast.office.pk):
        shown = standing_of(world.round).digest
        sign_off(actor=director, round=world.round, declared_level=None, shown=shown, request_key="w", reason="x")
        close_round(actor=director, round=world.round)
    asked, successes, wrong = walk(world, "closed", half_of(TABLE, half))
    assert not wrong, "\n".join(wrong)
    assert successes / asked > 0.15


@pytest.mark.timeout(600)
@pytest.mark.parametrize("action", ["round.sign", "test.answer", "return.confirm_import", "piece.answer_clarity", "return.drop_import"])
def test_a_policy_that_lets_everybody_in_is_caught(world: World, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    routes = {
        "round.sign": "rounds:sign",
        "test.answer": "rounds:answer",
        "return.confirm_import": "returns:confirm",
        "piece.answer_clarity": "evidence:answer_point",
        "return.drop_import": "returns:drop",
    }
    monkeypatch.setitem(_policies, action, lambda actor, target: allow("planted"))
    _, _, wrong = walk(world, "open", {routes[action]: TABLE[routes[action]]})
    assert wrong


def test_a_table_that_promises_too_little_is_caught(world: World) -> None:
    short = replace(TABLE["rounds:round"], see=frozenset({"director"}))
    _, _, wrong = walk(world, "open", {"rounds:round": short})
    assert wrong


def test_the_people_of_the_table_are_all_there(world: World) -> None:
    assert set(world.people) == set(EVERYBODY)
    assert SIGNED_IN | {"anonymous"} == EVERYBODY


def test_one_school_does_not_see_the_visits_of_another(cast: Cast, world: World) -> None:
    with scope(cast.office.pk):
        foreign = Visit.objects.exclude(school_id=world.ids["school_id"]).first()
    assert foreign
    with scope(None):
        assert world.people["school_head"].get(reverse("visits:visit", args=[foreign.pk])).status_code == 404


def test_somebody_deactivated_is_out_with_the_next_request(cast: Cast, world: World) -> None:
    user = User.objects.get(username="matrix-director")
    with scope(None):
        assert world.people["director"].get("/").status_code == 200
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert world.people["director"].get("/").status_code == 302


def test_a_posting_that_ended_opens_nothing_with_the_next_request(cast: Cast, world: World) -> None:
    import datetime

    user = User.objects.get(username="matrix-director")
    Posting.objects.filter(user=user).update(ends_on=datetime.date(2020, 1, 1))
    with scope(None):
        assert world.people["director"].get(reverse("rounds:round", args=[world.round.pk])).status_code == 404

