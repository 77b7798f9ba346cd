"""Reports on supervision, read from the records; every figure names the rows behind it."""
