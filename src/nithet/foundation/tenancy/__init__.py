"""Whose a record is: offices as tenants, and the units (หน่วยงาน) to which roles, rows and audit point.

`Unit` is an office > network > school, with dates. Owned rows are reachable only inside `scope(office_id)`; outside it a
query raises. The scope is opened in four places: request middleware, job runner, console base command, test fixture.
"""
