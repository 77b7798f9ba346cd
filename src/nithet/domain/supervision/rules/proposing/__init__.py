"""A year of visits, proposed: who goes, with which neighbours, on which day; the same facts always give the same plan."""
