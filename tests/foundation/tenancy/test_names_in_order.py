"""Names of units stand in the order of the Thai dictionary on either database."""

import pytest

from nithet.foundation.tenancy.models import Unit
from tests.conftest import make_unit

pytestmark = pytest.mark.django_db

WRITTEN = ["วัดไทรทอง", "วัดแก้ว", "ตัวอย่างที่ 100", "ตัวอย่างที่ 14", "วัดกลาง", "ตัวอย่างที่ ๑๕", "วัดเขา"]
IN_ORDER = ["ตัวอย่างที่ 14", "ตัวอย่างที่ ๑๕", "ตัวอย่างที่ 100", "วัดกลาง", "วัดแก้ว", "วัดเขา", "วัดไทรทอง"]


@pytest.fixture
def office() -> Unit:
    return make_unit("office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 3")


def in_order(office: Unit) -> list[str]:
    return list(Unit.objects.filter(office=office).order_by("name_key").values_list("name", flat=True))


def test_vowels_before_their_consonant_and_numbers_count_as_a_reader_expects(office: Unit) -> None:
    for name in WRITTEN:
        make_unit("school", name, office=office, parent=office)
    assert in_order(office) == IN_ORDER


def test_units_made_at_once_have_their_keys_too(office: Unit) -> None:
    Unit.objects.bulk_create(Unit(kind="school", name=name, office=office, parent=office) for name in WRITTEN)
    assert in_order(office) == IN_ORDER


def test_a_new_name_brings_its_key(office: Unit) -> None:
    first, second = (make_unit("school", name, office=office, parent=office) for name in ("วัดกลาง", "วัดเขา"))
    first.name = "วัดไทรทอง"
    first.save(update_fields=["name"])
    assert in_order(office) == ["วัดเขา", "วัดไทรทอง"]
    second.rename("วัดแก้ว")
    Unit.objects.bulk_update([second], ["name", "name_key"])
    assert in_order(office) == ["วัดแก้ว", "วัดไทรทอง"]
