"""What is found, in what order, and that nothing of others is ever shown or counted."""

import random
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

import pytest

from nithet.foundation.access.actors import Actor
from nithet.foundation.refs import registry as refs
from nithet.foundation.refs.registry import RecordRef, Resolved
from nithet.foundation.search import finding, queries, registry
from nithet.foundation.search.indexing import rebuild, reindex
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.search.queries import results, search
from nithet.foundation.search.registry import SearchDocument
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import current_office_id, scope
from nithet.foundation.thai_text.forms import search_form
from tests.conftest import Cast

KIND = "trial.note"


class Notes:
    """Notes of a trial package: (office, id) -> text; `hidden` ids are nobody's but the director's."""

    def __init__(self) -> None:
        self.texts: dict[tuple[int, str], tuple[str, str, date | None]] = {}
        self.hidden: set[str] = set()
        self.asked = 0

    def documents(self, ids: Collection[str] | None) -> Iterable[SearchDocument]:
        for (office, key), (title, body, day) in list(self.texts.items()):
            if office == current_office_id() and (ids is None or key in ids):
                year = day.year + 543 if day else None
                yield SearchDocument(KIND, key, office, title, body, day, year)

    def resolve(self, actor: Actor, ids: Iterable[str]) -> dict[str, Resolved]:
        self.asked += 1
        sees_all = actor.name == "director"
        return {
            key: Resolved(RecordRef(KIND, key), self.texts[(actor.office_id or 0, key)][0], f"/notes/{key}/")
            for key in ids
            if (actor.office_id, key) in self.texts and (sees_all or key not in self.hidden)
        }


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    held = Notes()
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(refs, "_resolvers", {})
    refs.register(KIND, held.resolve)
    registry.register(KIND, "Notes", held.documents)
    yield held


def put(notes: Notes, office: Unit, **texts: str | tuple[str, str, date | None]) -> None:
    for key, text in texts.items():
        title, body, day = text if isinstance(text, tuple) else (text, "", None)
        notes.texts[(office.pk, key.removeprefix("n"))] = (title, body, day)
    with scope(office.pk):
        rebuild()


def found(actor: Actor, typed: str, **narrow: object) -> list[str]:
    return [one.hit.record_id for one in search(actor, typed, **narrow).found]  # type: ignore[arg-type]


def test_any_part_of_a_word_is_found_inside_a_sentence(cast: Cast, office: Unit, notes: Notes) -> None:
    put(notes, office, n1="การประเมินตนเองของสถานศึกษา", n2="ศึกษานิเทศก์ออกนิเทศ", n3=("ก", "บรรทัดแรก\nนํ้าดื่มสะอาด ปี ๒๕๕๕", None))
    director = cast.actor("director")
    assert found(director, "เมินตน") == ["1"]
    assert found(director, "นิเทศ") == ["2"]
    assert found(director, "น้ำ") == ["3"]
    assert found(director, "2555") == ["3"]
    assert found(director, "ก์") == ["2"]
    assert found(director, "สะอาด น้ำ") == ["3"]
    assert found(director, "สะอาด นิเทศ") == []
    assert found(director, "แรกน้ำ") == []
    assert found(director, "") == []


