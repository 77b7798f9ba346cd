"""One golden file a control: an XLSForm, filled in the browser by hand, and the XML that comes of it.

What differs by nature (numbers of records and files) is written as "…". `NITHET_WRITE_GOLDEN=1` writes the files anew; what
changed in them is then looked at before it is committed.
"""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, sync_playwright

from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.journey.field_work import Row, Tablet, photo, publish

pytestmark = pytest.mark.django_db(transaction=True)

GOLDEN = Path(__file__).parent / "golden"
COLOURS = [
    {
        "list_name": "five",
        "name": str(level),
        "label::ไทย (th)": word,
        "label::English (en)": f"L{level}",
    }
    for level, word in ((5, "ดีเยี่ยม"), (4, "ดีมาก"), (3, "ดี"), (2, "พอใช้"), (1, "เริ่มต้น"))
]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Control:
    """A control, and how a person answers it."""

    survey: Sequence[Row]
    fill: Callable[[Tablet], None]


def one(kind: str, **more: object) -> list[Row]:
    """A form with a single question of a kind, called q."""
    return [
        {
            "type": kind,
            "name": "q",
            "label::ไทย (th)": "คำถาม",
            "label::English (en)": "Question",
            **more,
        }
    ]


def typed(text: str) -> Callable[[Tablet], None]:
    return lambda tablet: tablet.field("q").locator("input, textarea").first.fill(text)


def option(*values: str, name: str = "q") -> Callable[[Tablet], None]:
    def choose(tablet: Tablet) -> None:
        for value in values:
            tablet.field(name).locator(f'.option:has(input[value="{value}"])').click()

    return choose


def a_day(field: Locator, day: str) -> None:
    number, month, year = day.split("/")
    field.locator("[data-part=day]").fill(number)
    field.locator("[data-part=month]").select_option(month)
    field.locator("[data-part=year]").fill(year)


def a_clock(field: Locator, clock: str) -> None:
    hour, minute = clock.split(":")
    field.locator("[data-part=hour]").fill(hour)
    field.locator("[data-part=minute]").fill(minute)


def day_and_time(tablet: Tablet) -> None:
    a_day(tablet.field("q"), "1/3/2568")
    a_clock(tablet.field("q"), "9:05")


def moved(tablet: Tablet) -> None:
    field = tablet.field("q")
    field.get_by_role("button", name="เลื่อนลง").nth(0).click()
    field.get_by_role("button", name="เลื่อนขึ้น").nth(4).click()


def slid(tablet: Tablet) -> None:
    tablet.field("q").locator("input[type=range]").evaluate(
        "(line) => { line.value = '12.5'; line.dispatchEvent(new Event('input', { bubbles: true })); }"
    )


def file_chosen(name: str, media: str, data: bytes) -> Callable[[Tablet], None]:
    def choose(tablet: Tablet) -> None:
        field = tablet.field("q")
        field.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": media, "buffer": data}
        )
        field.locator(".echo").first.wait_for()

    return choose


def placed(tablet: Tablet) -> None:
    tablet.context.grant_permissions(["geolocation"])
    tablet.context.set_geolocation({"latitude": 13.111, "longitude": 99.944, "accuracy": 8})
    tablet.field("q").get_by_role("button", name="บันทึกพิกัด").click()
    tablet.field("q").get_by_text("13.11100").wait_for()


def drawn(tablet: Tablet) -> None:
    tablet.page.get_by_role("button", name="ก่อนกลับ").click()
    sign(tablet)
    tablet.page.get_by_role("button", name="กลับไปแก้ไข").click()


