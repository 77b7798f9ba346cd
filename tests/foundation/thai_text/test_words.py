"""Words: nothing is lost in cutting, nothing is loaded before it is needed, no folder is made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.foundation.thai_text.words import pieces, words


@given(st.text("กรมการศึกษานิเทศ์ที่1๒ aB-/()\n"))
def test_the_pieces_joined_are_the_text_again(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_official_phrases_are_cut_into_words() -> None:
    assert words("การกำกับ ดูแล ส่งเสริม") == ["การกำกับ", "ดูแล", "ส่งเสริม"]
    assert words("นโยบายที่ 2: โรงเรียน") == ["นโยบาย", "ที่", "2", "โรงเรียน"]


def test_spaces_and_punctuation_are_no_words() -> None:
    assert words("") == words(" – (“ ” / . )") == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize("run", ["ก", "เก", "ตากลม", "\u0e48", "a"])
def test_a_long_text_without_spaces_is_cut_quickly(run: str) -> None:
    assert "".join(pieces(run * 20_000)) == run * 20_000


def test_importing_loads_no_dictionary_and_cutting_makes_no_folder(tmp_path: Path) -> None:
    script = (
        "import sys; from nithet.foundation.thai_text import forms, lists, words\n"
        "assert not any(name.startswith('pythainlp') for name in sys.modules)\n"
        "assert words.words('นิเทศ') == ['นิเทศ']"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHAINLP")}
    source = str(Path(__file__).parents[3] / "src")
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, "HOME": str(tmp_path), "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert list(tmp_path.iterdir()) == []
