"""The Thai guide says what the screens say: its words, addresses and pictures are looked up, so it cannot drift silently."""

import importlib
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import Resolver404, resolve
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/guide-th"
CLIENT = ROOT / "frontend/field"
"""The page that works without a network; it has no catalogue, its words stand whole in its modules."""
ROLES = (
    "supervisor",
    "director",
    "group-head",
    "planner",
    "communications-officer",
    "administrator",
    "school-head",
    "school-desk",
    "committee",
    "assessor",
)
PARTS = ("## ทำอะไรได้ใน 3 นาทีแรก", "## ทุกสัปดาห์", "## ก่อนสิ้นรอบ", "## ติดขัดเมื่อ…")
QUOTED, CODE, PICTURE = (
    re.compile(r"\*\*(.+?)\*\*"),
    re.compile(r"`(/[^`]*)`"),
    re.compile(r'<img src="images/([^"]+)" width="720" alt="[^"]+">'),
)
PAGES = [*ROLES, "README"]
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
LITERAL = re.compile(r'"([^"\\\n]*[\u0e00-\u0e7f][^"\\\n]*)"')


def page(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text("utf-8")


def quoted_words(text: str) -> list[str]:
    return QUOTED.findall(text)


def words_of_client(source: str) -> list[str]:
    """Return the Thai texts of a module of the client, without those that only a comment says."""
    return LITERAL.findall(COMMENT.sub("", source))


def is_address(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


@pytest.fixture(scope="module")
def thai() -> set[str]:
    """Every Thai message of every catalogue and of the client, with its spaces as a browser shows them."""
    found = {
        words for path in CLIENT.rglob("*.js") for words in words_of_client(path.read_text("utf-8"))
    }
    for path in (ROOT / "src/nithet").rglob("locale/th/LC_MESSAGES/django.po"):
        with path.open("rb") as lines:
            for message in read_po(lines, locale="th"):
                said = [message.string] if isinstance(message.string, str) else message.string or []
                found.update(" ".join(words.split()) for words in said if message.id and words)
    return found


def test_there_is_one_page_for_each_role_and_the_contents_name_them_all() -> None:
    assert {path.stem for path in GUIDE.glob("*.md")} == set(PAGES)
    assert set(re.findall(r"\]\(([\w-]+)\.md\)", page("README"))) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_has_its_parts_its_pictures_and_a_line_for_the_telephone(role: str) -> None:
    text = page(role)
    places = [text.find(f"\n{part}") for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)
    assert 2 <= len(PICTURE.findall(text)) <= 3
    assert len(text.splitlines()) <= 55
    assert text.rstrip().splitlines()[-1].startswith("โทรศัพท์สำนักงานเขต: ....")


@pytest.mark.parametrize("name", PAGES)
def test_every_word_that_a_page_quotes_is_a_word_of_the_screens(name: str, thai: set[str]) -> None:
    quoted = quoted_words(page(name))
    assert quoted
    assert [words for words in quoted if words not in thai] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_address_that_a_page_quotes_is_one_of_the_product(name: str) -> None:
    assert [address for address in CODE.findall(page(name)) if not is_address(address)] == []


def test_a_word_or_an_address_that_is_gone_is_found(thai: set[str]) -> None:
    assert quoted_words("กด **บันทึก** หรือ **ปุ่มที่ไม่มีอยู่จริง**") == ["บันทึก", "ปุ่มที่ไม่มีอยู่จริง"]
    assert "บันทึก" in thai
    assert "ปุ่มที่ไม่มีอยู่จริง" not in thai
    assert "เก็บเพื่อส่ง" in thai
    assert words_of_client('// "เลิกใช้แล้ว"\nbutton("ก่อนกลับ", leave)') == ["ก่อนกลับ"]
    assert is_address("/evidence/")
    assert not is_address("/no-such-page/")


def test_every_picture_is_used_and_every_picture_that_is_used_is_made_by_the_tool(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("guide_pictures")
    used = [Path(name).stem for role in PAGES for name in PICTURE.findall(page(role))]
    assert len(used) == len(set(used))
    assert set(used) == {path.stem for path in (GUIDE / "images").iterdir()} == set(tool.PICTURES)


def test_pictures_are_of_one_width_and_small() -> None:
    paths = sorted((GUIDE / "images").glob("*.png"))
    for path in paths:
        with Image.open(path) as image:
            assert (path.name, image.width) == (path.name, 1000)
    assert [path.name for path in paths if path.stat().st_size >= 120_000] == []
    assert sum(path.stat().st_size for path in paths) < 2_500_000
