"""What is not opened, and who may not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.actions import ask_export, open_office, take_export, write_opened
from nithet.foundation.transfer.container import Writer, opened
from nithet.foundation.transfer.exporting import write_office
from nithet.foundation.transfer.identity import Translation
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.state import refuse_other_version
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast

Change = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]


def exported(cast: Cast, path: Path) -> Path:
    with path.open("w+b") as out:
        write_office(cast.office.pk, out)
    return path


def rewritten(path: Path, change: Change, **manifest: Any) -> Path:
    """Write a file once more with other rows or another manifest, with right digests: what a hand could forge."""
    other = path.with_name("other.zip")
    with opened(path) as box, other.open("w+b") as out:
        writer = Writer(out)
        for name in sorted(box.names):
            rows = [json.loads(line) for line in box.lines(name)]
            writer.add(name, [json.dumps(row).encode() + b"\n" for row in change(name, rows)])
        kept = {key: value for key, value in box.manifest.items() if key != "members"}
        writer.finish({**kept, **manifest})
    return other


def same(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rows


def code_of(path: Path) -> str:
    with pytest.raises(RuleBroken) as refused:
        open_office(path)
    return refused.value.code


OTHER = {"key": 1, "name": "สำนักงานที่ไม่มีในระบบนี้", "short_name": "", "code": ""}


def renamed(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if name == "data/tenancy.unit.jsonl":
        for row in rows:
            row["name"] = f"{row['name']} (ย้าย)"
    return rows


def as_another(cast: Cast, **manifest: Any) -> dict[str, Any]:
    return {"office": {**OTHER, "key": cast.office.pk}, **manifest}


@pytest.mark.django_db
def test_an_office_of_the_same_name_is_not_opened(cast: Cast, tmp_path: Path) -> None:
    before = Unit.objects.count()
    assert code_of(exported(cast, tmp_path / "o.zip")) == "transfer.office_is_here"
    assert Unit.objects.count() == before


@pytest.mark.django_db
def test_the_same_rows_under_another_name_are_opened_beside_it_with_keys_of_their_own(
    cast: Cast, tmp_path: Path
) -> None:
    path = rewritten(exported(cast, tmp_path / "o.zip"), renamed, **as_another(cast))
    result = open_office(path)
    assert result.office_id != cast.office.pk
    assert Unit.objects.filter(office_id=result.office_id).count() == 2
    assert {one.now for one in result.renamed} >= {"director-2", "school_desk-2"}


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["newer", "older", "other"])
def test_another_version_is_told_with_what_to_do(cast: Cast, tmp_path: Path, way: str) -> None:
    path = exported(cast, tmp_path / "o.zip")
    with opened(path) as box:
        state = {app: list(names) for app, names in box.manifest["migrations"].items()}
    if way in {"newer", "other"}:
        state["plans"].append("9999_later")
    if way in {"older", "other"}:
        state["evidence"].pop()
    assert code_of(rewritten(path, same, **as_another(cast, migrations=state))) == f"transfer.{way}"


def test_the_same_version_passes() -> None:
    refuse_other_version({"a": ["1", "2"]}, "1", {"a": ["2", "1"]})
    with pytest.raises(BadInput):
        refuse_other_version({"a": ["1"]}, "1", {"a": ["1", "2"]})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("data/tenancy.unit.jsonl", {"office_id": 999_999}),
        ("data/access.posting.jsonl", {"user_id": 999_999}),
        ("data/tenancy.unit.jsonl", {"starts_on": "วันไหนก็ได้"}),
        ("data/tenancy.unit.jsonl", {"more": "than there is"}),
        ("data/accounts.user.jsonl", {"id": "1"}),
        ("data/accounts.user.jsonl", {"id": 0}),
    ],
)
def test_forged_rows_open_nothing_and_are_named(
    cast: Cast, tmp_path: Path, member: str, change: dict[str, Any]
) -> None:
    def forge(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if name == member:
            rows[-1].update(change)
        return rows

    before = Unit.objects.count()
    with pytest.raises(RuleBroken) as refused:
        open_office(rewritten(exported(cast, tmp_path / "o.zip"), forge, **as_another(cast)))
    assert (refused.value.code, refused.value.params) == ("transfer.faulty", {"name": member})
    assert Unit.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "manifest", [{"format": 9}, {"models": {}}, {"chain": {}}, {"made_at": "gestern"}, {"office": 3}]
)
def test_a_forged_manifest_opens_nothing(cast: Cast, tmp_path: Path, manifest: dict[str, Any]) -> None:
    path = rewritten(exported(cast, tmp_path / "o.zip"), same, **{**as_another(cast), **manifest})
    assert code_of(path) in {"transfer.format", "transfer.faulty"}


@pytest.mark.django_db
def test_a_file_under_another_digest_is_refused(cast: Cast, tmp_path: Path) -> None:
    path = exported(cast, tmp_path / "o.zip")
    other = path.with_name("forged.zip")
    name = "files/evidence/" + "b" * 64
    with opened(path) as box, other.open("w+b") as out:
        writer = Writer(out)
        for member in sorted(box.names):
            writer.add(member, box.lines(member))
        writer.add(name, [b"not what its name says"])
        kept = {key: value for key, value in box.manifest.items() if key != "members"}
        writer.finish({**kept, **as_another(cast)})
    with pytest.raises(RuleBroken) as refused:
        open_office(other)
    assert refused.value.params == {"name": name}


@pytest.mark.django_db
def test_only_the_system_opens_and_only_the_administrator_exports(cast: Cast, tmp_path: Path) -> None:
    for who in cast.users:
        actor = cast.actor(who)
        assert not ask("office.open", actor, None), who
        assert bool(ask("office.ask_export", actor, None)) == (who == "administrator"), who
    with opened(exported(cast, tmp_path / "o.zip")) as box, pytest.raises(Refused):
        write_opened(actor=cast.actor("administrator"), box=box)
    with scope(cast.office.pk), pytest.raises(Refused):
        ask_export(actor=cast.actor("director"))


@pytest.mark.django_db
def test_the_file_of_another_office_is_not_taken(cast: Cast) -> None:
    with scope(cast.office.pk):
        made = ask_export(actor=cast.actor("administrator"))
        assert not ask("office.take_export", system_actor("test", cast.other_office.pk), made)
        with pytest.raises(Refused):
            take_export(actor=cast.actor("outsider"), export=made)
        assert OfficeExport.objects.get().state == "waiting"


def test_references_to_what_is_gone_become_nobodys() -> None:
    translation = Translation()
    known = translation.keys("plans.project")
    known.old.extend([3, 8])
    known.new.extend([103, 108])
    assert translation.ref("plans.project:8") == "plans.project:108"
    assert translation.ref("plans.project:4") == "plans.project:-4"
    assert translation.ref("plans.project:-4") == "plans.project:-4"
    assert translation.ref("somewhere.else:4") == "somewhere.else:4"
    assert translation.ref("plain words: 4") == "plain words: 4"
    assert translation.key("plans.project", -7) == -7
