"""Reading supervision, a module per noun. Fixed numbers of queries, whatever the rows."""
