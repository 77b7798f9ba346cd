"""Durable background jobs (งานเบื้องหลัง) behind the ``django-tasks`` API.

A module declares ``@task()`` functions; ``task.enqueue(ids)`` or ``queueing.enqueue`` queues one.
The job is a row written in the caller's own transaction: it exists exactly when the change that
asked for it exists. A worker thread or process claims it, renews its lease while it runs, and
runs it inside the scope of its office.

Invariants: a job is run at least once and, unless a worker dies or loses its lease, exactly once;
so **a task may be run again and must be harmless the second time**. Arguments are ids, never
personal data. A job that failed for good stays visible until a person deals with it. Errors are
kept as the kind of error and the lines of code, without their messages, which may hold secrets.

Order of the modules: ``housekeeping > worker > schedules > backend > queueing > leases > models >
rules``.
"""
