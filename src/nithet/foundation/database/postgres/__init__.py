"""Django's backend for PostgreSQL, with fewer questions on the way of a small write.

Settings: ``ENGINE = "nithet.foundation.database.postgres"``. A kept connection is asked whether it still lives every few seconds
and not with every request, and `prepared.prepared_cursor` has the few statements of the busiest path planned once a connection.
"""
