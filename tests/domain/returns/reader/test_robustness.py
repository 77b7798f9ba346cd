"""Whatever happens to a file, the answer is a result or a reason, and never anything else."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.summary import to_json
from nithet.kernel.errors import BadInput
from tests.domain.returns.reader.samples import SEED, TEXT
from tests.domain.returns.reader.word_files import word_file

LINES = TEXT.split("\n")
WORD = word_file(read_return(SEED).document)
CORPUS = ["(", ")", "\t", "1.", "1.1", "ข้อที่ 9", "ประเด็นที่ 5.4", "ตัวบ่งชี้ที่ 1", "ระดับ 1", "ระดับคุณภาพ", "คำอธิบายคุณภาพ",
          "ปัจจัย/วิธีการ", "ปัญหา/อุปสรรค", "(ไม่มี)", "☑", "( / )", "โครงการ", "โรงเรียนวัด", "24 พฤษภาคม 2555", "มกราคม – มีนาคม 0000",
          "99 กุมภาพันธ์ 9999", "๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙ คน", "ข้อที่ 99999999999999999999", "\x0c", "\xa0", "", " "]  # fmt: skip


def outcome(data: bytes) -> ReturnDocument | str:
    """The document or the code of the refusal; the summary must come out of every document."""
    try:
        result = read_return(data)
    except BadInput as error:
        assert str(error)
        return error.code
    to_json(result)
    return result.document


@settings(deadline=None, max_examples=25)
@given(st.integers(0, len(SEED)))
def test_cut_anywhere(length: int) -> None:
    outcome(SEED[:length])


@settings(deadline=None, max_examples=25)
@given(st.sets(st.integers(0, len(LINES) - 1), max_size=200))
def test_with_any_lines_missing(missing: set[int]) -> None:
    outcome("\n".join(line for number, line in enumerate(LINES) if number not in missing).encode())


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 400))
def test_with_any_bytes_changed(chance: random.Random, times: int) -> None:
    data = bytearray(SEED)
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome(bytes(data))


@settings(deadline=None, max_examples=15)
@given(st.randoms(use_true_random=False))
def test_with_its_lines_in_any_order(chance: random.Random) -> None:
    lines = LINES[:]
    chance.shuffle(lines)
    outcome("\n".join(lines).encode())


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, len(LINES)), st.sampled_from(CORPUS)), max_size=40))
def test_with_the_words_of_the_form_anywhere(added: list[tuple[int, str]]) -> None:
    lines = LINES[:]
    for place, words in added:
        lines.insert(place, words)
    outcome("\n".join(lines).encode())


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(CORPUS), max_size=60), st.sampled_from(["\n", " ", "\t", "\n\t"]))
def test_made_of_nothing_but_the_words_of_the_form(words: list[str], between: str) -> None:
    outcome(between.join(words).encode())


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_a_word_file_with_any_bytes_changed(chance: random.Random, times: int) -> None:
    data = bytearray(WORD)
    for _ in range(times):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome(bytes(data))


@settings(deadline=None, max_examples=15)
@given(st.integers(0, len(WORD)), st.integers(0, 3000))
def test_a_word_file_with_any_piece_missing(begin: int, length: int) -> None:
    outcome(WORD[:begin] + WORD[begin + length :])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes_at_all(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-"):
        outcome(start + data)
