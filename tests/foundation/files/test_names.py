import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.foundation.files.names import LONGEST_BYTES, extension_of, safe_file_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\งาน\\รายงาน.pdf", "รายงาน.pdf"),
        ("รายงาน\u202efdp.exe", "รายงานfdp.exe"),
        ("NUL", "_NUL"),
        ("com1.txt", "_com1.txt"),
        ("computer.txt", "computer.txt"),
        (" . ", "file"),
        ("", "file"),
        ("ก\u0e48\u0e48\u0e48\u0e48\u0e48\u0e48.pdf", "ก\u0e48\u0e48\u0e48\u0e48.pdf"),
        ("กิ่งแก้ว น้ำใจ.pdf", "กิ่งแก้ว น้ำใจ.pdf"),
    ],
)
def test_names_lose_what_misleads_and_nothing_else(given_name, kept):
    assert safe_file_name(given_name) == kept


def test_two_spellings_of_the_same_letters_are_one_name():
    assert safe_file_name("Re\u0301sume\u0301.pdf") == safe_file_name("Résumé.pdf")


@pytest.mark.parametrize(
    ("given_name", "extension", "kept"),
    [
        ("a.pdf.exe", ".pdf", "a.pdf"),
        ("a.exe.pdf", ".pdf", "a.pdf"),
        ("a.JPEG", ".jpg", "a.jpeg"),
        ("a.docx", ".pdf", "a.docx.pdf"),
        ("?.pdf", ".pdf", "file.pdf"),
        ("ไม่มีนามสกุล", ".png", "ไม่มีนามสกุล.png"),
    ],
)
def test_a_name_ends_as_its_content_is(given_name, extension, kept):
    assert safe_file_name(given_name, extension) == kept


@given(st.text(max_size=400), st.sampled_from(["", ".pdf", ".jpg"]))
def test_whatever_the_name_what_comes_out_is_safe_and_stays_as_it_is(name, extension):
    safe = safe_file_name(name, extension)
    assert safe
    assert len(safe.encode()) <= LONGEST_BYTES + 1
    assert not set(safe) & set('<>:"|?*\\/\r\n\0\u202e\u200b')
    assert safe == safe.strip(" .")
    assert safe.endswith(extension) or extension == ".jpg"
    assert safe_file_name(safe, extension) == safe


def test_an_extension_is_what_stands_behind_the_last_dot():
    assert [extension_of(name) for name in ("a.PDF", "a.b.docx", "a", ".htaccess", "1. งาน")] == [
        ".pdf",
        ".docx",
        "",
        "",
        "",
    ]
