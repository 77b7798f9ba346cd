"""Reading rounds. Fixed numbers of queries, whatever the rows."""
