"""Pages of the reports on supervision."""
