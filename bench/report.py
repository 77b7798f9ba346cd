"""A return of some twenty pages as PDF and DOCX, beside LibreOffice where it is installed.

    python bench/report.py [--documents 6] [--keep FOLDER]

Every document is another one: the words of each paragraph are drawn anew from the real return that
the package carries and from the dictionary, so that nothing can win by remembering. Cold is a new
Python process from its start to the file; warm is one process after its first document. Besides
time it counts what of the text is found again in the PDF and how many lines break inside a word.
Exit code 1 where text is lost or lines break badly.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2

import nithet.domain.returns
from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    Paragraph,
    ReturnDocument,
    Role,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
)
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx, render_pdf
from nithet.foundation.documents.line_units import _dictionary
from nithet.foundation.documents.pdf.typesetters import typesetters

SOURCE = Path(nithet.domain.returns.__file__).parent / "demo_data" / "000_0bf55f414089a6b9.txt"
PRINTED = Print(
    issued=True,
    number="12/2569",
    qr_payload="https://example.go.th/d/7QK2M4",
    dated=date(2026, 11, 22),
)
RARE = 0.08
"""Share of the words that are drawn from the whole dictionary instead of from the return."""
WORST_SHARE_INSIDE = 0.005
TIMES_FASTER = 3.5
DOCX_SECONDS = 0.3

THAI = re.compile("[ก-๎]")


# The documents -----------------------------------------------------------------------------


def varied(returned: ReturnDocument, seed: int) -> ReturnDocument:
    """The same form with other words: as long as the real one, no paragraph like it."""
    draw = random.Random(seed)
    pool = [part.text for block in returned.blocks for part in block.narrative]
    phrases = [phrase for text in pool for phrase in text.split() if len(phrase) > 3]
    rare = sorted(word for word in _dictionary().costs if THAI.match(word) and "." not in word)

    def words(length: int) -> str:
        held: list[str] = []
        while sum(map(len, held)) < length:
            some = "".join(draw.sample(rare, 3)) if draw.random() < RARE else draw.choice(phrases)
            held.append(some)
            if draw.random() < 0.1:
                held.append(str(draw.randint(2, 250)))
        return " ".join(held)

    def told(part: Paragraph) -> Paragraph:
        kept = part.role not in (Role.POINT, Role.TEXT)
        return part if kept else replace(part, text=words(len(part.text)))

    def shown(mark: EvidenceMark) -> EvidenceMark:
        return replace(mark, title=words(len(mark.title)))

    def changed(block: Block) -> Block:
        return replace(
            block,
            narrative=tuple(map(told, block.narrative)),
            evidence=tuple(map(shown, block.evidence)),
        )

    return replace(returned, blocks=tuple(map(changed, returned.blocks)))


def cells(returned: ReturnDocument) -> list[str]:
    """Every paragraph of the paper."""
    found = [*returned.heading]
    for block in returned.blocks:
        found.extend(line.removesuffix("(ต่อ)") for line in block.captions)
        found.extend(block.columns)
        for level in block.levels:
            found.extend((printed_level(level), level.text))
        found.extend(map(printed_information, block.information))
        found.extend(map(printed_paragraph, block.narrative))
        for mark in block.evidence:
            found.extend((printed_evidence(mark), *mark.body))
    return [text for text in found if text]


# What came out -----------------------------------------------------------------------------


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pages_of(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in opened]


def lost_cells(pages: list[str], texts: list[str]) -> list[str]:
    shown = [flat(page) for page in pages]
    return [text for text in texts if not any(flat(text) in page for page in shown)]


def broken_words(pages: list[str], texts: list[str]) -> tuple[int, int, list[str]]:
    """Line ends between two Thai letters, how many of them inside a word, and examples.

    Judged by PyThaiNLP's newmm: a break between the words that make up a compound is no fault.
    """
    from pythainlp.corpus import thai_words
    from pythainlp.tokenize.newmm import segment

    known = frozenset(thai_words())

    def made_of_words(part: str) -> bool:
        return all(word in known or not THAI.search(word) for word in segment(part))

    def inside(text: str, place: int) -> bool:
        start = 0
        for word in segment(text):
            end = start + len(word)
            if start < place < end:
                parts = (word[: place - start], word[place - start :])
                return not all(map(made_of_words, parts))
            start = end
        return False

    everything = "\n".join(dict.fromkeys(map(flat, texts)))
    seen, faults = 0, []
    for before, after in line_pairs(pages):
        at = everything.find(before[-12:] + after[:12])
        if at < 0:
            continue
        begin = everything.rfind("\n", 0, at) + 1
        end = everything.find("\n", at)
        text = everything[begin : end if end > 0 else None]
        place = at - begin + len(before[-12:])
        seen += 1
        if inside(text, place):
            faults.append(f"{text[max(0, place - 12) : place]}|{text[place : place + 12]}")
    return seen, len(faults), faults


def line_pairs(pages: list[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        for before, after in pairwise(map(flat, page.splitlines())):
            long = len(before) > 5 and len(after) > 3
            if long and THAI.match(before[-1]) and THAI.match(after[0]):
                yield before, after


# Time --------------------------------------------------------------------------------------


class Spent(NamedTuple):
    """Seconds on the wall, and of the processors in this process and all its children."""

    wall: float
    cpu: float


def seconds_of(work: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), cpu_so_far()
    work()
    return Spent(time.perf_counter() - wall, cpu_so_far() - cpu)


def cpu_so_far() -> float:
    """Of this process, its ended children and the kept typesetters."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = 0
    for pid in typesetters.pids():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        kept += int(fields[11]) + int(fields[12])
    ticks = os.sysconf("SC_CLK_TCK")
    return time.process_time() + ended.ru_utime + ended.ru_stime + kept / ticks


