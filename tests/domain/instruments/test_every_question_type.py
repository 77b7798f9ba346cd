"""An XLSForm of every question type becomes an XForm, and that the definition which the product reads."""

import pytest

from nithet.domain.instruments.rules.definition import asked
from nithet.domain.instruments.rules.xlsform import hash_of
from tests.domain.instruments.xlsforms import convert, form, row

EVERY = [
    *(row(kind) for kind in ("start", "end", "today", "deviceid", "username")),
    row("text", "school", "โรงเรียน", required="yes", hint="ชื่อเต็ม"),
    row("integer", "pupils", "นักเรียน", constraint=". > 0", constraint_message="ต้องมากกว่า 0"),
    row("decimal", "score", "คะแนน"),
    row("begin_group", "g1", "ด้านที่ 1"),
    row("select_one five", "q1", "ข้อ 1", appearance="likert"),
    row("select_one five", "q2", "ข้อ 2", private="yes"),
    row("begin_group", "inner", "ย่อย"),
    row("select_multiple five", "many", "หลายข้อ"),
    row("end_group"),
    row("rank five", "ordered", "เรียง"),
    row("select_one_from_file schools.csv", "listed", "จากแฟ้ม"),
    row("range", "slide", "ช่วง", parameters="start=1 end=5 step=1"),
    row("range", "wide", "ร้อยละ", parameters="start=0 end=100 step=10"),
    row("end_group"),
    row("begin_repeat", "agreed", "ข้อตกลง"),
    row("text", "what", "จะทำอะไร"),
    row("date", "due_on", "ภายใน"),
    row("end_repeat"),
    *(
        row(kind, f"a_{kind}", kind)
        for kind in ("time", "dateTime", "geopoint", "geotrace", "geoshape", "barcode")
    ),
    *(row(kind, f"a_{kind}", kind) for kind in ("audio", "video", "file", "acknowledge")),
    row("image", "photo", "ภาพ", parameters="max-pixels=1600"),
    row("image", "signed", "ลายมือชื่อ", appearance="signature"),
    row("note", "told", "มี ${pupils} คน"),
    row("calculate", "sum", calculation="coalesce(${pupils}, 0) + 1"),
    row("hidden", "kept"),
    row("select_one five or_other", "other", "อื่น"),
]
TYPES = {
    "start": "metadata",
    "deviceid": "metadata",
    "school": "text",
    "pupils": "integer",
    "score": "decimal",
    "g1/q1": "select_one",
    "g1/inner/many": "select_multiple",
    "g1/ordered": "rank",
    "g1/listed": "select_one",
    "g1/slide": "range",
    "agreed/what": "text",
    "agreed/due_on": "date",
    "a_time": "time",
    "a_dateTime": "dateTime",
    "a_geopoint": "geopoint",
    "a_geotrace": "geotrace",
    "a_geoshape": "geoshape",
    "a_barcode": "barcode",
    "a_audio": "audio",
    "a_video": "video",
    "a_file": "file",
    "a_acknowledge": "acknowledge",
    "photo": "image",
    "signed": "signature",
    "told": "note",
    "sum": "calculate",
    "kept": "hidden",
    "other": "select_one",
    "other_other": "text",
}


def test_every_type_has_its_name_in_the_definition() -> None:
    found = {
        one["path"]: one["type"] for one in convert(form(EVERY), brought=["schools.csv"]).definition
    }
    assert TYPES.items() <= found.items()
    assert found["meta/instanceID"] == "metadata"


def test_groups_repeats_and_what_is_said_of_a_question_are_kept() -> None:
    found = {one["path"]: one for one in convert(form(EVERY)).definition}
    assert found["school"]["required"] is True
    assert found["school"]["hint"] == "ชื่อเต็ม"
    assert found["pupils"]["constraint_message"] == "ต้องมากกว่า 0"
    assert found["g1/inner/many"]["groups"] == ["ด้านที่ 1", "ย่อย"]
    assert found["g1/inner/many"]["group"] == "g1/inner"
    assert found["agreed/what"]["repeat"] == "agreed"
    assert found["agreed/what"]["groups"] == ["ข้อตกลง"]
    assert found["g1/q1"]["repeat"] == ""
    assert found["told"]["label"] == "มี … คน"
    assert found["g1/listed"]["choices_from"] == "schools.csv"
    assert found["g1/wide"]["range"] == {"start": "0", "end": "100", "step": "10"}