@pytest.mark.parametrize("few", [0, 2000])
def test_everything_that_a_plain_substring_search_finds_is_found_and_nothing_else(
    cast: Cast, office: Unit, notes: Notes, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(queries, "MOST", 10_000)
    luck = random.Random(7)
    words = ["นิเทศ", "ศึกษานิเทศก์", "โรงเรียน", "วัด", "เพรียง", "น้ำ", "๒๕๕๕", "2555", "OBEC", "%", "_", "'", '"', "\\", " ", "ประเมิน", "ตนเอง"]
    for n in range(300):
        notes.texts[(office.pk, str(n))] = ("".join(luck.choices(words, k=4)), "".join(luck.choices(words, k=12)), date(2012, 1, 1) + timedelta(n))
    rebuild()
    director = cast.actor("director")
    forms = {e.record_id: e.form for e in SearchEntry.objects.all()}
    hits = 0
    for typed in ["นิเทศ", "เทศก์", "รียนวัด", "น้", "2555obec", "%_", "\\", "'%", "ด", "ตนเองนิเทศ", "OBEC%", "5", "รงเรีย เพร"]:
        terms = [search_form(part) for part in typed.split()]
        truth = {key for key, form in forms.items() if all(term in form for term in terms)}
        assert set(found(director, typed)) == truth, typed
        hits += len(truth)
    assert hits > 300


def test_the_newest_stands_first_and_what_is_of_no_day_before_it(cast: Cast, office: Unit, notes: Notes) -> None:
    put(notes, office, n1=("ตรวจเยี่ยม", "", date(2012, 1, 1)), n2=("ตรวจเยี่ยม", "", date(2013, 1, 1)), n3="โรงเรียนตรวจเยี่ยม")
    answer = search(cast.actor("director"), "ตรวจเยี่ยม")
    assert [one.hit.record_id for one in answer.found] == ["3", "2", "1"]
    assert answer.kinds() == [(KIND, "Notes", 3)]
    assert answer.years() == [2556, 2555]
    assert found(cast.actor("director"), "ตรวจเยี่ยม", fiscal_year=2555) == ["1"]
    [first, *_] = results(answer.found, answer.terms)
    assert (first.url, first.day) == ("/notes/3/", None)


def test_what_is_called_exactly_so_stands_before_what_only_holds_the_words(
    cast: Cast, office: Unit, notes: Notes
) -> None:
    names = {f"n{n}": f"โรงเรียนตัวอย่าง 69/{n}" for n in (1, 10, 11, 12)}
    put(notes, office, **names)
    director = cast.actor("director")
    assert found(director, "โรงเรียนตัวอย่าง 69/1")[0] == "1"
    assert found(director, "โรงเรียนตัวอย่าง ๖๙/๑")[0] == "1"
    assert found(director, "ตัวอย่าง 69/1") == ["12", "11", "10", "1"]


def test_what_a_person_may_not_see_is_neither_shown_nor_counted(cast: Cast, office: Unit, notes: Notes) -> None:
    notes.hidden = {"1"}
    put(notes, office, n1="canaryหนึ่ง", n2="เรื่องอื่น")
    planner = search(cast.actor("planner"), "canary")
    assert (planner.found, planner.has_more, planner.kinds(), planner.years()) == ([], False, [], [])
    assert found(cast.actor("director"), "canary") == ["1"]


def test_another_office_finds_nothing_of_this_one(cast: Cast, office: Unit, notes: Notes) -> None:
    put(notes, office, n1="canaryหนึ่ง")
    put(notes, cast.other_office, n1="ของเขต 2")
    with scope(cast.other_office.pk):
        assert found(cast.actor("outsider"), "canary") == []
        assert found(cast.actor("outsider"), "เขต") == ["1"]
    assert found(cast.actor("director"), "เขต 2") == []


@pytest.mark.parametrize("patience", [0, 1000])
def test_somebody_who_may_see_little_finds_all_of_it_behind_much_that_is_not_theirs(
    cast: Cast, office: Unit, notes: Notes, monkeypatch: pytest.MonkeyPatch, patience: int
) -> None:
    monkeypatch.setattr(queries, "PATIENCE", patience)
    for n in range(250):
        notes.texts[(office.pk, str(n))] = ("โรงเรียน", "", date(2012, 1, 1) + timedelta(n))
    rebuild()
    notes.hidden = {str(n) for n in range(1, 250)}
    assert found(cast.actor("planner"), "โรงเรียน") == ["0"]


def test_of_very_many_only_that_there_are_more_is_said(cast: Cast, office: Unit, notes: Notes) -> None:
    for n in range(320):
        notes.texts[(office.pk, str(n))] = ("โรงเรียน", "", date(2012, 1, 1) + timedelta(n))
    rebuild()
    answer = search(cast.actor("director"), "โรงเรียน")
    assert (len(answer.found), answer.has_more) == (300, True)
    assert answer.found[0].hit.record_id == "319"
    assert notes.asked <= 4


def test_a_changed_record_is_found_by_its_new_words_alone_and_a_gone_one_not_at_all(cast: Cast, office: Unit, notes: Notes) -> None:
    director = cast.actor("director")
    put(notes, office, n1="ชื่อเดิม", n2="อีกเรื่อง")
    notes.texts[(office.pk, "1")] = ("ชื่อใหม่", "", None)
    del notes.texts[(office.pk, "2")]
    assert reindex([RecordRef(KIND, "1"), RecordRef(KIND, "2"), RecordRef("trial.unknown", "9")]) == 1
    assert (found(director, "ชื่อเดิม"), found(director, "ชื่อใหม่")) == ([], ["1"])
    assert not SearchEntry.objects.filter(record_id="2").exists()
    assert reindex([RecordRef(KIND, "1")]) == 0


def test_a_rebuild_mends_whatever_is_wrong(cast: Cast, office: Unit, notes: Notes) -> None:
    put(notes, office, n1="หนึ่ง", n2="สอง")
    SearchEntry.objects.filter(record_id="1").update(form="ผิด", title="ผิด")
    SearchEntry.objects.create(office=office, kind=KIND, record_id="77", title="ผี", form="ผี", day=date.max)
    SearchEntry.objects.create(office=office, kind="trial.gone", record_id="1", title="ผี", form="ผี", day=date.max)
    assert rebuild() == 1
    assert found(cast.actor("director"), "หนึ่ง") == ["1"]
    assert found(cast.actor("director"), "ผิด") == []
    assert SearchEntry.objects.count() == 2


def test_a_kind_that_fails_does_not_stop_the_others(cast: Cast, office: Unit, notes: Notes) -> None:
    def fails(ids: object) -> Iterable[SearchDocument]:
        raise ValueError("planted")

    registry.register("trial.broken", "Broken", fails, order=1)
    notes.texts[(office.pk, "1")] = ("หนึ่ง", "", None)
    assert reindex([RecordRef("trial.broken", "1"), RecordRef(KIND, "1")]) == 1
    assert found(cast.actor("director"), "หนึ่ง") == ["1"]
