"""Processes that set documents are kept, limited and ended."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nithet.foundation.documents.errors import (
    DocumentFault,
    DocumentTooHeavy,
    TypesetterBusy,
    UnprintableText,
)
from nithet.foundation.documents.model import Cell, Heading, Row, Table, paragraph
from nithet.foundation.documents.pdf.typesetters import Limits, Typesetters
from tests.foundation.documents.samples import THAI, document, text_of

SMALL = document(paragraph("ก"))


@pytest.fixture
def pools() -> Iterator[list[Typesetters]]:
    made: list[Typesetters] = []
    yield made
    for pool in made:
        pool.close()


def opened(pools: list[Typesetters], *, most: int = 1, **limits: float) -> Typesetters:
    pool = Typesetters(most=most, limits=Limits(**limits))
    pools.append(pool)
    return pool


def heavy() -> object:
    """Takes many seconds."""
    rows = tuple(Row((Cell((paragraph(f"{n} {' '.join(THAI)}"),)),)) for n in range(6000))
    return document(Table((1.0,), Row((Cell(),)), rows))


def has_ended(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_one_process_sets_one_document_after_another(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    first = pool.pdf(SMALL)
    kept = pool.pids()
    assert len(kept) == 1
    assert pool.pdf(SMALL) == first
    assert pool.pids() == kept


def test_a_document_that_takes_too_long_is_ended_and_the_next_one_set(
    pools: list[Typesetters],
) -> None:
    pool = opened(pools, seconds=4.0)
    pool.pdf(SMALL)
    (kept,) = pool.pids()
    begun = time.monotonic()
    with pytest.raises(DocumentTooHeavy) as caught:
        pool.pdf(heavy())
    assert caught.value.code == "documents.too_slow"
    assert time.monotonic() - begun < 15
    assert has_ended(kept)
    assert pool.pdf(SMALL)
    assert kept not in pool.pids()


def test_a_document_that_needs_too_much_memory_is_refused(pools: list[Typesetters]) -> None:
    pool = opened(pools, seconds=60.0, megabytes=420)
    with pytest.raises(DocumentTooHeavy) as caught:
        pool.pdf(heavy())
    assert caught.value.code == "documents.too_heavy"
    assert pool.pdf(SMALL)


def test_a_kept_process_that_died_is_replaced(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    pool.pdf(SMALL)
    (killed,) = pool.pids()
    os.kill(killed, signal.SIGKILL)
    assert pool.pdf(SMALL)
    assert pool.pids() != (killed,)


def test_a_refused_document_costs_no_process(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    with pytest.raises(UnprintableText):
        pool.pdf(document(paragraph("😀")))
    kept = pool.pids()
    with pytest.raises(DocumentFault) as caught:
        pool.pdf(document(Table((1.0, 1.0), Row((Cell(),)), ())))
    assert "columns" in str(caught.value)
    with pytest.raises(DocumentFault):
        pool.pdf(document(Heading(3, "ระดับ 3 ที่ไม่มีระดับ 1")))
    assert pool.pdf(SMALL)
    assert pool.pids() == kept


def test_a_process_can_be_started_ahead_of_need(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    pool.prepare()
    ready = pool.pids()
    assert len(ready) == 1
    pool.prepare()
    assert pool.pdf(SMALL)
    assert pool.pids() == ready


def test_a_busy_pool_does_not_grow_beyond_its_size(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    with pool._place():
        pool.prepare()
        assert pool.pids() == ()


def test_closing_ends_the_processes(pools: list[Typesetters]) -> None:
    pool = opened(pools)
    pool.pdf(SMALL)
    (kept,) = pool.pids()
    pool.close()
    assert has_ended(kept)


def test_many_at_once_share_the_processes_and_get_their_own(pools: list[Typesetters]) -> None:
    pool = opened(pools, most=2)
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda n: pool.pdf(document(paragraph(f"ฉบับที่{n}ก"))), range(12)))
    for number, pdf in enumerate(made):
        assert f"ฉบับที่{number}ก" in text_of(pdf)
    assert 1 <= len(pool.pids()) <= 2


def test_who_waits_too_long_is_told_to_come_back(pools: list[Typesetters]) -> None:
    pool = opened(pools, seconds=1.0)
    with ThreadPoolExecutor(1) as threads, pool._place():
        waiting = threads.submit(pool.pdf, SMALL)
        with pytest.raises(TypesetterBusy):
            waiting.result(timeout=10)


def test_the_process_sees_nothing_of_the_secrets_around_it(
    pools: list[Typesetters], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NITHET_SECRET_KEY", "do-not-tell")
    pool = opened(pools)
    pool.pdf(SMALL)
    (kept,) = pool.pids()
    assert b"do-not-tell" not in Path(f"/proc/{kept}/environ").read_bytes()
