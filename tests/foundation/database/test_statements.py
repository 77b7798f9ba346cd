import pytest

from nithet.foundation.database.sqlite.statements import Kind, kind_of

READS = [
    "SELECT 1",
    "  select * from t",
    "-- a comment\nSELECT 1",
    "/* a\ncomment */ SELECT 1",
    "EXPLAIN QUERY PLAN DELETE FROM t",
    "VALUES (1), (2)",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "BEGIN",
    "BEGIN DEFERRED TRANSACTION",
    "SAVEPOINT s1",
    "PRAGMA foreign_keys = ON",
    "PRAGMA integrity_check",
    "PRAGMA table_info(t)",
    "PRAGMA main.table_info(t)",
    "PRAGMA journal_mode",
    "VACUUM INTO '/tmp/copy'",
    "VACUUM main INTO '/tmp/copy'",
]
WRITES = [
    "INSERT INTO t VALUES (1)",
    "insert into t values (1)",
    "\n  UPDATE t SET a = 1",
    "DELETE FROM t",
    "REPLACE INTO t VALUES (1)",
    "/* SELECT */ DELETE FROM t",
    "-- SELECT 1\nDELETE FROM t",
    "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
    "with a as (select 1) delete from t where id in a",
    "CREATE TABLE t (a)",
    "DROP TABLE t",
    "ALTER TABLE t ADD COLUMN b",
    "BEGIN IMMEDIATE",
    "begin exclusive transaction",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA wal_checkpoint",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA journal_mode(DELETE)",
    "PRAGMA user_version = 3",
    "PRAGMA optimize",
    "PRAGMA incremental_vacuum",
    "VACUUM",
    "REINDEX",
    "ANALYZE",
    "ATTACH 'x' AS y",
    "",
    "no such statement",
]
ENDS = ["COMMIT", "commit transaction", "END", "ROLLBACK", "ROLLBACK TO s1", "RELEASE s1"]


@pytest.mark.parametrize("sql", READS)
def test_a_statement_that_only_reads_needs_no_lock(sql):
    assert kind_of(sql) is Kind.READ


@pytest.mark.parametrize("sql", WRITES)
def test_a_statement_that_may_write_needs_the_lock(sql):
    assert kind_of(sql) is Kind.WRITE


@pytest.mark.parametrize("sql", ENDS)
def test_the_end_of_a_transaction_is_recognised(sql):
    assert kind_of(sql) is Kind.END
