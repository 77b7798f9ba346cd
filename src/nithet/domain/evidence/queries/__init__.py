"""Reading evidence. Fixed numbers of queries, whatever the rows."""
