"""The workshop (ห้องตรวจไฟล์): everything that opens a file of a stranger, in processes of its own.

Runs outside of the product: `keeper` is started by `sandbox`, forks a worker for each file, and the
worker confines itself (`confinement`) before it reads the first byte. Nothing here knows Django, the
database, settings or where files lie; a worker gets an open file and answers with plain values.

Invariants: a worker serves one file and ends; it can open no network connection, start no program
and read nothing of the data folder; memory, time and the size of its answer are limited; what it
answers is checked data (JSON), never code.
"""
