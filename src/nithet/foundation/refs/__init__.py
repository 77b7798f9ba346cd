"""Pointers upward in one form: `RecordRef(kind, id)`, resolved by the package that owns the kind (การอ้างถึงรายการ).

A lower package may hold a reference to a record of a higher one; only the registry, filled in `apps.ready()`, knows how to
name it, link to it and say whether a person may see it. There are no generic foreign keys.
"""