def test_a_rating_is_known_by_its_choices_and_a_wide_range_is_none() -> None:
    found = {one["path"]: one for one in convert(form(EVERY)).definition}
    assert (found["g1/q1"]["scale"], found["g1/q1"]["scheme"]) == (5, "boonchom-5")
    assert found["g1/q1"]["choices"][0] == {"value": "5", "label": "มากที่สุด"}
    assert (found["g1/slide"]["scale"], found["g1/slide"]["kind"]) == (5, "rating")
    assert (found["g1/wide"]["scale"], found["g1/wide"]["kind"]) == (None, "")
    assert found["other"]["scale"] == 5, "the added “other” is no level"


def test_what_names_a_person_is_private_and_the_column_leaves_no_trace_on_devices() -> None:
    made = convert(form(EVERY))
    private = [one["name"] for one in made.definition if one["private"]]
    assert private == ["q2"]
    assert "private" not in made.xform


def test_what_nobody_answers_asks_nothing() -> None:
    silent = {one["name"] for one in convert(form(EVERY)).definition if not one["asks"]}
    assert {"start", "told", "sum", "kept", "instanceID"} <= silent
    assert not {"school", "photo", "a_acknowledge"} & silent


def test_words_that_the_converter_adds_are_thai() -> None:
    made = convert(form(EVERY))
    assert "Specify other" not in made.xform
    assert (
        next(one for one in made.definition if one["name"] == "other_other")["label"] == "โปรดระบุ"
    )


def test_the_hash_is_that_of_the_form_and_changes_with_it() -> None:
    made = convert(form(EVERY))
    assert made.hash == hash_of(made.xform)
    assert made.hash.startswith("md5:") and len(made.hash) == 36
    assert convert(form(EVERY[:-1])).hash != made.hash
    assert convert(form(EVERY)).hash == made.hash, "the same sheet gives the same form"


def test_thai_is_read_where_a_form_has_several_languages() -> None:
    rows = [
        {
            "type": "text",
            "name": "a",
            "label::English (en)": "School",
            "label::ไทย (th)": "โรงเรียน",
        },
        {
            "type": "select_one yn",
            "name": "b",
            "label::English (en)": "Good?",
            "label::ไทย (th)": "ดีไหม",
        },
    ]
    choices = [
        {"list_name": "yn", "name": "yes", "label::English (en)": "yes", "label::ไทย (th)": "มี"},
        {"list_name": "yn", "name": "no", "label::English (en)": "no", "label::ไทย (th)": "ไม่มี"},
    ]
    asks = asked(convert(form(rows, choices)).definition)
    assert [one["label"] for one in asks] == ["โรงเรียน", "ดีไหม"]
    assert asks[1]["choices"] == [{"value": "yes", "label": "มี"}, {"value": "no", "label": "ไม่มี"}]
    assert asks[1]["kind"] == "check"


def test_entities_pass_through_to_the_form() -> None:
    rows = [
        row("text", "topic", "เรื่อง", save_to="topic"),
        row("date", "due", "ภายใน", save_to="due"),
    ]
    entities = [{"list_name": "agreements", "label": "${topic}"}]
    made = convert(form(rows, (), entities=entities))
    assert 'entities:saveto="topic"' in made.xform
    assert 'dataset="agreements"' in made.xform


def test_choices_from_outside_go_along_as_a_file() -> None:
    rows = [
        row("select_one district", "district", "อำเภอ"),
        row(
            "select_one_external village", "village", "หมู่บ้าน", choice_filter="district=${district}"
        ),
    ]
    choices = [{"list_name": "district", "name": "a", "label": "ก"}]
    external = [{"list_name": "village", "name": "v", "label": "บ้าน", "district": "a"}]
    made = convert(form(rows, choices, external_choices=external))
    assert made.itemsets is not None
    assert "village" in made.itemsets.decode()


@pytest.mark.parametrize(
    ("labels", "values", "kind"),
    [
        (["มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด"], ["5", "4", "3", "2", "1"], "rating"),
        (["น้อย", "ปานกลาง", "มาก"], ["1", "2", "3"], "rating"),
        (["มี", "ไม่มี"], ["yes", "no"], "check"),
        (["ยัง", "บางส่วน", "แล้ว"], ["not_yet", "partly", "done"], "progress"),
        (["แดง", "เขียว"], ["1", "2"], ""),
    ],
)
def test_choices_without_values_get_those_that_their_words_stand_for(
    labels: list[str], values: list[str], kind: str
) -> None:
    choices = [{"list_name": "own", "label": label} for label in labels]
    one = asked(convert(form([row("select_one own", label="ข้อหนึ่ง")], choices)).definition)[0]
    assert [choice["value"] for choice in one["choices"]] == values
    assert one["kind"] == kind