COLD = {
    "pdf": """
from nithet.foundation.documents.pdf.typesetters import typesetters
typesetters.prepare()
import pickle, sys
from pathlib import Path
from nithet.domain.returns.render.layout import to_document
from nithet.foundation.documents.pdf.write import write_pdf
document, printed = pickle.loads(Path(sys.argv[1]).read_bytes())
Path(sys.argv[2]).write_bytes(write_pdf(to_document(document, printed, joined=True)))
""",
    "docx": """
import pickle, sys
from pathlib import Path
from nithet.domain.returns.render.layout import to_document
from nithet.foundation.documents.docx.write import write_docx
document, printed = pickle.loads(Path(sys.argv[1]).read_bytes())
Path(sys.argv[2]).write_bytes(write_docx(to_document(document, printed, joined=False)))
""",
}


def in_new_process(kind: str, document: ReturnDocument, folder: Path) -> Spent:
    source = folder / "cold.pickle"
    source.write_bytes(pickle.dumps((document, PRINTED)))
    command = [sys.executable, "-c", COLD[kind], str(source), str(folder / "cold")]
    return seconds_of(lambda: subprocess.run(command, check=True))


def libreoffice(source: Path, folder: Path) -> Spent:
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    return seconds_of(lambda: subprocess.run(command, check=True, capture_output=True, timeout=300))


def said(name: str, spent: list[Spent]) -> Spent:
    """Print and return the middle of some figures."""
    wall = statistics.median(each.wall for each in spent)
    cpu = statistics.median(each.cpu for each in spent)
    shown = " ".join(f"{each.wall:.3f}" for each in spent)
    print(f"{name:<40} {wall:7.3f} s, of processors {cpu:.3f} s   ({shown})", flush=True)
    return Spent(wall, cpu)


def compared(name: str, ours: Spent, theirs: Spent) -> None:
    holds = "holds" if theirs.wall / ours.wall >= TIMES_FASTER else "does NOT hold"
    print(
        f"{name:<40} {theirs.wall / ours.wall:7.1f} times faster, "
        f"of processors {theirs.cpu / ours.cpu:.1f}   (at least {TIMES_FASTER}: {holds})"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--keep", type=Path, help="leave the files of the first document here")
    given = parser.parse_args()
    returned = read_return(SOURCE.read_bytes()).document
    documents = [varied(returned, seed) for seed in range(given.documents)]
    with tempfile.TemporaryDirectory() as place:
        return measure(documents, Path(place), given.keep)


def measure(documents: list[ReturnDocument], folder: Path, keep: Path | None) -> int:
    made = [render_pdf(document, PRINTED) for document in documents[:1]]
    pages = len(pypdfium2.PdfDocument(made[0]))
    print(f"{len(documents)} documents of about {pages} pages, every one with other words\n")
    warm = said(
        "PDF, warm",
        [seconds_of(lambda d=d: made.append(render_pdf(d, PRINTED))) for d in documents[1:]],
    )
    cold = said(
        "PDF, cold (new process, start to file)",
        [in_new_process("pdf", document, folder) for document in documents[1:4]],
    )
    render_docx(documents[0], PRINTED)
    docx = said(
        "DOCX, warm", [seconds_of(lambda d=d: render_docx(d, PRINTED)) for d in documents[1:]]
    )
    said("DOCX, cold", [in_new_process("docx", document, folder) for document in documents[1:4]])
    print(
        f"{'DOCX under ' + str(DOCX_SECONDS) + ' s':<44} {'holds' if docx.wall < DOCX_SECONDS else 'does NOT hold':>8}"
    )

    if shutil.which("soffice"):
        sources = []
        for number, document in enumerate(documents[:4]):
            sources.append(folder / f"document{number}.docx")
            sources[-1].write_bytes(render_docx(document, PRINTED))
        libreoffice(sources[0], folder)  # makes its profile
        theirs = said("LibreOffice, one call each", [libreoffice(s, folder) for s in sources[1:]])
        theirs_pages = len(pypdfium2.PdfDocument((folder / "document1.pdf").read_bytes()))
        print(f"{'':<44} {theirs_pages:8d} pages of its own")
        compared("PDF, warm, beside LibreOffice", warm, theirs)
        compared("PDF, cold, beside LibreOffice", cold, theirs)
    else:
        print("LibreOffice is not installed here: no ratio.")

    lost, seen, inside, examples = 0, 0, 0, []
    total = 0
    for document, pdf in zip(documents, made, strict=True):
        texts, shown = cells(document), pages_of(pdf)
        total += len(texts)
        lost += len(lost_cells(shown, texts))
        more = broken_words(shown, texts)
        seen, inside = seen + more[0], inside + more[1]
        examples.extend(more[2])
    print(f"\n{'paragraphs found in the text layer':<44} {total - lost} of {total}")
    print(f"{'lines that end inside a word':<44} {inside} of {seen} ({inside / seen:.2%})")
    for example in examples[:8]:
        print(f"    {example}")
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / "report.pdf").write_bytes(made[0])
        (keep / "report.docx").write_bytes(render_docx(documents[0], PRINTED))
    return 1 if lost or inside / seen > WORST_SHARE_INSIDE else 0


if __name__ == "__main__":
    sys.exit(main())
