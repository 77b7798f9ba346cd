"""Pages of the office settings, by HTTP."""
