"""Reading folders, frozen rounds and comparisons. Fixed numbers of queries, whatever the rows."""
