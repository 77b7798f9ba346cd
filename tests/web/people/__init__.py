"""Pages of people, by HTTP."""
