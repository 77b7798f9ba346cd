"""Pages of instruments: the list, making them from a paste or a file, versions, papers, briefings."""
