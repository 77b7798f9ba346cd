"""Django database backend for SQLite with one write lock for the whole process.

Settings: ``ENGINE = "nithet.foundation.database.sqlite"``. Write-ahead log, ``synchronous=FULL``,
foreign keys on, transactions IMMEDIATE, connections kept open.

Why a lock of our own. SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two
connections write or checkpoint at the same instant, and waits for its own lock by polling, which
leaves some writers waiting for seconds. Here every statement that may write, every transaction
and every checkpoint first takes one fair lock per database file; reads never wait. The lock sits
in the driver's connection class, so sessions, migrations and raw SQL are covered too.
``docs/decisions/0003-one-writer-on-sqlite.md`` has the figures.

Do not open the database file or its ``-shm`` file by other means inside a process that serves:
closing such a handle drops SQLite's own file locks (a rule of POSIX). Copies are made with
``sqlite3.Connection.backup`` or ``VACUUM INTO``.
"""
