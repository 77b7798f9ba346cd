"""Console: the `nithet` command, one management command a file (floor 4)."""