def sign(tablet: Tablet) -> None:
    """Draw a line with the finger on the sheet for the signature."""
    sheet = tablet.page.locator(".drawing canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    mouse = tablet.page.mouse
    mouse.move(box["x"] + 40, box["y"] + 90)
    mouse.down()
    mouse.move(box["x"] + 160, box["y"] + 40, steps=6)
    mouse.up()
    tablet.page.get_by_text("เก็บไว้ในเครื่องแล้ว", exact=True).wait_for()


def twice(tablet: Tablet) -> None:
    """Fill the first entry, add two, and take the middle one away."""
    tablet.field("word").locator("input").fill("หนึ่ง")
    for word in ("สอง", "สาม"):
        tablet.page.get_by_role("button", name="เพิ่มรายการ").click()
        tablet.field("word").locator("input").fill(word)
    tablet.page.get_by_role("button", name="ลบรายการที่ 2").click()


def english(tablet: Tablet) -> None:
    tablet.page.locator(".language select").select_option("English (en)")
    tablet.page.get_by_text("L4").first.click()


def related(tablet: Tablet) -> None:
    """What is not asked is not sent; what is worked out is."""
    option("1", name="a")(tablet)
    tablet.field("why").locator("textarea").fill("เพราะเพิ่งเริ่ม")
    option("4", name="b")(tablet)
    tablet.page.get_by_text("รวม 5 จาก 10").wait_for()
    option("5", name="a")(tablet)
    tablet.page.get_by_text("รวม 9 จาก 10").wait_for()


def begun(*names: str) -> list[Row]:
    return [row for name in names for row in one(f"select_one {name}")]


CONTROLS: dict[str, Control] = {
    "text": Control(one("text"), typed("ครูใช้สื่อ <ดี> & เหมาะ")),
    "text-rows": Control(one("text", appearance="multiline"), typed("บรรทัดหนึ่ง\nบรรทัดสอง")),
    "integer": Control(one("integer"), typed("๑,๒๓๔")),
    "decimal": Control(one("decimal"), typed("12.50")),
    "date": Control(one("date"), lambda tablet: a_day(tablet.field("q"), "29/2/2567")),
    "time": Control(one("time"), lambda tablet: a_clock(tablet.field("q"), "13:45")),
    "datetime": Control(one("dateTime"), day_and_time),
    "select-one": Control(one("select_one five"), option("3")),
    "select-one-likert": Control(one("select_one five", appearance="likert"), option("4")),
    "select-one-minimal": Control(
        one("select_one five", appearance="minimal"),
        lambda tablet: tablet.field("q").locator("select").select_option("2"),  # type: ignore[arg-type,return-value]
    ),
    "select-multiple": Control(one("select_multiple five"), option("2", "5")),
    "range-rating": Control(one("range", parameters="start=1 end=5 step=1"), option("4")),
    "range-line": Control(one("range", parameters="start=0 end=20 step=0.5"), slid),
    "rank": Control(one("rank five"), moved),
    "note": Control(
        [*one("note"), *one("text", name="word")],
        lambda tablet: tablet.field("word").locator("input").fill("x"),
    ),
    "acknowledge": Control(
        one("acknowledge"), lambda tablet: tablet.field("q").locator(".option").click()
    ),
    "image": Control(
        one("image", parameters="max-pixels=640"),
        file_chosen("a.jpg", "image/jpeg", photo(1200, 900)),
    ),
    "audio": Control(one("audio"), file_chosen("a.mp3", "audio/mpeg", b"ID3" + bytes(64))),
    "file": Control(one("file"), file_chosen("a.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")),
    "geopoint": Control(one("geopoint"), placed),
    "signature": Control([*one("text", name="word"), *one("image", appearance="signature")], drawn),
    "repeat": Control(
        [
            {
                "type": "begin repeat",
                "name": "r",
                "label::ไทย (th)": "รายการ",
                "label::English (en)": "Entry",
            },
            *one("text", name="word"),
            {"type": "end repeat"},
        ],
        twice,
    ),
    "relevance-and-calculation": Control(
        [
            {
                "type": "begin group",
                "name": "g",
                "label::ไทย (th)": "กลุ่ม",
                "label::English (en)": "Group",
            },
            *one("select_one five", name="a"),
            *one("text", name="why", relevant="${a} < 3", appearance="multiline"),
            *one("select_one five", name="b"),
            {
                "type": "calculate",
                "name": "sum",
                "calculation": "coalesce(${a}, 0) + coalesce(${b}, 0)",
            },
            {
                "type": "note",
                "name": "n",
                "label::ไทย (th)": "รวม ${sum} จาก 10",
                "label::English (en)": "${sum} of 10",
            },
            {"type": "end group"},
        ],
        related,
    ),
    "languages": Control(one("select_one five"), english),
}


@pytest.mark.timeout(240)
def test_every_control_writes_what_its_golden_file_says(
    live_server, straight_from_the_build: None, cast: Cast, tmp_path: Path
) -> None:
    with scope(cast.office.pk):
        forms = {
            name: publish(
                cast.actor("planner"),
                control.survey,
                COLOURS,
                form_id=f"c-{name}",
                title=name,
                default_language="ไทย (th)",
            )
            for name, control in CONTROLS.items()
        }
    found: dict[str, str] = {}
    with sync_playwright() as playwright:
        tablet = Tablet(playwright, live_server.url, tmp_path / "tablet")
        tablet.sign_in("supervisor")
        tablet.page.get_by_text(f"แบบ {len(CONTROLS)} ฉบับ").wait_for()
        tablet.kept_for_offline()
        tablet.offline()
        for name, control in CONTROLS.items():
            tablet.begin(forms[name])
            control.fill(tablet)
            record = tablet.record(tablet.finish())
            found[name] = plain(str(record["xml"]))
        tablet.offline(is_off=False)
        complaints = tablet.complaints
        tablet.close_browser()
    if os.environ.get("NITHET_WRITE_GOLDEN"):
        for name, xml in found.items():
            (GOLDEN / f"{name}.xml").write_text(xml, encoding="utf-8")
    wrong = {
        name: xml
        for name, xml in found.items()
        if xml != (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    }
    assert wrong == {}
    assert complaints == []
    assert {path.stem for path in GOLDEN.glob("*.xml")} == set(CONTROLS)


def plain(xml: str) -> str:
    """Leave out what differs by nature."""
    return UUID.sub("…", xml).replace("><", ">\n<") + "\n"
