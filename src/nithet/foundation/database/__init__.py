"""The database and the data folder (ฐานข้อมูลและโฟลเดอร์ข้อมูล).

Owns: the SQLite backend with its one write lock (``sqlite``), the lock of the data folder that
keeps a second writing process out (``data_folder``), and the questions a start-up asks before it
trusts an installation (``safety``).

Invariants: on SQLite at most one connection of one process writes or checkpoints at any instant;
an acknowledged commit has been synced to the disk; a process that does not hold the data folder
does not write.
"""
