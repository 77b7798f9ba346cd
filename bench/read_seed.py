"""Reads the real return, as text and as the Word file that the product makes of it.

    python bench/read_seed.py [--repeat 15]

The floor is what any reader of the file must do and no more: for the text, decode it and split it
into lines and columns; for Word, open the package and parse its main part. Medians of the seconds
of this process, since the machine may be busy with something else.

Exits with 1 when the two readings differ, or when reading either takes a second or more.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from lxml import etree

import nithet.domain.returns
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx
from nithet.domain.returns.summary import to_json

SOURCE = Path(nithet.domain.returns.__file__).parent / "demo_data" / "000_0bf55f414089a6b9.txt"
LIMIT = 1.0
"""Seconds."""


def split_only(data: bytes) -> int:
    """Decode and split into lines and columns: the least that reading the text can mean."""
    return sum(len(line.split("\t")) for line in data.decode("utf-8").splitlines())


def parse_only(data: bytes) -> int:
    """Open the package and parse its main part: the least that reading a Word file can mean."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return len(etree.fromstring(package.read("word/document.xml")))


def times(calls: int, work: Callable[[bytes], object], data: bytes) -> None:
    """Do a short work often enough for the clock."""
    for _ in range(calls):
        work(data)


def seconds(work: Callable[[], object], repeat: int) -> float:
    """Return the median seconds of this process that the work takes."""
    work()
    taken = []
    for _ in range(repeat):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return median(taken)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repeat", type=int, default=15, help="how often to read; the median counts"
    )
    repeat = parser.parse_args().repeat

    text = SOURCE.read_bytes()
    started = time.perf_counter()
    reading = read_return(text, SOURCE.name)
    cold = time.perf_counter() - started
    word = render_docx(reading.document, Print(issued=True, number="5.4/2555-1"))
    print(f"first reading of the text in a new process {1e3 * cold:8.1f} ms on the wall")

    slowest = 0.0
    for name, data, read, floor, calls in (
        ("text", text, SOURCE.name, split_only, 200),
        ("Word", word, "return.docx", parse_only, 20),
    ):
        mine = seconds(partial(read_return, data, read), repeat)
        bare = seconds(partial(times, calls, floor, data), repeat) / calls
        slowest = max(slowest, mine)
        print(
            f"{name}  {len(data) / 1e3:7.1f} kB   read {1e3 * mine:7.1f} ms  {len(data) / mine / 1e6:6.2f} MB/s"
            f"   floor {1e3 * bare:7.3f} ms   ratio {mine / bare:7.1f}"
        )
    whole = seconds(lambda: to_json(read_return(text, SOURCE.name)), repeat)
    print(f"text with the summary of `read-return --json` {1e3 * whole:6.1f} ms")

    same = read_return(word, "return.docx").document == reading.document
    print(f"the Word file says what the text says: {'yes' if same else 'NO'}")
    return 0 if same and slowest < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
