"""Search over 100,000 short documents (goal G13): everything a plain substring search finds, and how quickly.

    python bench/search.py                 # SQLite
    python bench/search.py --db=postgres   # a PostgreSQL of the tests' own

Prints recall and precision against the plain substring search of the normalised texts, p50 and p95 of the first page of
results (one query of the office's own, the newest first) and of the peer (LIKE over the same table), and what index and text weigh.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
DOCUMENTS = 100_000
QUERIES = [
    "โรงเรียน", "นิเทศ", "ศึกษานิเทศก์", "วิจัย", "งบประมาณ", "โครงการ", "ประเมินตนเอง", "น้ำ", "2555", "วัดเพรียง",
    "คณะกรรมการ", "กำกับติดตาม", "เครือข่าย", "SBM", "ปัญหา อุปสรรค", "หลักฐาน โรงเรียน", "รงเรีย", "พัฒนาการจัด", "ข้อ", "ไม่มีคำนี้เลย",
]
TIMES = 5
PAGE = 100


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nithet.config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NITHET_DATA"] = folder
        server = None
        if asked.db == "postgres":
            from tests import postgres_server

            server = postgres_server.start()
            os.environ["NITHET_DATABASE_URL"] = server.url
        try:
            run(asked.documents)
        finally:
            from django.db import connections

            connections.close_all()
            if server:
                server.stop()


def sentences() -> list[str]:
    """Return the clauses of the shipped return: the words that offices really write."""
    from importlib.resources import files

    folder = files("nithet.domain.returns").joinpath("demo_data")
    texts = [entry.read_text("utf-8", "replace") for entry in folder.iterdir() if entry.name.endswith(".txt")]
    return [line.strip() for text in texts for line in text.splitlines() if len(line.strip()) > 12]


def run(count: int) -> None:
    """Fill, ask, print."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from nithet.foundation.search.finding import hits
    from nithet.foundation.search.models import SearchEntry
    from nithet.foundation.search.wording import terms_of
    from nithet.foundation.tenancy.models import Unit
    from nithet.foundation.tenancy.scope import scope
    from nithet.foundation.thai_text.forms import search_form

    call_command("migrate", verbosity=0)
    luck = random.Random(13)
    lines = [(line, search_form(line[:85])) for line in sentences()]
    office = Unit.objects.create(kind="office", name="สำนักงานเขตตัวอย่าง")
    forms: dict[int, str] = {}
    with scope(office.pk):
        begun = time.perf_counter()
        for start in range(0, count, 5000):
            rows = []
            for n in range(start, min(start + 5000, count)):
                picked = luck.choices(lines, k=2)
                body = " ".join(line[:85] for line, _ in picked)
                form = f"{picked[0][1]}\n{picked[1][1]}\n{n}"
                rows.append(SearchEntry(office=office, kind="bench.note", record_id=str(n), title=body[:80], body=body, form=form, day=date(2005, 10, 1) + timedelta(luck.randrange(5000)), fiscal_year=2550))
            SearchEntry.objects.bulk_create(rows, batch_size=1000)
            forms |= {int(row.record_id): row.form for row in rows}
        filled = time.perf_counter() - begun
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE search_searchentry")
        found_all = right = given = 0
        ours: list[float] = []
        plain: list[float] = []
        for typed in QUERIES:
            terms = terms_of(typed)
            truth = {n for n, form in forms.items() if all(term in form for term in terms)}
            got = {int(hit.record_id) for batch in hits(terms, batch=5000) for hit in batch}
            found_all, right, given = found_all + len(truth), right + len(truth & got), given + len(got)
            for _ in range(TIMES):
                begun = time.perf_counter()
                next(iter(hits(terms, batch=PAGE)), [])
                ours.append(1000 * (time.perf_counter() - begun))
            begun = time.perf_counter()
            rows_of_peer = SearchEntry.objects.all()
            for term in terms:
                rows_of_peer = rows_of_peer.filter(form__contains=term)
            list(rows_of_peer.order_by("-day", "-id").values_list("pk")[:PAGE])
            plain.append(1000 * (time.perf_counter() - begun))
        text = sum(len(form.encode()) for form in forms.values())
        print(f"{connection.vendor}: {count:,} documents, {text / 1e6:.1f} MB of text, filled and indexed in {filled:.1f} s")
        print(f"recall {right / found_all:.3f}, precision {right / given:.3f} over {found_all:,} hits of {len(QUERIES)} queries")
        print(f"first {PAGE}, newest first: p50 {statistics.median(ours):.2f} ms, p95 {p95(ours):.2f} ms; LIKE ordered: p95 {p95(plain):.2f} ms")
        print(f"index {index_bytes(connection) / text:.2f} x the text")
    if right != found_all or right != given:
        sys.exit("the search does not find what a plain substring search finds")


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def index_bytes(connection: object) -> int:
    """Return what the trigram index weighs."""
    sql = "SELECT sum(length(block)) FROM search_fts_data"
    if connection.vendor == "postgresql":  # type: ignore[attr-defined]
        sql = "SELECT pg_relation_size('search_entry_trigrams')"
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
