"""Kills real processes with SIGKILL in the middle of their work and looks at what is left.

A parent (``harness``) starts a child (``child``) on a data folder and a database of its own. The
child does numbered operations in several threads and prints a line after each that has been
committed: the acknowledgement. The parent kills it at a random moment, starts it again, and at
the end asks a fresh process what is in the database and in the files.

To add a scenario: write ``scenarios/<name>.py`` with a ``SCENARIO``, and name it in
``scenarios/__init__.py``. ``make test`` kills each three times, ``make soak`` fifty times
(``NITHET_SOAK_KILLS``).
"""
